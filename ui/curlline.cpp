// SPDX-License-Identifier: Apache-2.0
#include "curlline.h"

#include "agent.h"
#include "requestcurl.h"

QString sendUrl(const Agent &agent, const QString &scope)
{
    const QString authority = scope.section(u'/', 0, 0);
    const bool isUsual = authority.endsWith(QLatin1String(":443"));
    const bool isCurrent = scope == agent.scope();
    const bool isEncrypted = isCurrent ? agent.wantsTls(agent.settings()) : isUsual;
    return QStringLiteral("%1://%2/v1/applications/%3/devices/%4/send")
        .arg(isEncrypted ? QStringLiteral("https") : QStringLiteral("http"), authority,
             scope.section(u'/', 1), agent.deviceId());
}

QString curlLine(const Agent &agent, const QByteArray &command, const QString &secret)
{
    if (!agent.settings().problems().isEmpty())
        return {};
    Request request;
    request.command = command;
    return RequestCurl::of(request, sendUrl(agent, agent.scope()), secret);
}
