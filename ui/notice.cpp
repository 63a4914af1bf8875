// SPDX-License-Identifier: Apache-2.0
#include "notice.h"

#include "colours.h"
#include "plain.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>

namespace {

constexpr int SignSize = 16;

struct Sign
{
    const char *icon; // null: none
    QString name;
};

Sign signOf(Notice::Kind kind)
{
    switch (kind) {
    case Notice::Kind::Note:
        return {nullptr, {}};
    case Notice::Kind::Pending:
        return {"emblem-disconnected", Notice::tr("Not yet")};
    case Notice::Kind::Busy:
        return {"emblem-connecting", Notice::tr("Under way")};
    case Notice::Kind::Done:
        return {"tick", Notice::tr("Done")};
    case Notice::Kind::Locked:
        return {"lock", Notice::tr("Locked")};
    case Notice::Kind::Warning:
        return {"warning", Notice::tr("Warning")};
    case Notice::Kind::Problem:
        return {"emblem-problem", Notice::tr("Problem")};
    }
    Q_UNREACHABLE();
}

} // namespace

Notice::Notice(QWidget *parent)
    : QWidget(parent), m_sign(new QLabel), m_text(Plain::label({}, true))
{
    m_text->setObjectName(QStringLiteral("text"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    const int line = m_text->fontMetrics().height();
    m_sign->setFixedSize(SignSize, qMax(SignSize, line));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_sign, 0, Qt::AlignTop);
    row->addWidget(m_text, 1);
    hide();
}

void Notice::say(Kind kind, const QString &text)
{
    m_kind = kind;
    const Sign sign = signOf(kind);
    m_sign->setVisible(sign.icon);
    if (sign.icon) {
        const QString file = QStringLiteral(":/icons/%1.svg").arg(QLatin1String(sign.icon));
        m_sign->setPixmap(QIcon(file).pixmap(QSize(SignSize, SignSize), devicePixelRatioF()));
    }
    m_sign->setAccessibleName(sign.name);
    m_text->setText(text);
    setAccessibleName(text);
    applyColour();
    setVisible(!text.isEmpty());
}

QString Notice::text() const
{
    return m_text->text();
}

void Notice::applyColour()
{
    QPalette own = palette();
    if (m_kind == Kind::Problem)
        own.setColor(QPalette::WindowText, Colours::of(Colours::Red, palette()));
    else if (m_kind == Kind::Pending)
        own.setColor(QPalette::WindowText, Colours::of(Colours::Grey, palette()));
    m_text->setPalette(own);
}

void Notice::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        applyColour();
    QWidget::changeEvent(event);
}
