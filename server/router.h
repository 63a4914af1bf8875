// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "httprequest.h"
#include "httpresponse.h"
#include "metrics.h"
#include "route.h"
#include "websocketkeys.h"

#include <QHash>
#include <QString>

#include <variant>

class Application;
class DeviceSession;

// Finds out what is to be done for a request, and answers at once what can be answered at once.
// Order: 403, 404, 405, 400, 418, 423.
class Router final
{
public:
    struct Attach
    {
        Application *application;
        QString device;
    };
    struct Send
    {
        DeviceSession *device; // attached and not busy
    };
    struct Upgrade
    {
        Application *application; // has room for one more WebSocket
        DeviceSession *device; // attached
    };
    using Decision = std::variant<HttpResponse, Attach, Send, Upgrade>;

    // scheme: how pages of this server are reached.
    explicit Router(const QByteArray &scheme = "http") : m_scheme(scheme) { }

    // Does not own the application, which must outlive the router.
    void addApplication(Application *application);
    void removeApplication(const Application *application);

    // Of a complete request.
    [[nodiscard]] Decision decide(const HttpRequest &request) const;
    void countAnswer(int status) const { m_metrics.countAnswer(status); }

private:
    [[nodiscard]] Decision decideAttach(const HttpRequest &request, const Route &route) const;
    [[nodiscard]] Decision decideDevice(const HttpRequest &request, const Route &route,
                                        const Application &application) const;
    [[nodiscard]] Decision decideUpgrade(const HttpRequest &request, const Route &route) const;
    [[nodiscard]] HttpResponse metrics() const;
    [[nodiscard]] bool isAuthorized(const HttpRequest &request, const Route &route) const;

    QByteArray m_scheme;
    QHash<QString, Application *> m_applications;
    mutable WebSocketKeys m_keys; // issued and used up by decisions
    mutable Metrics m_metrics; // of answers
};
