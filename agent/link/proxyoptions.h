// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

// The proxy that the link goes through. The server's name is looked up by the proxy; who it is, is
// checked as without one.
struct ProxyOptions
{
    enum class Kind {
        None,
        System,
        Http,
        Socks5
    }; // System: what the desktop says, at each attempt

    Kind kind = Kind::None;
    QString host; // of Http and Socks5
    quint16 port = 0;
    QString user; // at most 255 bytes; empty: no log-in
    QString password; // at most 255 bytes

    // "none", "system", "http://host:port" or "socks5://host:port"; nothing when it is none of
    // them.
    [[nodiscard]] static std::optional<ProxyOptions> fromText(const QString &text);
    [[nodiscard]] QString toText() const; // without user and password

    // For this server now: never System. The log-in is the one given here, else the system's.
    [[nodiscard]] ProxyOptions resolvedFor(const QString &server, quint16 serverPort,
                                           bool tls) const;
    [[nodiscard]] bool isUsed() const { return kind != Kind::None; }

    friend bool operator==(const ProxyOptions &, const ProxyOptions &) = default;
};
