// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "application.h"
#include "applicationsettings.h"
#include "router.h"
#include "serverlimits.h"
#include "socketpoll.h"

#include <QHostAddress>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QTimer>

#include <memory>
#include <optional>

// Listens, hands each connection to an HttpConnection, and looks after all deadlines with one
// timer.
class CometaServer final : public QObject
{
    Q_OBJECT

public:
    // tls: serve over TLS with this certificate and key.
    explicit CometaServer(const std::optional<QSslConfiguration> &tls = {},
                          QObject *parent = nullptr);
    ~CometaServer() override;

    Application *addApplication(const QString &id, const QByteArray &secret,
                                const DeviceSession::Timing &timing);
    // Makes the applications those of the list. One that is there already goes on under its id with
    // its devices; the devices of one that is not in the list are detached. False with one line;
    // what the line is not about is done.
    [[nodiscard]] bool setApplications(const QList<ApplicationSettings> &list,
                                       const DeviceSession::Timing &timing, QString *errorString);
    void setLimits(const ServerLimits &limits);
    void setTls(const QSslConfiguration &tls); // of new connections, when it serves over TLS
    // Where the events of applications that are added from now on are kept; empty: in memory.
    void setEventDirectory(const QString &path) { m_eventDirectory = path; }
    [[nodiscard]] QStringList applicationIds() const;

    // port 0: any that is free. False with one line that says what to do.
    [[nodiscard]] bool listen(const QHostAddress &address, quint16 port, QString *errorString);
    [[nodiscard]] quint16 port() const { return m_listener->serverPort(); }

private:
    void takeEncrypted();
    void takeConnection(PeerSocket *socket);
    void handleAcceptError(QAbstractSocket::SocketError error);
    [[nodiscard]] bool addApplication(const ApplicationSettings &settings,
                                      const DeviceSession::Timing &timing, QString *errorString);
    void removeApplication(Application *application);
    void checkDeadlines();

    std::unique_ptr<QTcpServer> m_listener;
    std::shared_ptr<SocketPoll> m_poll; // of the connections in the clear
    Router m_router;
    QList<Application *> m_applications; // children
    QString m_eventDirectory;
    ServerLimits m_limits;
    qint64 m_connections = 0; // of requesters
    bool m_hasRefused = false; // one connection at least since there was room
    bool m_hasStalled = false; // no connection could be accepted
    QTimer m_deadlines;
};
