// SPDX-License-Identifier: Apache-2.0
#include "router.h"

#include "application.h"
#include "wire.h"

#include <QJsonArray>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

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
    } else if (segments.last() == "send" || segments.last() == "events") {
        // A slash in a device id leads here too: the joined text is no id, hence 400.
        route.kind = segments.last() == "send" ? Route::Kind::Send : Route::Kind::Events;
        route.device = decodedId(segments.mid(5, segments.size() - 6).join('/'));
    }
    return route;
}

QByteArray allowedMethods(Route::Kind kind)
{
    switch (kind) {
    case Route::Kind::Device:
        return "GET, HEAD, POST, DELETE";
    case Route::Kind::Send:
        return "POST";
    case Route::Kind::Unknown:
    case Route::Kind::Health:
    case Route::Kind::Application:
    case Route::Kind::Devices:
    case Route::Kind::Events:
        break;
    }
    return "GET, HEAD";
}

bool isAllowed(const QByteArray &method, const QByteArray &allowed)
{
    return allowed.split(',').contains(method) || allowed.split(',').contains(' ' + method);
}

HttpResponse methodNotAllowed(const QByteArray &allowed)
{
    HttpResponse response = HttpResponse::message(405);
    response.allow = allowed;
    return response;
}

bool needsDeviceId(Route::Kind kind)
{
    return kind == Route::Kind::Device || kind == Route::Kind::Send || kind == Route::Kind::Events;
}

HttpResponse deviceList(const Application &application)
{
    const QStringList ids = application.deviceIds();
    return HttpResponse::json({{u"num_devices"_s, static_cast<int>(ids.size())},
                               {u"devices"_s, QJsonArray::fromStringList(ids)}});
}

// ?since=SEQ&limit=N, both optional.
HttpResponse eventPage(const HttpRequest &request, const QString &device,
                       const Application &application)
{
    constexpr qint64 Largest = 1'000'000'000'000;
    const QUrlQuery query(QString::fromLatin1(request.query().toByteArray()));
    const auto number = [&query](const QString &name, qint64 fallback, qint64 highest) -> qint64 {
        bool ok = !query.hasQueryItem(name);
        const qint64 value = ok ? fallback : query.queryItemValue(name).toLongLong(&ok);
        return ok && value >= 0 && value <= highest ? value : -1;
    };
    const qint64 since = number(u"since"_s, 0, Largest);
    const qint64 limit = number(u"limit"_s, 100, EventLog::MaximumEvents);
    if (since < 0 || limit < 0)
        return HttpResponse::message(400);
    return HttpResponse::json(application.events().page(device, since, limit));
}

QByteArray sentSecret(const HttpRequest &request)
{
    static constexpr QByteArrayView scheme = "oauth ";
    const QByteArray value = request.value("authorization");
    const bool isOAuth = value.left(scheme.size()).toLower() == scheme;
    if (!isOAuth || request.count("authorization") != 1)
        return {};
    return value.sliced(scheme.size()).trimmed();
}

} // namespace

Route Route::of(QByteArrayView path)
{
    Route route;
    if (path == "/healthz")
        route.kind = Kind::Health;
    const QList<QByteArray> segments = path.toByteArray().split('/');
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

void Router::addApplication(Application *application)
{
    m_applications.insert(application->id(), application);
}

Router::Decision Router::decide(const HttpRequest &request) const
{
    const Route route = Route::of(request.path());
    if (route.kind == Route::Kind::Device && request.method() == "POST")
        return decideAttach(request, route);
    if (route.belongsToApplication && !isAuthorized(request, route))
        return HttpResponse::message(403);
    if (route.kind == Route::Kind::Unknown)
        return HttpResponse::message(404);
    const QByteArray allowed = allowedMethods(route.kind);
    if (!isAllowed(request.method(), allowed))
        return methodNotAllowed(allowed);
    if (route.kind == Route::Kind::Health)
        return HttpResponse{200, "text/plain; charset=utf-8", "ok", {}};
    const Application *application = m_applications.value(route.application);
    if (!application || (needsDeviceId(route.kind) && !Wire::isDeviceId(route.device)))
        return HttpResponse::message(400);
    if (route.kind == Route::Kind::Application)
        return HttpResponse::json(application->information());
    if (route.kind == Route::Kind::Devices)
        return deviceList(*application);
    if (route.kind == Route::Kind::Events)
        return eventPage(request, route.device, *application);
    return decideDevice(request, route, *application);
}

Router::Decision Router::decideAttach(const HttpRequest &request, const Route &route) const
{
    if (!Wire::isApplicationId(route.application))
        return HttpResponse::message(400);
    Application *application = m_applications.value(route.application);
    if (!application)
        return HttpResponse::message(403);
    // HTTP/1.0 has no chunks, and the answer is made of them.
    if (!Wire::isDeviceId(route.device) || request.isHttp10())
        return HttpResponse::message(400);
    if (application->device(route.device))
        return HttpResponse::message(409);
    return Attach{application, route.device};
}

Router::Decision Router::decideDevice(const HttpRequest &request, const Route &route,
                                      const Application &application) const
{
    if (route.kind == Route::Kind::Send && request.body().isEmpty())
        return HttpResponse::message(400);
    DeviceSession *device = application.device(route.device);
    if (!device)
        return HttpResponse::message(418);
    if (route.kind == Route::Kind::Send) {
        if (device->isBusy())
            return HttpResponse::message(423);
        return Send{device};
    }
    if (request.method() == "DELETE") {
        device->detach();
        return HttpResponse::message(200);
    }
    return HttpResponse::json(Application::presence(*device));
}

bool Router::isAuthorized(const HttpRequest &request, const Route &route) const
{
    const QByteArray secret = sentSecret(request);
    if (const Application *application = m_applications.value(route.application))
        return application->isSecret(secret);
    // An id that cannot exist is a mistake (400) of whoever has a secret of this server.
    const bool isAny = std::any_of(
        m_applications.begin(), m_applications.end(),
        [&secret](const Application *application) { return application->isSecret(secret); });
    return isAny && !Wire::isApplicationId(route.application);
}
