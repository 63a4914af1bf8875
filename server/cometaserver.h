// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "application.h"
#include "router.h"

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
    // port 0: any that is free. False with one line that says what to do.
    [[nodiscard]] bool listen(const QHostAddress &address, quint16 port, QString *errorString);
    [[nodiscard]] quint16 port() const { return m_listener->serverPort(); }

private:
    void takeConnections();
    void checkDeadlines();

    std::unique_ptr<QTcpServer> m_listener;
    Router m_router;
    QList<Application *> m_applications; // children
    QTimer m_deadlines;
};
