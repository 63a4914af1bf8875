// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "webhooktarget.h"

#include <QList>
#include <QNetworkAccessManager>
#include <QPointer>
#include <QTimer>

#include <chrono>

class QNetworkReply;

// Posts the events of one application, in order and one at a time. What cannot be delivered for now
// is tried again, with waits that double up to a minute; meanwhile a bounded number of events
// waits, and the oldest go first. Redirects are not followed.
class Webhook final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype MaximumEvents = 10'000;
    static constexpr qint64 MaximumBytes = 16 * 1024 * 1024;
    static constexpr std::chrono::seconds LongestWait{60};
    static constexpr std::chrono::seconds TransferTime{30}; // without progress

    // name is for the log; firstWait is the one after the first failure.
    explicit Webhook(const QString &name,
                     std::chrono::milliseconds firstWait = std::chrono::seconds(1),
                     QObject *parent = nullptr);
    ~Webhook() override;

    // What waits is kept, and posted there.
    void setTarget(const WebhookTarget &target);
    void post(const QByteArray &json);

    [[nodiscard]] qsizetype waiting() const { return m_queue.size(); } // the one under way too
    [[nodiscard]] qint64 delivered() const { return m_delivered; }
    [[nodiscard]] qint64 dropped() const { return m_dropped; } // for want of room, or refused
    [[nodiscard]] qint64 failures() const { return m_failures; } // attempts

    // The JSON object that is posted for an event.
    [[nodiscard]] static QByteArray body(const QString &application, const QString &device,
                                         const QByteArray &event);

private:
    void sendNext();
    void discardAnswer();
    void handleFinished();
    void retry(const QString &reason);
    void removeFirst();

    QString m_name;
    WebhookTarget m_target;
    QNetworkAccessManager m_network;
    QPointer<QNetworkReply> m_reply; // of the first one of the queue
    QList<QByteArray> m_queue;
    qint64 m_bytes = 0; // of the queue
    std::chrono::milliseconds m_firstWait;
    std::chrono::milliseconds m_wait;
    QTimer m_retry;
    qint64 m_delivered = 0;
    qint64 m_dropped = 0;
    qint64 m_failures = 0;
};
