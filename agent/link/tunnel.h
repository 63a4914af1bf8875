// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proxyoptions.h"
#include "proxytalk.h"
#include "refusal.h"

#include <QObject>

#include <memory>

class QTcpSocket;

// Has a proxy connect to the server. By itself and not by QAbstractSocket::setProxy(), which would
// hide the connection: what its peer has acknowledged, and when to give it up. Used once.
class Tunnel final : public QObject
{
    Q_OBJECT

public:
    // socket: connected to the proxy, not encrypted; outlives this.
    Tunnel(QTcpSocket *socket, const ProxyOptions &proxy, const QString &host, quint16 port,
           QObject *parent = nullptr);
    ~Tunnel() override;

    void open(); // opened() or failed() follows, unless the proxy keeps silent

Q_SIGNALS:
    void opened(); // what is written to the socket from now on is for the server
    void failed(const LinkFailure &failure);

private:
    void handleReadyRead();
    void handleEnd();
    void settle(); // nothing more is read
    void tellFault(ProxyTalk::Fault fault);
    [[nodiscard]] QString sentence(ProxyTalk::Fault fault) const;

    QTcpSocket *m_socket;
    QString m_proxy; // as it is called in sentences
    QString m_server; // "host port N"
    std::unique_ptr<ProxyTalk> m_talk;
};
