// SPDX-License-Identifier: Apache-2.0
#include "eventdetails.h"

#include "bytesview.h"
#include "eventtext.h"
#include "fittedtext.h"
#include "plain.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int MaximumLines = 6; // of each part; the rest scrolls

} // namespace

EventDetails::EventDetails(QWidget *parent)
    : QWidget(parent), m_facts(Plain::label({}, true)), m_text(new FittedText(MaximumLines)),
      m_remedy(new FittedText(MaximumLines)), m_payload(new BytesView(BytesView::Numbers::Hidden))
{
    build();
    hide();
}

void EventDetails::build()
{
    m_facts->setObjectName(u"eventFacts"_s);
    m_text->setObjectName(u"eventText"_s);
    m_remedy->setObjectName(u"eventRemedy"_s);
    m_payload->setObjectName(u"eventPayload"_s);
    m_facts->setAccessibleName(tr("Kind and time"));
    m_text->setAccessibleName(tr("What happened"));
    m_remedy->setAccessibleName(tr("What to do"));
    m_payload->setAccessibleName(tr("Payload of the event"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    for (QWidget *part : {static_cast<QWidget *>(m_facts), static_cast<QWidget *>(m_text),
                          static_cast<QWidget *>(m_payload), static_cast<QWidget *>(m_remedy)})
        column->addWidget(part);
}

void EventDetails::showEntry(const JournalEntry &entry)
{
    const QByteArray payload = EventText::payload(entry);
    QStringList facts{EventText::kind(entry.kind), Plain::dateTime(entry.time)};
    if (!payload.isEmpty())
        facts.append(Plain::size(payload.size()));
    m_facts->setText(facts.join(u" · "_s));
    m_text->setVisible(payload.isEmpty());
    m_text->setText(payload.isEmpty() ? EventText::sentence(entry) : QString());
    const QString remedy = EventText::remedy(entry);
    m_remedy->setVisible(!remedy.isEmpty());
    m_remedy->setText(remedy);
    showPayload(payload);
    show();
}

void EventDetails::showPayload(const QByteArray &payload)
{
    m_payload->setVisible(!payload.isEmpty());
    if (payload == m_payload->bytes())
        return;
    m_payload->setBytes(payload);
    const int columns = std::max(1, width() / m_payload->fontMetrics().horizontalAdvance(u'x'));
    const int lines = m_payload->blockCount() + int(payload.size()) / columns;
    m_payload->setFixedHeight(
        std::clamp(lines, 1, MaximumLines) * m_payload->fontMetrics().lineSpacing() + 16);
}
