// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonObject>

// One answer of the server, ready to be written.
struct HttpResponse
{
    int status = 200;
    QByteArray type = "application/json";
    QByteArray body;
    QByteArray allow; // the methods of a 405
    QByteArray fields = {}; // further header fields, each with its CR LF

    // {"msg":"403 Forbidden"} and its like.
    [[nodiscard]] static HttpResponse message(int status);
    [[nodiscard]] static HttpResponse json(const QJsonObject &object);
    // A device's reply, unchanged, with the type that fits its bytes.
    [[nodiscard]] static HttpResponse reply(const QByteArray &data);

    [[nodiscard]] QByteArray toBytes(bool keepsAlive, bool isHead) const;
};
