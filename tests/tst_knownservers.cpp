// SPDX-License-Identifier: Apache-2.0
#include "knownservers.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

class TestKnownServers final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void remembersAcrossRestarts()
    {
        const QTemporaryDir directory;
        const QString path = directory.filePath(QStringLiteral("tls-servers"));
        const QString host = QStringLiteral("cometa.example.org");
        {
            KnownServers servers(path);
            QVERIFY(!servers.contains(host));
            servers.add(host);
            servers.add(host);
            servers.add(QStringLiteral("10.0.0.1"));
            QVERIFY(servers.contains(host));
        }
        const KnownServers again(path);
        QVERIFY(again.contains(host));
        QVERIFY(again.contains(QStringLiteral("10.0.0.1")));
        QVERIFY(!again.contains(QStringLiteral("example.org")));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("cometa.example.org\n10.0.0.1\n"));
        QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }
};

QTEST_GUILESS_MAIN(TestKnownServers)
#include "tst_knownservers.moc"
