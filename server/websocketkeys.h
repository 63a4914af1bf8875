// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

// The keys that open a WebSocket: each for one device, for half a minute, once. Only their digests
// are kept.
class WebSocketKeys final
{
public:
    using Clock = std::chrono::steady_clock;

    static constexpr std::chrono::seconds Lifetime{30};
    static constexpr qsizetype MaximumKeys = 10'000; // that wait to be used; the oldest go first

    // 40 hex digits from the system's random source.
    [[nodiscard]] QByteArray issue(const QString &application, const QString &device,
                                   Clock::time_point now);
    // The application whose device this key opens; nothing when it was never issued for such a
    // device, is used up or too old.
    [[nodiscard]] std::optional<QString> application(QByteArrayView key, const QString &device,
                                                     Clock::time_point now) const;
    void useUp(QByteArrayView key);

private:
    struct Entry
    {
        QByteArray digest;
        QString application;
        QString device;
        Clock::time_point issued;
    };
    QList<Entry> m_entries; // in order of issue
};
