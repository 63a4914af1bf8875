// SPDX-License-Identifier: Apache-2.0
#include "homedirectory.h"

#include <QDir>
#include <QTest>

#include <pwd.h>
#include <unistd.h>

class HomeDirectoryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesTheOneThatIsSet()
    {
        qputenv("HOME", "/somewhere");
        completeHome();
        QCOMPARE(qgetenv("HOME"), QByteArray("/somewhere"));
    }

    void takesTheOneOfTheUserDatabase_data()
    {
        QTest::addColumn<QByteArray>("home");
        QTest::newRow("none") << QByteArray();
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("relative") << QByteArray("home");
    }
    void takesTheOneOfTheUserDatabase()
    {
        QFETCH(const QByteArray, home);
        qputenv("HOME", home);
        if (home.isNull())
            qunsetenv("HOME");
        completeHome();
        const passwd *user = getpwuid(geteuid());
        QVERIFY(user);
        QCOMPARE(QDir::homePath(), QFile::decodeName(user->pw_dir));
    }
};

QTEST_GUILESS_MAIN(HomeDirectoryTest)
#include "tst_homedirectory.moc"
