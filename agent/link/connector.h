// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connectattempt.h"

#include <QHostInfo>
#include <QList>
#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <memory>
#include <vector>

// Finds the addresses of a name and connects to the first that answers: both families in turn,
// each started 250 ms after the one before or as soon as that failed (RFC 8305). Used once.
class Connector final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds Stagger{250};

    enum class Peer { Server, Proxy }; // whom the sentences speak of

    // forTls: the socket is a QSslSocket, still in the clear.
    Connector(bool forTls, QObject *parent = nullptr);
    ~Connector() override;

    void start(const QString &host, quint16 port, Peer peer = Peer::Server);
    [[nodiscard]] std::unique_ptr<QTcpSocket> takeSocket(); // after connected()

    // IPv6 and IPv4 in turn, beginning with the family that the resolver named first.
    [[nodiscard]] static QList<QHostAddress> interleaved(const QList<QHostAddress> &addresses);

Q_SIGNALS:
    void resolved(const QString &addresses);
    void connected();
    void failed(const QString &errorString); // one sentence that says what to do

private:
    void handleLookup(const QHostInfo &info);
    void tryNext();
    void handleConnected(ConnectAttempt *first);
    void handleFailed(ConnectAttempt *attempt, int error);
    [[nodiscard]] QString reason(int error) const; // errno
    [[nodiscard]] QString proxyReason(const QString &why) const;

    bool m_forTls;
    QString m_host;
    Peer m_peer = Peer::Server;
    quint16 m_port = 0;
    int m_lookupId = -1;
    QList<QHostAddress> m_left;
    std::vector<std::unique_ptr<ConnectAttempt>> m_attempts;
    std::unique_ptr<QTcpSocket> m_socket;
    QTimer m_stagger;
};
