// SPDX-License-Identifier: Apache-2.0
#include "fulldisk.h"
#include "knownservers.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
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

    void P14_takesAnyForOneOfThemWhenTheFileCannotBeRead_data()
    {
        QTest::addColumn<int>("what");
        QTest::newRow("a directory") << 0;
        QTest::newRow("a link to another file") << 1;
        QTest::newRow("a link to nowhere") << 2;
    }
    void P14_takesAnyForOneOfThemWhenTheFileCannotBeRead()
    {
        QFETCH(const int, what);
        const QTemporaryDir directory;
        const QString path = directory.filePath(QStringLiteral("tls-servers"));
        const QString other = directory.filePath(QStringLiteral("other"));
        if (what == 0) {
            QVERIFY(QDir().mkdir(path));
        } else {
            QVERIFY(QFile::link(what == 1 ? QStringLiteral("/dev/null") : other, path));
        }
        KnownServers servers(path);
        QVERIFY(!servers.isReadable());
        QVERIFY(servers.contains(QStringLiteral("cometa.example.org")));
        servers.add(QStringLiteral("cometa.example.org"));
        QVERIFY(QFileInfo(path).isDir() || QFileInfo(path).isSymLink()); // it is left to the owner
    }

    void P14_writesItOnceThatIsPossible()
    {
        const QTemporaryDir directory;
        const QString path = directory.filePath(QStringLiteral("tls-servers"));
        const QString host = QStringLiteral("cometa.example.org");
        KnownServers servers(path);
        {
            const FullDisk full;
            servers.add(host);
            QVERIFY(servers.contains(host));
            QVERIFY(!servers.save());
        }
        QVERIFY(!KnownServers(path).contains(host));
        QVERIFY(servers.save());
        QVERIFY(KnownServers(path).contains(host));
    }
};

QTEST_GUILESS_MAIN(TestKnownServers)
#include "tst_knownservers.moc"
