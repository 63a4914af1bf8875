// SPDX-License-Identifier: Apache-2.0
#include "curlline.h"

#include "agent.h"
#include "localserver.h"
#include "requestcurl.h"

#include <algorithm>

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

QString exampleLine(const Agent &agent)
{
    const QByteArray command = QByteArrayLiteral("uptime");
    const Settings &settings = agent.settings();
    const QList<LocalServer *> trials = agent.findChildren<LocalServer *>();
    const auto used = std::find_if(trials.cbegin(), trials.cend(), [&](const LocalServer *trial) {
        return settings.server == QLatin1String("127.0.0.1")
            && settings.port == trial->application().port
            && settings.application == trial->application().id;
    });
    return used == trials.cend() ? curlLine(agent, command)
                                 : curlLine(agent, command, (*used)->application().secret);
}
