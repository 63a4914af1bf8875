// SPDX-License-Identifier: Apache-2.0
#include "missedline.h"

#include "commandlabel.h"
#include "missedrequests.h"
#include "plain.h"
#include "visibletext.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace {

constexpr int MaximumCharacters = 56; // of a name for a screen reader

} // namespace

MissedLine::MissedLine(MissedRequests *missed, QWidget *parent)
    : QWidget(parent), m_missed(missed), m_sentence(Plain::label({}, true)), m_time(Plain::label()),
      m_command(new CommandLabel({})), m_show(new QPushButton(tr("Show"))),
      m_dismiss(new QPushButton(tr("D&ismiss")))
{
    build();
    connect(missed, &MissedRequests::changed, this, &MissedLine::showMissed);
    connect(m_show, &QPushButton::clicked, this, &MissedLine::showNewest);
    connect(m_dismiss, &QPushButton::clicked, missed, &MissedRequests::dismiss);
    showMissed();
}

void MissedLine::build()
{
    setObjectName(QStringLiteral("missed"));
    m_sentence->setObjectName(QStringLiteral("missedSentence"));
    m_command->setObjectName(QStringLiteral("missedCommand"));
    m_show->setObjectName(QStringLiteral("showMissed"));
    m_dismiss->setObjectName(QStringLiteral("dismissMissed"));
    auto *newest = new QHBoxLayout;
    newest->setSpacing(8);
    newest->addWidget(m_time);
    newest->addWidget(m_command, 1);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(4);
    texts->addWidget(m_sentence);
    texts->addLayout(newest);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addLayout(texts, 1);
    row->addWidget(m_show);
    row->addWidget(m_dismiss);
}

void MissedLine::showMissed()
{
    const int count = m_missed->count();
    setVisible(count > 0);
    if (count == 0)
        return;
    const MissedRequests::Newest &newest = m_missed->newest();
    m_sentence->setText(
        count == 1 ? tr("A command expired while nobody decided:")
                   : tr("%1 commands expired while nobody decided; the newest:").arg(count));
    m_time->setText(Plain::shortTime(newest.expired));
    m_time->setToolTip(Plain::toolTip(Plain::dateTime(newest.expired)));
    m_command->setCommand(newest.command);
    const QString shown = VisibleText::encodeShort(newest.command, MaximumCharacters);
    m_show->setAccessibleName(tr("Show what was missed: %1").arg(shown));
    m_dismiss->setAccessibleName(tr("Dismiss what was missed"));
}

void MissedLine::showNewest()
{
    const QString name = m_missed->newest().name;
    m_missed->dismiss();
    Q_EMIT showRequested(name);
}
