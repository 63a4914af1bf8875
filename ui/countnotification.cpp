// SPDX-License-Identifier: Apache-2.0
#include "countnotification.h"

#include "notification.h"
#include "notificationserver.h"

#include <utility>

CountNotification::CountNotification(NotificationServer *server, Text text)
    : m_server(server), m_text(std::move(text))
{
}

void CountNotification::show(int count)
{
    m_told = count;
    m_sent = true;
    m_server->show(m_text(count), m_id, [this](quint32 id) { handleShown(id); });
}

void CountNotification::handleShown(quint32 id)
{
    m_sent = false;
    m_id = id;
    if (m_told == 0) // it was closed before it was there
        close();
    if (id == 0)
        Q_EMIT notShown();
    Q_EMIT answered();
}

void CountNotification::close()
{
    if (m_id != 0)
        m_server->close(m_id);
    m_id = 0;
    m_told = 0;
}

void CountNotification::handleClosed()
{
    m_id = 0;
}

void CountNotification::handleLost()
{
    m_id = 0;
    m_sent = false;
}
