// SPDX-License-Identifier: Apache-2.0
#include "sendrefusal.h"

#include "sendexit.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype quotedWords = 100; // characters of what the server says

// {"msg":"500 …"}
QString words(const QByteArray &body)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    const QString message = object.value("msg"_L1).toString().left(quotedWords);
    return message.isEmpty() ? QString() : u": "_s + message;
}

} // namespace

SendRefusal SendRefusal::of(const SendRequest::Answer &answer, const SendOptions &options)
{
    const QString place = u"%1 port %2"_s.arg(options.host).arg(options.port);
    const QString device = options.device;
    switch (answer.status) {
    case 401:
    case 403:
        return {u"%1 refuses the application or its secret (%2): check --app and the secret"_s
                    .arg(place)
                    .arg(answer.status),
                SendExit::Refused};
    case 404:
        return {u"%1 knows no such path (404): check that it is a Cometa server"_s.arg(place),
                SendExit::Refused};
    case 408:
        return {u"device %1 did not answer in time (408): the command may still run, so look "
                "before you send it again"_s.arg(device),
                SendExit::TimedOut};
    case 409:
        return {u"device %1 is in use by another request (409): try again"_s.arg(device),
                SendExit::Unavailable};
    case 413:
        return {u"the command is too long for %1 (413)"_s.arg(place), SendExit::Refused};
    case 418:
        return {
            u"device %1 is not attached (418): check --device, or try again when it is back"_s.arg(
                device),
            SendExit::Unavailable};
    case 423:
        return {
            u"device %1 is busy with another request (423): try again in a moment"_s.arg(device),
            SendExit::Unavailable};
    default:
        break;
    }
    if (answer.status >= 300 && answer.status < 400)
        return {u"%1 redirects to another place (%2), which is not followed: check --server, "
                "--port and --tls"_s.arg(place)
                    .arg(answer.status),
                SendExit::Refused};
    return {
        u"%1 refuses the request (%2)%3"_s.arg(place).arg(answer.status).arg(words(answer.body)),
        SendExit::Refused};
}
