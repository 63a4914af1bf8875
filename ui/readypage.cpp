// SPDX-License-Identifier: Apache-2.0
#include "readypage.h"

#include "agent.h"
#include "copyline.h"
#include "curlline.h"
#include "notice.h"
#include "plain.h"

#include <QLabel>
#include <QVBoxLayout>

ReadyPage::ReadyPage(const Agent *agent, QWidget *parent)
    : QWidget(parent), m_agent(agent), m_link(new Notice), m_request(new QWidget),
      m_words(Plain::label({}, true)), m_line(new CopyLine(tr("Line that sends a command")))
{
    m_link->setObjectName(QStringLiteral("link"));
    m_line->setObjectName(QStringLiteral("curl"));
    auto *request = new QVBoxLayout(m_request);
    request->setContentsMargins(0, 0, 0, 0);
    request->setSpacing(8);
    request->addWidget(m_words);
    request->addWidget(m_line);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(16);
    column->addWidget(m_link);
    column->addWidget(m_request);
    column->addStretch(1);
    m_request->hide();
    setFocusProxy(m_line);
    connect(agent, &Agent::stateChanged, this, &ReadyPage::update);
}

bool ReadyPage::isAttached() const
{
    return m_agent->state() == CometaClient::State::Attached;
}

QString ReadyPage::title() const
{
    if (isAttached())
        return tr("Ready");
    return m_agent->problem().isEmpty() ? tr("Attaching…") : tr("Not attached yet");
}

void ReadyPage::prepare(const QString &secret)
{
    m_secret = secret;
    const QString how = tr("Send a first command from a terminal of any computer that reaches the "
                           "server. It waits for you in a window, and curl shows its output once "
                           "you have approved it.");
    m_words->setText(
        secret.isEmpty()
            ? how + u' '
                + tr("Put the secret of the application in the place of APPLICATION-SECRET.")
            : tr("Send a first command: copy this line into a terminal of this computer. It waits "
                 "for you in a window, and curl shows its output once you have approved it."));
    const QByteArray command = QByteArrayLiteral("uptime");
    m_line->setLine(secret.isEmpty() ? curlLine(*m_agent, command)
                                     : curlLine(*m_agent, command, secret));
    update();
}

void ReadyPage::update()
{
    const QString server = m_agent->settings().server;
    if (isAttached())
        m_link->say(Notice::Kind::Done,
                    tr("Attached to %1 as device %2.").arg(server, m_agent->deviceId()));
    else if (m_agent->problem().isEmpty())
        m_link->say(Notice::Kind::Busy, tr("Attaching to %1…").arg(server));
    else
        m_link->say(
            Notice::Kind::Problem,
            tr("%1 The settings are saved; go back to change them.").arg(m_agent->problem()));
    m_request->setVisible(isAttached());
    Q_EMIT changed();
}
