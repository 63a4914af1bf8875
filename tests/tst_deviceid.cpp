// SPDX-License-Identifier: Apache-2.0
#include "deviceid.h"
#include "wire.h"

#include <QNetworkInterface>
#include <QTemporaryDir>
#include <QTest>

class TestDeviceId final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAUsableIdThatStays()
    {
        const QTemporaryDir directory;
        const QString id = defaultDeviceId(directory.path());
        QVERIFY2(QRegularExpression(QStringLiteral("^[0-9A-F]{12}$")).match(id).hasMatch(),
                 qPrintable(id));
        QVERIFY(Wire::isDeviceId(id));
        QCOMPARE(defaultDeviceId(directory.path()), id);
    }

    void isAnInterfacesAddressOrKept()
    {
        const QTemporaryDir directory;
        const QString id = defaultDeviceId(directory.path());
        QStringList addresses;
        for (const QNetworkInterface &interface : QNetworkInterface::allInterfaces())
            addresses.append(interface.hardwareAddress().remove(u':').toUpper());
        QFile kept(directory.filePath(QStringLiteral("device-id")));
        QVERIFY(addresses.contains(id) != kept.exists());
    }
};

QTEST_GUILESS_MAIN(TestDeviceId)
#include "tst_deviceid.moc"
