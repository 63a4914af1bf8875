// SPDX-License-Identifier: Apache-2.0
#include "cometaserver.h"

#include "httpconnection.h"
#include "plainlistener.h"
#include "plainsocket.h"
#include "qtsocket.h"
#include "serverlog.h"

#include <QDir>
#include <QSslServer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcServer, "cometa.server")
Q_LOGGING_CATEGORY(lcRequest, "cometa.server.request")

namespace {

constexpr auto DeadlineInterval = 100ms; // how exact time-outs are

} // namespace

CometaServer::CometaServer(const std::optional<QSslConfiguration> &tls, QObject *parent)
    : QObject(parent), m_router(tls ? "https" : "http")
{
    if (tls) {
        auto listener = std::make_unique<QSslServer>();
        listener->setSslConfiguration(*tls);
        connect(listener.get(), &QTcpServer::pendingConnectionAvailable, this,
                &CometaServer::takeEncrypted);
        m_listener = std::move(listener);
    } else {
        auto listener = std::make_unique<PlainListener>();
        connect(listener.get(), &PlainListener::accepted, this,
                [this](int descriptor) { takeConnection(new PlainSocket(descriptor, m_poll)); });
        m_listener = std::move(listener);
        m_poll = std::make_shared<SocketPoll>();
    }
    m_listener->setListenBacklogSize(1024);
    m_listener->setMaxPendingConnections(1024);
    connect(m_listener.get(), &QTcpServer::acceptError, this, &CometaServer::handleAcceptError);
    m_deadlines.setInterval(DeadlineInterval);
    connect(&m_deadlines, &QTimer::timeout, this, &CometaServer::checkDeadlines);
}

CometaServer::~CometaServer() = default;

Application *CometaServer::addApplication(const QString &id, const QByteArray &secret,
                                          const DeviceSession::Timing &timing)
{
    auto *application = new Application(id, id, secret, timing, this);
    application->setMaximumDevices(m_limits.devices);
    m_applications.append(application);
    m_router.addApplication(application);
    return application;
}

bool CometaServer::setApplications(const QList<ApplicationSettings> &list,
                                   const DeviceSession::Timing &timing, QString *errorString)
{
    const QList<Application *> before = m_applications;
    for (Application *application : before) {
        const bool stays =
            std::any_of(list.begin(), list.end(), [application](const ApplicationSettings &a) {
                return a.id == application->id();
            });
        if (!stays)
            removeApplication(application);
    }
    bool allAdded = true;
    for (const ApplicationSettings &settings : list)
        allAdded = addApplication(settings, timing, errorString) && allAdded;
    return allAdded;
}

bool CometaServer::addApplication(const ApplicationSettings &settings,
                                  const DeviceSession::Timing &timing, QString *errorString)
{
    const auto known =
        std::find_if(m_applications.begin(), m_applications.end(),
                     [&settings](const Application *a) { return a->id() == settings.id; });
    const bool isNew = known == m_applications.end();
    Application *application =
        isNew ? addApplication(settings.id, settings.secret, timing) : *known;
    application->setName(settings.name.isEmpty() ? settings.id : settings.name);
    application->setSecret(settings.secret);
    application->setTiming(timing);
    application->setWebhook(settings.webhook);
    if (!isNew || m_eventDirectory.isEmpty())
        return true;
    const QString file = settings.id + ".events"_L1;
    return application->keepEvents(QDir(m_eventDirectory).filePath(file), errorString);
}

void CometaServer::removeApplication(Application *application)
{
    m_router.removeApplication(application);
    m_applications.removeOne(application);
    application->detachAll();
    application->deleteLater(); // devices that were detached tell it so
}

void CometaServer::setLimits(const ServerLimits &limits)
{
    m_limits = limits;
    for (Application *application : std::as_const(m_applications))
        application->setMaximumDevices(limits.devices);
}

void CometaServer::setTls(const QSslConfiguration &tls)
{
    if (auto *listener = qobject_cast<QSslServer *>(m_listener.get()))
        listener->setSslConfiguration(tls);
}

QStringList CometaServer::applicationIds() const
{
    QStringList ids;
    for (const Application *application : m_applications)
        ids.append(application->id());
    return ids;
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

void CometaServer::takeEncrypted()
{
    while (QTcpSocket *socket = m_listener->nextPendingConnection())
        takeConnection(new QtSocket(socket));
}

void CometaServer::takeConnection(PeerSocket *socket)
{
    if (m_connections >= m_limits.connections) {
        if (!std::exchange(m_hasRefused, true))
            qCWarning(lcServer) << "Refusing connections:" << m_connections << "are open";
        socket->abort();
        socket->deleteLater();
        return;
    }
    ++m_connections;
    auto *connection = new HttpConnection(socket, &m_router, this);
    connect(connection, &QObject::destroyed, this, [this] { --m_connections; });
    connection->start();
}

void CometaServer::handleAcceptError(QAbstractSocket::SocketError error)
{
    qCWarning(lcServer) << "Cannot accept a connection:" << error;
    m_hasStalled = true; // Qt does not try again by itself
}

void CometaServer::checkDeadlines()
{
    if (std::exchange(m_hasStalled, false))
        m_listener->resumeAccepting();
    m_hasRefused = m_hasRefused && m_connections >= m_limits.connections;
    const auto now = DeviceSession::Clock::now();
    for (Application *application : std::as_const(m_applications))
        application->checkDeadlines(now);
    for (HttpConnection *connection : findChildren<HttpConnection *>(Qt::FindDirectChildrenOnly))
        connection->checkDeadlines(now);
}
