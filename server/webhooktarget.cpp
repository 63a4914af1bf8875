// SPDX-License-Identifier: Apache-2.0
#include "webhooktarget.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("WebhookTarget", source);
}

bool isToken(QByteArrayView name)
{
    static constexpr QByteArrayView symbols = "!#$%&'*+-.^_`|~";
    const auto fits = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || symbols.contains(c);
    };
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), fits);
}

// They frame the request or say where it goes.
bool isOurs(const QByteArray &name)
{
    static constexpr QByteArrayView ours[] = {"host",       "content-length",    "content-type",
                                              "connection", "transfer-encoding", "expect",
                                              "upgrade"};
    return std::find(std::begin(ours), std::end(ours), name.toLower()) != std::end(ours);
}

} // namespace

bool WebhookTarget::setUrl(const QString &address, QString *errorString)
{
    const QUrl candidate(address, QUrl::StrictMode);
    const bool isWeb = candidate.scheme() == "http"_L1 || candidate.scheme() == "https"_L1;
    if (!candidate.isValid() || !isWeb || candidate.host().isEmpty()) {
        *errorString = text("use an address such as https://example.org/events.");
        return false;
    }
    if (!candidate.userInfo().isEmpty()) {
        *errorString = text("give no name and password in the address, but an Authorization "
                            "header.");
        return false;
    }
    url = candidate;
    url.setFragment({});
    return true;
}

bool WebhookTarget::setField(const QString &line, QString *errorString)
{
    const QByteArray bytes = line.toUtf8();
    const qsizetype colon = bytes.indexOf(':');
    const QByteArray name = bytes.left(std::max<qsizetype>(colon, 0));
    const QByteArray value = bytes.sliced(colon + 1).trimmed();
    const bool isVisible =
        std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~'; });
    if (!isToken(name) || isOurs(name) || value.isEmpty() || !isVisible) {
        *errorString = text("use one line such as “Authorization: Bearer TOKEN”.");
        return false;
    }
    fieldName = name;
    fieldValue = value;
    return true;
}
