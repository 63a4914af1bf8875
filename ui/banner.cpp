// SPDX-License-Identifier: Apache-2.0
#include "banner.h"

#include "colours.h"
#include "fittedtext.h"

#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPushButton>

namespace {

constexpr int MaximumLines = 4; // the rest of it scrolls

} // namespace

Banner::Banner(QWidget *parent)
    : QFrame(parent), m_icon(new QLabel), m_text(new FittedText(MaximumLines)),
      m_settings(new QPushButton(tr("Settings…"))), m_rules(new QPushButton(tr("Rules")))
{
    setObjectName(QStringLiteral("banner"));
    setAutoFillBackground(true);
    setFrameShape(QFrame::StyledPanel);
    m_text->setObjectName(QStringLiteral("bannerText"));
    m_rules->setObjectName(QStringLiteral("bannerRules"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 8, 8, 8);
    row->setSpacing(8);
    row->addWidget(m_icon);
    row->addWidget(m_text, 1);
    row->addWidget(m_settings);
    row->addWidget(m_rules);
    connect(m_settings, &QPushButton::clicked, this, &Banner::settingsClicked);
    connect(m_rules, &QPushButton::clicked, this, &Banner::rulesClicked);
    hide();
}

void Banner::setText(const QString &text, Kind kind, Remedy remedy)
{
    setVisible(!text.isEmpty());
    m_settings->setVisible(remedy == Remedy::Settings);
    m_rules->setVisible(remedy == Remedy::Rules);
    if (text == m_text->toPlainText())
        return;
    const bool problem = kind == Kind::Problem;
    const QString file = problem ? QStringLiteral(":/icons/emblem-problem.svg")
                                 : QStringLiteral(":/icons/warning.svg");
    m_icon->setPixmap(QIcon(file).pixmap(16));
    m_icon->setAccessibleName(problem ? tr("Problem") : tr("Warning"));
    m_text->setAccessibleName(m_icon->accessibleName());
    m_text->setText(text);
    const QPalette outer = parentWidget()->palette();
    QPalette inner = outer;
    const QColor mark = Colours::of(problem ? Colours::Red : Colours::Gold, outer);
    inner.setColor(QPalette::Window, Colours::blend(outer.color(QPalette::Window), mark, 0.18));
    setPalette(inner);
}
