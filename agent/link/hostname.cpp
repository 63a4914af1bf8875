// SPDX-License-Identifier: Apache-2.0
#include "hostname.h"

#include <QHostAddress>
#include <QUrl>

#include <algorithm>

namespace {

constexpr qsizetype MaximumName = 253; // RFC 1035
constexpr qsizetype MaximumLabel = 63;

bool isLabel(QStringView label)
{
    return !label.isEmpty() && label.size() <= MaximumLabel && !label.startsWith(u'-')
        && !label.endsWith(u'-') && std::all_of(label.begin(), label.end(), [](QChar c) {
               return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-'
                   || c == u'_';
           });
}

} // namespace

QString normalisedHost(const QString &host)
{
    QString name = host;
    if (name.startsWith(u'[') && name.endsWith(u']'))
        name = name.sliced(1, name.size() - 2);
    const QHostAddress address(name);
    if (!address.isNull())
        return address.toString();
    if (name.contains(u'/') || name.contains(u'@') || name.contains(u':'))
        return {};
    if (name.endsWith(u'.'))
        name.chop(1);
    const QString ascii = QString::fromLatin1(QUrl::toAce(name)).toLower();
    if (ascii.isEmpty() || ascii.size() > MaximumName)
        return {};
    const QList<QStringView> labels = QStringView(ascii).split(u'.');
    // A last label of digits alone is an attempt at an address ("127.0.0.256"), not a name.
    const bool digitsOnly = std::all_of(labels.last().begin(), labels.last().end(),
                                        [](QChar c) { return c >= u'0' && c <= u'9'; });
    return !digitsOnly && std::all_of(labels.begin(), labels.end(), isLabel) ? ascii : QString();
}

QByteArray hostField(const QString &host, quint16 port)
{
    const QByteArray name = host.toLatin1();
    return (name.contains(':') ? '[' + name + ']' : name) + ':' + QByteArray::number(port);
}
