// SPDX-License-Identifier: Apache-2.0
#include "websockethandshake.h"

#include <QCryptographicHash>

#include <algorithm>

namespace {

bool hasItem(const QByteArray &list, const QByteArray &item)
{
    const QList<QByteArray> items = list.split(',');
    return std::any_of(items.begin(), items.end(), [&item](const QByteArray &candidate) {
        return candidate.trimmed().compare(item, Qt::CaseInsensitive) == 0;
    });
}

bool isNonce(const QByteArray &key)
{
    const auto decoded =
        QByteArray::fromBase64Encoding(key, QByteArray::AbortOnBase64DecodingErrors);
    return key.size() == 24 && decoded && (*decoded).size() == 16;
}

} // namespace

std::optional<HttpResponse> WebSocketHandshake::refusal(const HttpRequest &request)
{
    if (request.isHttp10() || !request.body().isEmpty()
        || !hasItem(request.value("upgrade"), "websocket")
        || !hasItem(request.value("connection"), "upgrade")
        || request.count("sec-websocket-key") != 1 || !isNonce(request.value("sec-websocket-key"))
        || request.count("sec-websocket-version") != 1)
        return HttpResponse::message(400);
    if (request.value("sec-websocket-version") == "13")
        return std::nullopt;
    HttpResponse response = HttpResponse::message(426);
    response.fields = "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n";
    return response;
}

bool WebSocketHandshake::isOwnOrigin(const HttpRequest &request, QByteArrayView scheme)
{
    if (request.count("origin") == 0)
        return true;
    const QByteArray own = scheme.toByteArray() + "://" + request.value("host");
    return request.count("origin") == 1
        && request.value("origin").compare(own, Qt::CaseInsensitive) == 0;
}

QByteArray WebSocketHandshake::acceptance(const HttpRequest &request)
{
    const QByteArray seed =
        request.value("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    return "HTTP/1.1 101 Switching Protocols\r\n"
           "Upgrade: websocket\r\n"
           "Connection: Upgrade\r\n"
           "Sec-WebSocket-Accept: "
        + QCryptographicHash::hash(seed, QCryptographicHash::Sha1).toBase64() + "\r\n\r\n";
}
