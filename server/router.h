// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "httprequest.h"
#include "httpresponse.h"

#include <QHash>
#include <QString>

#include <variant>

class Application;
class DeviceSession;

// Where a path leads. Ids are decoded but not checked.
struct Route
{
    enum class Kind { Unknown, Health, Application, Devices, Device, Send, Events };
    Kind kind = Kind::Unknown;
    bool belongsToApplication = false; // needs its secret even when the path is unknown
    QString application;
    QString device;

    [[nodiscard]] static Route of(QByteArrayView path);
};

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
    using Decision = std::variant<HttpResponse, Attach, Send>;

    // Does not own the application, which must outlive the router.
    void addApplication(Application *application);

    // Of a complete request.
    [[nodiscard]] Decision decide(const HttpRequest &request) const;

private:
    [[nodiscard]] Decision decideAttach(const HttpRequest &request, const Route &route) const;
    [[nodiscard]] Decision decideDevice(const HttpRequest &request, const Route &route,
                                        const Application &application) const;
    [[nodiscard]] bool isAuthorized(const HttpRequest &request, const Route &route) const;

    QHash<QString, Application *> m_applications;
};
