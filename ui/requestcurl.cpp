// SPDX-License-Identifier: Apache-2.0
#include "requestcurl.h"

#include "chain.h"
#include "request.h"

#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// Means itself to every shell, wherever it stands in a word.
bool isHarmless(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')
        || (byte >= '0' && byte <= '9') || QByteArrayView("-_./:,@%+").contains(byte);
}

} // namespace

QByteArray RequestCurl::quoted(const QByteArray &bytes)
{
    if (!bytes.isEmpty() && std::all_of(bytes.cbegin(), bytes.cend(), isHarmless))
        return bytes;
    QByteArray inside = bytes;
    return '\'' + inside.replace('\'', "'\\''") + '\'';
}

QByteArray RequestCurl::message(const Request &request)
{
    const std::optional<QString> command = request.commandText();
    if (!command)
        return {};
    QJsonObject object{{u"cmd"_s, *command}};
    if (request.replyForm == Request::ReplyForm::Json)
        object.insert(u"reply"_s, u"json"_s);
    if (request.timeout.count() > 0)
        object.insert(u"timeout"_s, qint64(request.timeout.count()));
    if (!request.reason.isEmpty())
        object.insert(u"reason"_s, request.reason);
    if (!request.requesterId.isNull())
        object.insert(u"id"_s, request.requesterId);
    return Chain::encode(object);
}

QString RequestCurl::of(const Request &request, const QString &url, const QString &secret)
{
    const QByteArray body = message(request);
    if (body.isEmpty())
        return {};
    const QByteArray field = "Authorization: OAuth " + secret.toUtf8();
    return QString::fromUtf8("curl -H " + quoted(field) + " -d " + quoted(body) + ' '
                             + quoted(url.toUtf8()));
}
