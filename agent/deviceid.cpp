// SPDX-License-Identifier: Apache-2.0
#include "deviceid.h"

#include "wholefile.h"
#include "wire.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QNetworkInterface>
#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

bool hasDevice(const QNetworkInterface &interface)
{
    return QFileInfo::exists("/sys/class/net/"_L1 + interface.name() + "/device"_L1);
}

QString macOf(const QNetworkInterface &interface)
{
    const QString mac = interface.hardwareAddress().remove(u':').toUpper();
    const bool isZero = mac.count(u'0') == mac.size();
    return mac.size() == 12 && !isZero ? mac : QString();
}

// Made once; 12 hex digits with the "locally administered" bit, so that it is nobody's MAC address.
QString keptId(const QString &dataDirectory)
{
    const QString path = QDir(dataDirectory).filePath(u"device-id"_s);
    QFile known(path);
    if (known.open(QIODevice::ReadOnly)) {
        const QString id = QString::fromLatin1(known.read(64)).trimmed();
        if (Wire::isDeviceId(id))
            return id;
    }
    const quint64 random =
        (QRandomGenerator::system()->generate64() & 0xfcffffffffffULL) | 0x020000000000ULL;
    const QString id = QString::number(random, 16).toUpper().rightJustified(12, u'0');
    QString ignored; // where that fails the id lasts as long as the process
    (void)WholeFile::replace(path, id.toLatin1() + '\n', &ignored);
    return id;
}

} // namespace

QString defaultDeviceId(const QString &dataDirectory)
{
    QList<QNetworkInterface> interfaces = QNetworkInterface::allInterfaces();
    std::sort(interfaces.begin(), interfaces.end(), [](const auto &a, const auto &b) {
        return std::pair(!hasDevice(a), a.index()) < std::pair(!hasDevice(b), b.index());
    });
    for (const QNetworkInterface &interface : std::as_const(interfaces)) {
        const QString mac = macOf(interface);
        if (!mac.isEmpty())
            return mac;
    }
    return keptId(dataDirectory);
}
