// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QObject>
#include <QTimer>

class QTcpSocket;

// Tells when the peer's TCP has acknowledged an event. The kernel has no signal for that: while
// something is outstanding it is asked again, at first after 5 ms, then less often.
class DeliveryWatch final : public QObject
{
    Q_OBJECT

public:
    explicit DeliveryWatch(const QTcpSocket *socket, QObject *parent = nullptr);

    void add(quint64 ticket); // what was written up to now holds the event of that number

Q_SIGNALS:
    void delivered(quint64 ticket);

private:
    void look();

    const QTcpSocket *m_socket;
    QList<quint64> m_outstanding;
    QTimer m_lookAgain;
};
