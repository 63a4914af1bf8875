// SPDX-License-Identifier: Apache-2.0
#include "tunnel.h"

#include "attachreply.h"
#include "httpproxytalk.h"
#include "socksproxytalk.h"

#include <QTcpSocket>

using Fault = ProxyTalk::Fault;

namespace {

constexpr int AuthenticationRequired = 407; // also told for a SOCKS proxy: not to be tried at once

std::unique_ptr<ProxyTalk> talkTo(const ProxyOptions &proxy, const QString &host, quint16 port)
{
    const ProxyTalk::Purpose purpose{host, port, proxy.user, proxy.password};
    if (proxy.kind == ProxyOptions::Kind::Socks5)
        return std::make_unique<SocksProxyTalk>(purpose);
    return std::make_unique<HttpProxyTalk>(purpose);
}

} // namespace

Tunnel::Tunnel(QTcpSocket *socket, const ProxyOptions &proxy, const QString &host, quint16 port,
               QObject *parent)
    : QObject(parent), m_socket(socket), m_proxy(proxy.toText()),
      m_server(tr("%1 port %2").arg(host).arg(port)), m_talk(talkTo(proxy, host, port))
{
}

Tunnel::~Tunnel() = default;

void Tunnel::open()
{
    connect(m_socket, &QTcpSocket::readyRead, this, &Tunnel::handleReadyRead);
    connect(m_socket, &QTcpSocket::disconnected, this, &Tunnel::handleEnd);
    m_socket->write(m_talk->feed({}));
}

void Tunnel::handleReadyRead()
{
    const QByteArray answer = m_talk->feed(m_socket->readAll());
    if (!answer.isEmpty())
        m_socket->write(answer);
    switch (m_talk->state()) {
    case ProxyTalk::State::Talking:
        return;
    case ProxyTalk::State::Open:
        settle();
        Q_EMIT opened();
        return;
    case ProxyTalk::State::Failed:
        settle();
        tellFault(m_talk->fault());
        return;
    }
}

void Tunnel::handleEnd()
{
    (void)m_talk->feed(m_socket->readAll());
    settle();
    if (m_talk->state() == ProxyTalk::State::Failed)
        return tellFault(m_talk->fault());
    Q_EMIT failed({CometaClient::Error::Network, 0,
                   tr("The proxy %1 hung up before it had connected to %2: check the proxy's "
                      "address and kind in the settings.")
                       .arg(m_proxy, m_server),
                   std::nullopt});
}

void Tunnel::settle()
{
    m_socket->disconnect(this);
}

void Tunnel::tellFault(Fault fault)
{
    LinkFailure failure;
    const bool isLogin = fault == Fault::WantsPassword || fault == Fault::WrongPassword
        || fault == Fault::OtherLogin;
    failure.status = isLogin ? AuthenticationRequired : 0;
    failure.error = isLogin ? CometaClient::Error::Authorization : CometaClient::Error::Network;
    failure.text = sentence(fault);
    Q_EMIT failed(failure);
}

QString Tunnel::sentence(Fault fault) const
{
    const QString words = shownWords(m_talk->words());
    const QString said = words.isEmpty() ? QString() : tr(" (%1)").arg(words);
    switch (fault) {
    case Fault::None:
    case Fault::Refused:
        return tr("The proxy %1 does not connect to %2%3: ask whoever runs the proxy.")
            .arg(m_proxy, m_server, said);
    case Fault::OtherKind:
        return tr("%1 does not answer as such a proxy does: check its address and kind in the "
                  "settings.")
            .arg(m_proxy);
    case Fault::WantsPassword:
        return tr("The proxy %1 wants a user name and a password%2: give them in the settings "
                  "(--proxy-user, --proxy-password-file).")
            .arg(m_proxy, said);
    case Fault::WrongPassword:
        return tr("The proxy %1 does not accept this user name and password%2: correct them in the "
                  "settings.")
            .arg(m_proxy, said);
    case Fault::OtherLogin:
        return tr("The proxy %1 wants a way to log in that this agent does not have%2: ask for one "
                  "that takes user name and password.")
            .arg(m_proxy, said);
    case Fault::Forbidden:
        return tr("The proxy %1 does not allow a link to %2%3: ask whoever runs the proxy.")
            .arg(m_proxy, m_server, said);
    case Fault::Unreachable:
        return tr("The proxy %1 cannot reach %2%3: check the server's name and port, and that the "
                  "server is running.")
            .arg(m_proxy, m_server, said);
    case Fault::OwnPage:
        return tr("%1 answers with a page of its own%2, which is not a Cometa server: log in to "
                  "the network with a browser, or check the proxy in the settings.")
            .arg(m_proxy, said);
    }
    Q_UNREACHABLE();
}
