// SPDX-License-Identifier: Apache-2.0
#include "connectionheader.h"

#include "elidinglabel.h"
#include "plain.h"
#include "windowlengths.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

namespace {

constexpr int IconSize = 48;
constexpr int ArrowGap = 16; // the text would touch the arrow of the menu

} // namespace

ConnectionHeader::ConnectionHeader(QWidget *parent)
    : QWidget(parent), m_icon(new QLabel), m_title(new ElidingLabel), m_details(new ElidingLabel),
      m_allow(new QPushButton), m_lengths(new QMenu(this)), m_pause(new QPushButton),
      m_settings(new QPushButton(tr("Se&ttings…"))), m_more(new QToolButton),
      m_stopAll(new QAction(this))
{
    QFont font = m_title->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * 1.3);
    m_title->setFont(font);
    m_title->setObjectName(QStringLiteral("linkState"));
    m_details->setObjectName(QStringLiteral("linkDetails"));
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *words = new QVBoxLayout;
    words->setSpacing(4);
    words->addStretch();
    words->addWidget(m_title);
    words->addWidget(m_details);
    words->addStretch();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_icon);
    row->addSpacing(8);
    row->addLayout(words, 1);
    row->addWidget(m_allow);
    row->addWidget(m_pause);
    row->addWidget(m_settings);
    row->addWidget(m_more);
    buildMore();
    m_allow->setObjectName(QStringLiteral("allowEverything"));
    m_pause->setObjectName(QStringLiteral("pause"));
    m_settings->setObjectName(QStringLiteral("settings"));
    WindowLengths::addTo(m_lengths,
                         [this](std::chrono::minutes length) { Q_EMIT allowClicked(length); });
    connect(m_allow, &QPushButton::clicked, this, [this] {
        if (m_status.windowUntil.isValid())
            Q_EMIT endWindowClicked();
    });
    connect(m_pause, &QPushButton::clicked, this, [this] {
        m_status.state == CometaClient::State::Paused ? Q_EMIT resumeClicked()
                                                      : Q_EMIT
                                                      pauseClicked();
    });
    connect(m_settings, &QPushButton::clicked, this, &ConnectionHeader::settingsClicked);
}

void ConnectionHeader::buildMore()
{
    m_more->setObjectName(QStringLiteral("more"));
    m_more->setText(QStringLiteral("☰"));
    m_more->setAccessibleName(tr("More"));
    m_more->setToolTip(tr("More"));
    m_more->setFocusPolicy(Qt::StrongFocus);
    m_more->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_more);
    m_stopAll->setObjectName(QStringLiteral("stopAll"));
    menu->addAction(m_stopAll);
    menu->addSeparator();
    QAction *quit = menu->addAction(tr("&Quit"), this, &ConnectionHeader::quitClicked);
    quit->setObjectName(QStringLiteral("quit"));
    m_more->setMenu(menu);
    m_more->setMinimumWidth(m_more->sizeHint().width() + ArrowGap);
    connect(m_stopAll, &QAction::triggered, this, &ConnectionHeader::stopAllClicked);
}

void ConnectionHeader::showStatus(const AgentStatus &status)
{
    m_status = status;
    const Appearance look = linkAppearance(status);
    const bool open = status.windowUntil.isValid();
    const Appearance shown = open ? windowAppearance(status) : look;
    m_icon->setPixmap(shown.icon().pixmap(IconSize));
    m_icon->setAccessibleName(shown.word);
    m_title->setWhole(look.kind == Appearance::Kind::Problem ? look.word : look.sentence);
    m_details->setWhole(details(status));
    m_details->setVisible(!m_details->text().isEmpty());
    m_allow->setText(open ? tr("E&nd “allow everything” (%1)").arg(windowLeft(status))
                          : tr("&Allow everything"));
    m_allow->setMenu(open ? nullptr : m_lengths);
    m_allow->setMinimumWidth(m_allow->sizeHint().width() + (open ? 0 : ArrowGap));
    m_allow->setVisible(open || status.mayAllowAll);
    m_pause->setText(status.state == CometaClient::State::Paused ? tr("Res&ume") : tr("&Pause"));
    m_pause->setVisible(status.configured);
    m_stopAll->setText(tr("&Stop running commands (%1)").arg(status.running));
    m_stopAll->setEnabled(status.running > 0);
}

QString ConnectionHeader::details(const AgentStatus &status)
{
    if (!status.configured)
        return {};
    QStringList parts{tr("application %1").arg(status.application),
                      tr("device %1").arg(status.device)};
    if (status.state == CometaClient::State::Attached) {
        parts.append(status.encrypted ? tr("encrypted") : tr("not encrypted"));
        parts.append(tr("since %1").arg(Plain::shortTime(status.attachedSince)));
    }
    return parts.join(QStringLiteral(" · "));
}
