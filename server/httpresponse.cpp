// SPDX-License-Identifier: Apache-2.0
#include "httpresponse.h"

#include <QJsonDocument>
#include <QUtf8StringView>

using namespace Qt::StringLiterals;

namespace {

QByteArray reason(int status)
{
    struct Reason
    {
        int status;
        const char *text;
    };
    static constexpr Reason reasons[] = {
        {200, "OK"},
        {400, "Bad Request"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Time-out"},
        {409, "Conflict"},
        {413, "Content Too Large"},
        {417, "Expectation Failed"},
        {418, "Device not attached"},
        {423, "Locked"},
        {426, "Upgrade Required"},
        {431, "Request Header Fields Too Large"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {505, "HTTP Version Not Supported"},
    };
    for (const Reason &entry : reasons) {
        if (entry.status == status)
            return entry.text;
    }
    return "Error";
}

bool isJson(const QByteArray &data)
{
    const QByteArray start = data.left(64).trimmed();
    return (start.startsWith('{') || start.startsWith('['))
        && !QJsonDocument::fromJson(data).isNull();
}

QByteArray typeOf(const QByteArray &data)
{
    if (isJson(data))
        return "application/json";
    const bool isText = QUtf8StringView(data).isValidUtf8() && !data.contains('\0');
    return isText ? "text/plain; charset=utf-8" : "application/octet-stream";
}

} // namespace

HttpResponse HttpResponse::message(int status)
{
    const QByteArray text = QByteArray::number(status) + ' ' + reason(status);
    return {status, "application/json", "{\"msg\":\"" + text + "\"}", {}};
}

HttpResponse HttpResponse::json(const QJsonObject &object)
{
    return {200, "application/json", QJsonDocument(object).toJson(QJsonDocument::Compact), {}};
}

HttpResponse HttpResponse::reply(const QByteArray &data)
{
    return {200, typeOf(data), data, {}};
}

QByteArray HttpResponse::toBytes(bool keepsAlive, bool isHead) const
{
    QByteArray bytes;
    bytes.reserve(256 + (isHead ? 0 : body.size()));
    bytes += "HTTP/1.1 " + QByteArray::number(status) + ' ' + reason(status) + "\r\n";
    bytes += "Content-Type: " + type + "\r\n";
    bytes += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    bytes += "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n";
    if (!allow.isEmpty())
        bytes += "Allow: " + allow + "\r\n";
    bytes += fields;
    if (!keepsAlive)
        bytes += "Connection: close\r\n";
    bytes += "\r\n";
    if (!isHead)
        bytes += body;
    return bytes;
}
