// SPDX-License-Identifier: Apache-2.0
#include "cometaserver.h"

#include "httpconnection.h"
#include "serverlog.h"

#include <QSslServer>

using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcServer, "cometa.server")

namespace {

constexpr auto DeadlineInterval = 100ms; // how exact time-outs are

} // namespace

CometaServer::CometaServer(const std::optional<QSslConfiguration> &tls, QObject *parent)
    : QObject(parent)
{
    if (tls) {
        auto listener = std::make_unique<QSslServer>();
        listener->setSslConfiguration(*tls);
        m_listener = std::move(listener);
    } else {
        m_listener = std::make_unique<QTcpServer>();
    }
    m_listener->setListenBacklogSize(1024);
    m_listener->setMaxPendingConnections(1024);
    connect(m_listener.get(), &QTcpServer::pendingConnectionAvailable, this,
            &CometaServer::takeConnections);
    m_deadlines.setInterval(DeadlineInterval);
    connect(&m_deadlines, &QTimer::timeout, this, &CometaServer::checkDeadlines);
}

CometaServer::~CometaServer() = default;

Application *CometaServer::addApplication(const QString &id, const QByteArray &secret,
                                          const DeviceSession::Timing &timing)
{
    auto *application = new Application(id, id, secret, timing, this);
    m_applications.append(application);
    m_router.addApplication(application);
    return application;
}

bool CometaServer::listen(const QHostAddress &address, quint16 port, QString *errorString)
{
    if (!m_listener->listen(address, port)) {
        *errorString =
            tr("Cannot listen on %1 port %2: %3; choose another --port or --bind.")
                .arg(address.toString(), QString::number(port), m_listener->errorString());
        return false;
    }
    m_deadlines.start();
    return true;
}

void CometaServer::takeConnections()
{
    while (QTcpSocket *socket = m_listener->nextPendingConnection()) {
        auto *connection = new HttpConnection(socket, &m_router, this);
        connection->start();
    }
}

void CometaServer::checkDeadlines()
{
    const auto now = DeviceSession::Clock::now();
    for (Application *application : std::as_const(m_applications))
        application->checkDeadlines(now);
    for (HttpConnection *connection : findChildren<HttpConnection *>(Qt::FindDirectChildrenOnly))
        connection->checkDeadlines(now);
}
