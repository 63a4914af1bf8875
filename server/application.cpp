// SPDX-License-Identifier: Apache-2.0
#include "application.h"

#include "serverlog.h"

#include <QCryptographicHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QByteArray digest(QByteArrayView secret)
{
    return QCryptographicHash::hash(secret.toByteArray(), QCryptographicHash::Sha256);
}

} // namespace

Application::Application(const QString &id, const QString &name, const QByteArray &secret,
                         const DeviceSession::Timing &timing, QObject *parent)
    : QObject(parent), m_id(id), m_name(name), m_secretDigest(digest(secret)), m_timing(timing)
{
}

void Application::setSecret(const QByteArray &secret)
{
    m_secretDigest = digest(secret);
}

void Application::setWebhook(const WebhookTarget &target)
{
    if (target.url.isEmpty()) {
        m_webhook.reset();
        return;
    }
    if (!m_webhook)
        m_webhook = std::make_unique<Webhook>(m_id);
    m_webhook->setTarget(target);
}

bool Application::keepEvents(const QString &path, QString *errorString)
{
    return m_events.open(path, errorString);
}

bool Application::isSecret(QByteArrayView candidate) const
{
    // Digests have one length and tell nothing of the secret; all their bytes are looked at.
    const QByteArray other = digest(candidate);
    int difference = 0;
    for (qsizetype i = 0; i < other.size(); ++i)
        difference |= other[i] ^ m_secretDigest[i];
    return difference == 0;
}

DeviceSession *Application::device(const QString &id) const
{
    return m_devices.value(id, nullptr);
}

QStringList Application::deviceIds() const
{
    QStringList ids = m_devices.keys();
    std::sort(ids.begin(), ids.end());
    return ids;
}

QJsonObject Application::information() const
{
    const auto text = [](qint64 number) { return QString::number(number); };
    const QJsonObject stats{
        {u"num_devices"_s, text(m_devices.size())},
        {u"messages"_s, text(m_statistics.messages())},
        {u"errors"_s, text(m_statistics.errors())},
        {u"bytes_up"_s, text(m_statistics.bytesUp())},
        {u"bytes_down"_s, text(m_statistics.bytesDown())},
        {u"latency"_s, text(m_statistics.latency())},
        {u"latency_min"_s, text(m_statistics.latencyMinimum())},
        {u"latency_max"_s, text(m_statistics.latencyMaximum())},
        {u"std_deviation"_s, text(m_statistics.standardDeviation())},
        {u"websockets"_s, text(m_webSockets.count())},
    };
    return {{u"app_id"_s, m_id}, {u"app_name"_s, m_name}, {u"stats"_s, stats}};
}

QJsonObject Application::presence(const DeviceSession &device) const
{
    const auto text = [](qint64 number) { return QString::number(number); };
    const Statistics &statistics = device.statistics();
    const QJsonObject stats{
        {u"connected_at"_s, text(device.connectedAt())},
        {u"messages"_s, text(statistics.messages())},
        {u"errors"_s, text(statistics.errors())},
        {u"bytes_up"_s, text(statistics.bytesUp())},
        {u"bytes_down"_s, text(statistics.bytesDown())},
        {u"latency"_s, text(statistics.latency())},
        {u"websockets"_s, text(m_webSockets.count(device.id()))},
    };
    return {
        {u"device_id"_s, device.id()},
        {u"ip_address"_s, device.address()},
        {u"heartbeat"_s, text(device.lastHeartbeat())},
        {u"info"_s, QString::fromUtf8(device.info())},
        {u"stats"_s, stats},
    };
}

DeviceSession *Application::attach(PeerSocket *socket, const QString &deviceId,
                                   const QByteArray &info)
{
    auto *device = new DeviceSession(socket, deviceId, info, m_timing, &m_statistics, this);
    m_devices.insert(deviceId, device);
    connect(device, &DeviceSession::eventReceived, this,
            [this, deviceId](const QByteArray &event) { takeEvent(deviceId, event); });
    connect(device, &DeviceSession::ended, this,
            [this, device](const QString &reason) { remove(device, reason); });
    qCInfo(lcServer).noquote() << device->address() << "device" << deviceId << "attached to"
                               << m_id;
    return device;
}

void Application::checkDeadlines(DeviceSession::Clock::time_point now)
{
    // A copy: a device whose time is up leaves the hash.
    const QList<DeviceSession *> devices = m_devices.values();
    for (DeviceSession *device : devices)
        device->checkDeadlines(now);
    m_webSockets.checkDeadlines(now);
}

void Application::detachAll()
{
    const QList<DeviceSession *> devices = m_devices.values();
    for (DeviceSession *device : devices)
        device->detach();
}

void Application::takeEvent(const QString &device, const QByteArray &event)
{
    m_events.add(device, event);
    if (m_webhook)
        m_webhook->post(Webhook::body(m_id, device, event));
}

void Application::remove(DeviceSession *device, const QString &reason)
{
    m_devices.remove(device->id());
    qCInfo(lcServer).noquote() << "device" << device->id() << "left" << m_id << '-' << reason;
    device->deleteLater();
}
