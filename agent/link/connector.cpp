// SPDX-License-Identifier: Apache-2.0
#include "connector.h"

#include <QNetworkProxy>
#include <QSslSocket>

#include <algorithm>
#include <cerrno>

#include <unistd.h>

using namespace Qt::StringLiterals;

Connector::Connector(bool forTls, QObject *parent) : QObject(parent), m_forTls(forTls)
{
    m_stagger.setSingleShot(true);
    m_stagger.setInterval(Stagger);
    connect(&m_stagger, &QTimer::timeout, this, &Connector::tryNext);
}

Connector::~Connector()
{
    if (m_lookupId >= 0)
        QHostInfo::abortHostLookup(m_lookupId);
}

void Connector::start(const QString &host, quint16 port, Peer peer)
{
    m_peer = peer;
    m_host = host;
    m_port = port;
    if (const QHostAddress address(host); !address.isNull()) {
        // The resolver would ask the network for its name, which nobody needs.
        QHostInfo literal;
        literal.setAddresses({address});
        QMetaObject::invokeMethod(
            this, [this, literal] { handleLookup(literal); }, Qt::QueuedConnection);
        return;
    }
    m_lookupId = QHostInfo::lookupHost(host, this, &Connector::handleLookup);
}

std::unique_ptr<QTcpSocket> Connector::takeSocket()
{
    return std::move(m_socket);
}

QList<QHostAddress> Connector::interleaved(const QList<QHostAddress> &addresses)
{
    if (addresses.isEmpty())
        return {};
    QList<QHostAddress> first;
    QList<QHostAddress> second;
    for (const QHostAddress &address : addresses)
        (address.protocol() == addresses.first().protocol() ? first : second).append(address);
    QList<QHostAddress> result;
    for (qsizetype i = 0; i < std::max(first.size(), second.size()); ++i) {
        if (i < first.size())
            result.append(first.at(i));
        if (i < second.size())
            result.append(second.at(i));
    }
    return result;
}

void Connector::handleLookup(const QHostInfo &info)
{
    m_lookupId = -1;
    m_left = interleaved(info.addresses());
    if (m_left.isEmpty() && m_peer == Peer::Proxy) {
        Q_EMIT failed(proxyReason(tr("its name is not known")));
        return;
    }
    if (m_left.isEmpty()) {
        Q_EMIT failed(
            info.error() == QHostInfo::HostNotFound
                ? tr("No computer is called %1: check the server's name in the settings, and "
                     "that this computer is online.")
                      .arg(m_host)
                : tr("The name %1 could not be looked up: check that this computer is online.")
                      .arg(m_host));
        return;
    }
    QStringList names;
    for (const QHostAddress &address : std::as_const(m_left))
        names.append(address.toString());
    Q_EMIT resolved(names.join(", "_L1));
    tryNext();
}

void Connector::tryNext()
{
    if (m_left.isEmpty())
        return;
    m_attempts.push_back(std::make_unique<ConnectAttempt>(m_left.takeFirst(), m_port));
    ConnectAttempt *attempt = m_attempts.back().get();
    connect(attempt, &ConnectAttempt::connected, this,
            [this, attempt] { handleConnected(attempt); });
    connect(attempt, &ConnectAttempt::failed, this,
            [this, attempt](int error) { handleFailed(attempt, error); });
    if (!m_left.isEmpty())
        m_stagger.start();
    attempt->start();
}

void Connector::handleConnected(ConnectAttempt *first)
{
    m_stagger.stop();
    m_left.clear();
    m_socket.reset(m_forTls ? new QSslSocket : new QTcpSocket);
    const int descriptor = first->takeDescriptor();
    for (std::unique_ptr<ConnectAttempt> &attempt : m_attempts) {
        disconnect(attempt.get(), nullptr, this, nullptr);
        attempt.release()->deleteLater(); // one of them is telling us
    }
    m_attempts.clear();
    m_socket->setProxy(QNetworkProxy::NoProxy);
    if (m_socket->setSocketDescriptor(descriptor)) {
        Q_EMIT connected();
    } else {
        ::close(descriptor);
        Q_EMIT failed(reason(ECONNRESET));
    }
}

void Connector::handleFailed(ConnectAttempt *attempt, int error)
{
    const auto failedOne = std::find_if(m_attempts.begin(), m_attempts.end(),
                                        [attempt](const auto &a) { return a.get() == attempt; });
    if (failedOne == m_attempts.end())
        return;
    failedOne->release()->deleteLater();
    m_attempts.erase(failedOne);
    if (!m_left.isEmpty())
        tryNext();
    else if (m_attempts.empty())
        Q_EMIT failed(reason(error));
}

QString Connector::proxyReason(const QString &why) const
{
    return tr("The proxy %1 port %2 cannot be reached (%3): check the proxy in the settings, and "
              "that this computer is online.")
        .arg(m_host, QString::number(m_port), why);
}

QString Connector::reason(int error) const
{
    if (m_peer == Peer::Proxy)
        return proxyReason(qt_error_string(error));
    const QString port = QString::number(m_port);
    switch (error) {
    case ECONNREFUSED:
        return tr("Nothing listens at %1 port %2: check the port, and that the server is running.")
            .arg(m_host, port);
    case ECONNRESET:
        return tr("%1 port %2 hung up at once: check server and port.").arg(m_host, port);
    case ENETUNREACH:
    case EHOSTUNREACH:
        return tr("There is no way to %1 in the network: check that this computer is online.")
            .arg(m_host);
    default:
        return tr("%1 port %2 cannot be reached (%3): check server and port.")
            .arg(m_host, port, qt_error_string(error));
    }
}
