// SPDX-License-Identifier: Apache-2.0
#include "networkwatch.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <sched.h>
#include <sys/types.h>
#include <unistd.h>

// In a network namespace of its own, where it may add addresses.
class TestNetworkWatch final : public QObject
{
    Q_OBJECT

    static bool ip(const char *arguments)
    {
        QProcess process;
        QSignalSpy finished(&process, &QProcess::finished);
        process.start(QStringLiteral("ip"), QString::fromLatin1(arguments).split(u' '));
        return QTest::qWaitFor([&] { return !finished.isEmpty(); }) && process.exitCode() == 0;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const bool isRoot = geteuid() == 0;
        QVERIFY2(unshare(isRoot ? CLONE_NEWNET : CLONE_NEWUSER | CLONE_NEWNET) == 0,
                 "no network namespace can be made");
    }

    void tellsOnceThatAddressesCame()
    {
        const NetworkWatch watch;
        QSignalSpy added(&watch, &NetworkWatch::addressAdded);
        QVERIFY(ip("link set lo up"));
        QVERIFY(ip("address add 192.0.2.1/32 dev lo"));
        QVERIFY(ip("address add 192.0.2.2/32 dev lo"));
        QTRY_COMPARE(added.size(), 1);
        QVERIFY(ip("address del 192.0.2.2/32 dev lo"));
        QVERIFY(!QTest::qWaitFor([&] { return added.size() > 1; }, 1500));
    }
};

QTEST_GUILESS_MAIN(TestNetworkWatch)
#include "tst_networkwatch.moc"
