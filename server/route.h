// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

// Where a path leads. Ids are decoded but not checked.
struct Route
{
    enum class Kind {
        Unknown,
        Page,
        Health,
        Metrics,
        Application,
        Devices,
        Device,
        Send,
        Events,
        DeviceKey, // asks for the key of a WebSocket
        WebSocket
    };
    Kind kind = Kind::Unknown;
    bool belongsToApplication = false; // needs its secret even when the path is unknown
    QString application;
    QString device;
    QByteArray key; // of a WebSocket

    [[nodiscard]] static Route of(QByteArrayView path);
    [[nodiscard]] QByteArray allowedMethods() const; // "GET, HEAD"
    [[nodiscard]] bool allows(const QByteArray &method) const;
    [[nodiscard]] bool needsDeviceId() const;

    // The path for the log, without keys and secrets.
    [[nodiscard]] static QByteArray shown(QByteArrayView path);
};
