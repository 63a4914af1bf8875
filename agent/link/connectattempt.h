// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHostAddress>
#include <QObject>

class QSocketNotifier;

// One TCP connection to one address, made once. Not by QAbstractSocket::connectToHost(): that asks
// the kernel to connect again to see how it went, which begins anew, and at once, when the peer has
// accepted and reset in the meantime.
class ConnectAttempt final : public QObject
{
    Q_OBJECT

public:
    ConnectAttempt(const QHostAddress &address, quint16 port, QObject *parent = nullptr);
    ~ConnectAttempt() override;

    void start(); // connected() or failed() follows, not before it has returned
    [[nodiscard]] int takeDescriptor(); // after connected(); the caller's to close

Q_SIGNALS:
    void connected();
    void failed(int error); // errno

private:
    [[nodiscard]] bool begin();
    void handleWritable();

    QHostAddress m_address;
    quint16 m_port;
    int m_fd = -1;
    QSocketNotifier *m_notifier = nullptr;
};
