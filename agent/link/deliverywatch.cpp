// SPDX-License-Identifier: Apache-2.0
#include "deliverywatch.h"

#include "socketstatus.h"

#include <QTcpSocket>

#include <algorithm>
#include <chrono>
#include <utility>

using namespace std::chrono_literals;

DeliveryWatch::DeliveryWatch(const QTcpSocket *socket, QObject *parent)
    : QObject(parent), m_socket(socket)
{
    m_lookAgain.setSingleShot(true);
    connect(&m_lookAgain, &QTimer::timeout, this, &DeliveryWatch::look);
}

void DeliveryWatch::add(quint64 ticket)
{
    m_outstanding.append(ticket);
    m_lookAgain.start(5ms);
}

void DeliveryWatch::look()
{
    if (m_outstanding.isEmpty() || m_socket->state() != QAbstractSocket::ConnectedState)
        return;
    if (SocketStatus::unacknowledged(*m_socket) > 0) {
        m_lookAgain.start(
            std::min(m_lookAgain.intervalAsDuration() * 2, std::chrono::milliseconds(500ms)));
        return;
    }
    const QList<quint64> arrived = std::exchange(m_outstanding, {});
    for (const quint64 ticket : arrived)
        Q_EMIT delivered(ticket);
}
