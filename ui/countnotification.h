// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <functional>

struct Notification;
class NotificationServer;

// One notification that tells a number, and is replaced when the number is another.
class CountNotification final : public QObject
{
    Q_OBJECT

public:
    using Text = std::function<Notification(int count)>;

    CountNotification(NotificationServer *server, Text text);

    [[nodiscard]] int told() const { return m_told; } // 0: nothing
    [[nodiscard]] bool isOpen() const { return m_id != 0; } // on the screen
    [[nodiscard]] bool is(quint32 id) const { return m_id != 0 && m_id == id; }
    // It can be shown or replaced now: the server has answered.
    [[nodiscard]] bool isFree() const { return !m_sent; }

    void show(int count); // only when free; answered() or notShown() follows
    void setTold(int count) { m_told = count; } // known without a notification
    void close(); // nothing is told
    void handleClosed(); // the server has closed it; what was told stays
    void handleLost(); // the server has gone with it; told: stays

Q_SIGNALS:
    void answered();
    void notShown();

private:
    void handleShown(quint32 id);

    NotificationServer *m_server;
    const Text m_text;
    int m_told = 0;
    quint32 m_id = 0;
    bool m_sent = false;
};
