// SPDX-License-Identifier: Apache-2.0
#include "refusal.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

using namespace std::chrono;
using namespace Qt::StringLiterals;

namespace {

constexpr seconds MaximumRetryAfter{600};

QString sentence(int status)
{
    switch (status) {
    case 401:
    case 403:
        return CometaClient::tr(
            "%1 does not accept this application id (%2): check the application "
            "id in the settings.");
    case 404:
        return CometaClient::tr("%1 has no Cometa service (%2): check server and port.");
    case 407:
        return CometaClient::tr("A proxy on the way to %1 wants a password (%2): this is not a "
                                "Cometa server; check server and port.");
    case 409:
        return CometaClient::tr("%1 still holds an older link of this device id (%2): trying again "
                                "until it is free.");
    case 429:
        return CometaClient::tr("%1 says that we come too often (%2): trying again later.");
    default:
        break;
    }
    if (status >= 300 && status < 400)
        return CometaClient::tr("%1: the server redirects to another address (%2), which is not "
                                "followed: set server and port to where Cometa is.");
    if (status >= 500)
        return CometaClient::tr("%1 cannot serve us now (%2): trying again; if it lasts, tell "
                                "whoever runs the server.");
    return CometaClient::tr("%1 refused the attach (%2): check application id and device id in the "
                            "settings.");
}

} // namespace

LinkFailure refusedAttach(int status, const QString &words, const QString &server)
{
    LinkFailure failure;
    failure.status = status;
    failure.error = status >= 400 && status < 500 && status != 429
        ? CometaClient::Error::Authorization
        : CometaClient::Error::Protocol;
    const QString number = QString::number(status);
    const QString said = words.isEmpty() || words == number ? number
        : words.startsWith(number)                          ? words
                                                            : number + u' ' + words;
    failure.text = sentence(status).arg(server, said);
    return failure;
}

std::optional<seconds> retryAfter(const QByteArray &field)
{
    bool isNumber = false;
    const qlonglong wanted = field.toLongLong(&isNumber);
    if (isNumber)
        return wanted < 0 ? std::nullopt
                          : std::optional(std::min(seconds(wanted), MaximumRetryAfter));
    // RFC 9110: "Sun, 06 Nov 1994 08:49:37 GMT"
    QDateTime date =
        QLocale::c().toDateTime(QString::fromLatin1(field), "ddd, dd MMM yyyy hh:mm:ss 'GMT'"_L1);
    if (!date.isValid())
        return std::nullopt;
    date.setTimeSpec(Qt::UTC);
    const qint64 left = std::max<qint64>(0, QDateTime::currentDateTimeUtc().secsTo(date));
    return std::min(seconds(left), MaximumRetryAfter);
}
