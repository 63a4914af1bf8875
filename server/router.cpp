// SPDX-License-Identifier: Apache-2.0
#include "router.h"

#include "application.h"
#include "webpage.h"
#include "websockethandshake.h"
#include "wire.h"

#include <QJsonArray>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

HttpResponse methodNotAllowed(const Route &route)
{
    HttpResponse response = HttpResponse::message(405);
    response.allow = route.allowedMethods();
    return response;
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

void Router::addApplication(Application *application)
{
    m_applications.insert(application->id(), application);
}

void Router::removeApplication(const Application *application)
{
    m_applications.remove(application->id());
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
    if (route.kind == Route::Kind::WebSocket)
        return decideUpgrade(request, route);
    if (!route.allows(request.method()))
        return methodNotAllowed(route);
    if (route.kind == Route::Kind::Health)
        return HttpResponse{200, "text/plain; charset=utf-8", "ok", {}};
    if (route.kind == Route::Kind::Metrics)
        return metrics();
    if (route.kind == Route::Kind::Page)
        return WebPage::at(request.path());
    const Application *application = m_applications.value(route.application);
    if (!application || (route.needsDeviceId() && !Wire::isDeviceId(route.device)))
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
    if (application->isFull())
        return HttpResponse::message(503);
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
    if (route.kind == Route::Kind::DeviceKey) {
        const QByteArray key =
            m_keys.issue(application.id(), device->id(), WebSocketKeys::Clock::now());
        return HttpResponse::json(
            {{u"device_id"_s, device->id()}, {u"device_key"_s, QString::fromLatin1(key)}});
    }
    if (request.method() == "DELETE") {
        device->detach();
        return HttpResponse::message(200);
    }
    return HttpResponse::json(application.presence(*device));
}

Router::Decision Router::decideUpgrade(const HttpRequest &request, const Route &route) const
{
    const std::optional<QString> id =
        m_keys.application(route.key, route.device, WebSocketKeys::Clock::now());
    if (!id || !WebSocketHandshake::isOwnOrigin(request, m_scheme))
        return HttpResponse::message(403);
    if (!route.allows(request.method()))
        return methodNotAllowed(route);
    if (const std::optional<HttpResponse> refusal = WebSocketHandshake::refusal(request))
        return *refusal;
    m_keys.useUp(route.key);
    Application *application = m_applications.value(*id);
    DeviceSession *device = application ? application->device(route.device) : nullptr;
    if (!device)
        return HttpResponse::message(418);
    if (!application->webSockets().hasRoom(route.device))
        return HttpResponse::message(503);
    return Upgrade{application, device};
}

HttpResponse Router::metrics() const
{
    const QList<const Application *> applications(m_applications.begin(), m_applications.end());
    return {200, Metrics::ContentType, m_metrics.text(applications), {}};
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
