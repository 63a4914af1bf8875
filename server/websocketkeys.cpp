// SPDX-License-Identifier: Apache-2.0
#include "websocketkeys.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace {

QByteArray digestOf(QByteArrayView key)
{
    // How long a comparison of digests takes tells nothing of a key.
    return QCryptographicHash::hash(key.toByteArray(), QCryptographicHash::Sha256);
}

QByteArray randomKey()
{
    std::array<quint32, 5> words; // 160 bits
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return QByteArrayView(reinterpret_cast<const char *>(words.data()), sizeof words)
        .toByteArray()
        .toHex();
}

} // namespace

QByteArray WebSocketKeys::issue(const QString &application, const QString &device,
                                Clock::time_point now)
{
    const auto isOver = [now](const Entry &entry) { return now - entry.issued > Lifetime; };
    const auto firstGood = std::find_if_not(m_entries.cbegin(), m_entries.cend(), isOver);
    m_entries.erase(m_entries.cbegin(), firstGood);
    if (m_entries.size() >= MaximumKeys)
        m_entries.removeFirst();
    const QByteArray key = randomKey();
    m_entries.append({digestOf(key), application, device, now});
    return key;
}

std::optional<QString> WebSocketKeys::application(QByteArrayView key, const QString &device,
                                                  Clock::time_point now) const
{
    const QByteArray digest = digestOf(key);
    for (const Entry &entry : m_entries) {
        if (entry.digest == digest && entry.device == device && now - entry.issued <= Lifetime)
            return entry.application;
    }
    return std::nullopt;
}

void WebSocketKeys::useUp(QByteArrayView key)
{
    const QByteArray digest = digestOf(key);
    m_entries.removeIf([&digest](const Entry &entry) { return entry.digest == digest; });
}
