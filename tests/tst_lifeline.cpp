// SPDX-License-Identifier: Apache-2.0
#include "lifeline.h"

#include "childprocesses.h"

#include <QTest>

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace {

QByteArray readAll(int fd)
{
    QByteArray all;
    char piece[4096];
    for (ssize_t length = 0; (length = ::read(fd, piece, sizeof piece)) > 0;)
        all.append(piece, length);
    return all;
}

bool closesOnExec(int fd)
{
    return (::fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0;
}

} // namespace

class TestLifeline final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void carriesTheLargestJobBeforeAnyoneReads()
    {
        Lifeline lifeline;
        QVERIFY(lifeline.open());
        const QByteArray job(100 * 1024, 'j');
        QVERIFY(lifeline.send(job));
        QVERIFY(lifeline.send("T"));
        const int child = ::dup(lifeline.childEnd());
        lifeline.close();
        QCOMPARE(readAll(child), job + 'T');
        ::close(child);
    }

    void tellsItsEnd()
    {
        Lifeline lifeline;
        QVERIFY(lifeline.open());
        const int child = ::dup(lifeline.childEnd());
        lifeline.closeChildEnd();
        QCOMPARE(lifeline.childEnd(), -1);
        lifeline.close();
        QCOMPARE(readAll(child), QByteArray());
        ::close(child);
    }

    // No signal and no wait: nobody may be there any more, or somebody who does not read.
    void tellsWhenItCannotSend()
    {
        Lifeline lifeline;
        QVERIFY(!lifeline.send("T"));
        QVERIFY(lifeline.open());
        QVERIFY(!lifeline.send(QByteArray(16 * 1024 * 1024, 'j')));
        QCOMPARE(errno, ENOBUFS);
        QVERIFY(!lifeline.send("T"));
        QCOMPARE(errno, EAGAIN);
        lifeline.closeChildEnd();
        QVERIFY(!lifeline.send("T"));
        QCOMPARE(errno, EPIPE);
    }

    void givesOnlyTheChildsEndToTheChild()
    {
        Lifeline lifeline;
        const qsizetype before = ChildProcesses::descriptorCount();
        QVERIFY(lifeline.open());
        QVERIFY(closesOnExec(lifeline.childEnd()));
        lifeline.inheritChildEnd();
        QVERIFY(!closesOnExec(lifeline.childEnd()));
        lifeline.close();
        QCOMPARE(ChildProcesses::descriptorCount(), before);
    }
};

QTEST_GUILESS_MAIN(TestLifeline)
#include "tst_lifeline.moc"
