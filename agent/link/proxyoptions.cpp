// SPDX-License-Identifier: Apache-2.0
#include "proxyoptions.h"

#include "hostname.h"

#include <QNetworkProxy>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace {

using Kind = ProxyOptions::Kind;

std::optional<ProxyOptions> fromSystem(const QNetworkProxy &proxy)
{
    ProxyOptions options;
    switch (proxy.type()) {
    case QNetworkProxy::NoProxy:
        return options;
    case QNetworkProxy::HttpProxy:
    case QNetworkProxy::HttpCachingProxy:
        options.kind = Kind::Http;
        break;
    case QNetworkProxy::Socks5Proxy:
        options.kind = Kind::Socks5;
        break;
    case QNetworkProxy::DefaultProxy:
    case QNetworkProxy::FtpCachingProxy:
        return std::nullopt;
    }
    options.host = normalisedHost(proxy.hostName());
    options.port = proxy.port();
    options.user = proxy.user();
    options.password = proxy.password();
    return options.host.isEmpty() || options.port == 0 ? std::nullopt : std::optional(options);
}

} // namespace

std::optional<ProxyOptions> ProxyOptions::fromText(const QString &text)
{
    ProxyOptions options;
    if (text.isEmpty() || text == "none"_L1)
        return options;
    if (text == "system"_L1) {
        options.kind = Kind::System;
        return options;
    }
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || !url.userInfo().isEmpty()
        || !(url.path().isEmpty() || url.path() == "/"_L1) || url.hasQuery() || url.hasFragment()
        || url.port(0) <= 0)
        return std::nullopt;
    if (url.scheme() == "http"_L1)
        options.kind = Kind::Http;
    else if (url.scheme() == "socks5"_L1)
        options.kind = Kind::Socks5;
    else
        return std::nullopt;
    options.host = normalisedHost(url.host());
    options.port = quint16(url.port());
    return options.host.isEmpty() ? std::nullopt : std::optional(options);
}

QString ProxyOptions::toText() const
{
    switch (kind) {
    case Kind::None:
        return u"none"_s;
    case Kind::System:
        return u"system"_s;
    case Kind::Http:
        return u"http://"_s + QString::fromLatin1(hostField(host, port));
    case Kind::Socks5:
        return u"socks5://"_s + QString::fromLatin1(hostField(host, port));
    }
    Q_UNREACHABLE();
}

ProxyOptions ProxyOptions::resolvedFor(const QString &server, quint16 serverPort, bool tls) const
{
    if (kind != Kind::System)
        return *this;
    QUrl url;
    url.setScheme(tls ? u"https"_s : u"http"_s);
    url.setHost(server);
    url.setPort(serverPort);
    const QList<QNetworkProxy> proxies =
        QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
    for (const QNetworkProxy &proxy : proxies) {
        std::optional<ProxyOptions> found = fromSystem(proxy);
        if (!found)
            continue;
        if (!user.isEmpty()) {
            found->user = user;
            found->password = password;
        }
        return *found;
    }
    return {};
}
