// SPDX-License-Identifier: Apache-2.0
#include "eventsender.h"

#include "cometaclient.h"
#include "journal.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace {

constexpr int MaximumInFlight = 64; // events whose acknowledgement is awaited

// Events are shown as text in the history; what is not text is kept as it is, in base64.
QJsonObject shown(const QByteArray &payload)
{
    if (QByteArrayView(payload).isValidUtf8())
        return {{u"event"_s, QString::fromUtf8(payload)}};
    return {{u"event_base64"_s, QString::fromLatin1(payload.toBase64())}};
}

} // namespace

EventSender::EventSender(CometaClient *client, Journal *journal, const Outbox::Limits &limits,
                         QObject *parent)
    : QObject(parent), m_client(client), m_journal(journal), m_outbox(journal->connection(), limits)
{
    connect(client, &CometaClient::stateChanged, this, &EventSender::handleStateChanged);
    connect(client, &CometaClient::eventDelivered, this, &EventSender::handleDelivered);
    connect(&m_timeStamp, &QTimer::timeout, this, &EventSender::addTimeStamp);
}

void EventSender::setTarget(const QString &scope, const QString &deviceId,
                            std::chrono::seconds interval)
{
    m_scope = scope;
    m_deviceId = deviceId;
    if (interval.count() > 0)
        m_timeStamp.start(interval);
    else
        m_timeStamp.stop();
}

bool EventSender::add(Outbox::Kind kind, const QString &scope, const QByteArray &payload)
{
    int dropped = 0;
    if (!m_outbox.add(kind, scope, payload, &dropped))
        return false;
    Q_EMIT countChanged(m_outbox.count());
    if (dropped > 0 && !m_journal->note(u"outbox"_s, {{u"dropped"_s, dropped}}))
        return false;
    send();
    return true;
}

void EventSender::handleStateChanged()
{
    m_inFlight.clear();
    m_lastSent = 0;
    send();
}

void EventSender::handleDelivered(quint64 ticket)
{
    const auto sent = m_inFlight.constFind(ticket);
    if (sent == m_inFlight.constEnd())
        return;
    // If either fails it stays in the outbox and goes out again on the next connection.
    if (m_outbox.remove(sent->id))
        (void)m_journal->note(u"event"_s, shown(sent->payload));
    m_inFlight.erase(sent);
    Q_EMIT countChanged(m_outbox.count());
    send();
}

void EventSender::addTimeStamp()
{
    if (m_client->state() == CometaClient::State::Disconnected
        || m_client->state() == CometaClient::State::Paused)
        return;
    const QString time = QDateTime::currentDateTimeUtc().toString(u"yyyy-MM-dd hh:mm:ss"_s);
    const QByteArray payload =
        R"({"id":")" + m_deviceId.toLatin1() + R"(","time":")" + time.toLatin1() + R"("})";
    add(Outbox::Kind::Periodic, m_scope, payload);
}

void EventSender::send()
{
    if (m_client->state() != CometaClient::State::Attached || m_inFlight.size() >= MaximumInFlight)
        return;
    const int room = MaximumInFlight - static_cast<int>(m_inFlight.size());
    for (const Outbox::Item &item : m_outbox.next(m_scope, m_lastSent, room)) {
        const quint64 ticket = m_client->sendEvent(item.payload);
        if (ticket == 0)
            return; // full: the next acknowledgement brings us back
        m_inFlight.insert(ticket, {item.id, item.payload});
        m_lastSent = item.id;
    }
}
