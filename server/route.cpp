// SPDX-License-Identifier: Apache-2.0
#include "route.h"

#include "webpage.h"

#include <QHash>
#include <QList>

#include <algorithm>
#include <cctype>

namespace {

QString decodedId(const QByteArray &segment)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(segment));
}

Route deviceRoute(Route route, const QList<QByteArray> &segments)
{
    // "", "v1", "applications", id, "devices", id, and what is to be done with it
    if (segments.size() == 6) {
        route.kind = Route::Kind::Device;
        route.device = decodedId(segments.last());
        return route;
    }
    static const QHash<QByteArray, Route::Kind> tails{{"send", Route::Kind::Send},
                                                      {"events", Route::Kind::Events},
                                                      {"websocket", Route::Kind::DeviceKey}};
    route.kind = tails.value(segments.last(), Route::Kind::Unknown);
    if (route.kind != Route::Kind::Unknown) {
        // A slash in a device id leads here too: the joined text is no id, hence 400.
        route.device = decodedId(segments.mid(5, segments.size() - 6).join('/'));
    }
    return route;
}

// "", "websockets", device, key
Route webSocketRoute(const QList<QByteArray> &segments)
{
    Route route;
    if (segments.size() != 4)
        return route;
    route.kind = Route::Kind::WebSocket;
    route.device = decodedId(segments[2]);
    route.key = segments[3];
    return route;
}

// Keys, and secrets that were made here, are of 40 hex digits; no id is.
bool mayBeSecret(const QByteArray &segment)
{
    const auto isHexDigit = [](char c) {
        return std::isxdigit(static_cast<unsigned char>(c)) != 0;
    };
    return segment.size() >= 40 && std::all_of(segment.begin(), segment.end(), isHexDigit);
}

} // namespace

Route Route::of(QByteArrayView path)
{
    Route route;
    if (path == "/healthz")
        route.kind = Kind::Health;
    else if (path == "/metrics")
        route.kind = Kind::Metrics;
    else if (WebPage::has(path))
        route.kind = Kind::Page;
    QList<QByteArray> segments = path.toByteArray().split('/');
    if (path.startsWith("/websockets/"))
        return webSocketRoute(segments);
    if (path.startsWith("/v1/websockets/"))
        return webSocketRoute(segments.mid(0, 1) + segments.mid(2));
    if (segments.size() < 4 || segments[1] != "v1" || segments[2] != "applications")
        return route;
    route.belongsToApplication = true;
    route.application = decodedId(segments[3]);
    if (segments.size() == 4)
        route.kind = Kind::Application;
    else if (segments[4] == "devices" && segments.size() == 5)
        route.kind = Kind::Devices;
    else if (segments[4] == "devices")
        return deviceRoute(route, segments);
    return route;
}

QByteArray Route::shown(QByteArrayView path)
{
    QList<QByteArray> segments = path.toByteArray().split('/');
    const qsizetype webSocket = segments.indexOf("websockets");
    for (qsizetype i = 1; i < segments.size(); ++i) {
        const bool isKey = webSocket >= 0 && i > webSocket + 1 && !segments[i].isEmpty();
        if (isKey || mayBeSecret(segments[i]))
            segments[i] = "[redacted]";
    }
    return segments.join('/');
}

QByteArray Route::allowedMethods() const
{
    switch (kind) {
    case Kind::WebSocket:
        return "GET";
    case Kind::DeviceKey:
        return "GET, HEAD";
    case Kind::Device:
        return "GET, HEAD, POST, DELETE";
    case Kind::Send:
        return "POST";
    case Kind::Unknown:
    case Kind::Page:
    case Kind::Health:
    case Kind::Metrics:
    case Kind::Application:
    case Kind::Devices:
    case Kind::Events:
        break;
    }
    return "GET, HEAD";
}

bool Route::allows(const QByteArray &method) const
{
    const QByteArray allowed = allowedMethods();
    return allowed.split(',').contains(method) || allowed.split(',').contains(' ' + method);
}

bool Route::needsDeviceId() const
{
    return kind == Kind::Device || kind == Kind::Send || kind == Kind::Events
        || kind == Kind::DeviceKey;
}
