// SPDX-License-Identifier: Apache-2.0
#include "processtree.h"

#include "childprocesses.h"
#include "deadline.h"

#include <QTest>

#include <csignal>
#include <cstddef>

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

using namespace std::chrono_literals;

namespace {

enum class Session { Own, Ours };

// A child that waits to be killed; with a child of its own when it is asked for.
pid_t newChild(Session session, bool withChild = false, const char *name = "waits")
{
    int ready[2];
    if (pipe(ready) != 0)
        qFatal("no pipe");
    const pid_t pid = fork();
    if (pid == 0) {
        (void)signal(SIGTERM, SIG_DFL); // Qt Test's handler looks at the stack for seconds first
        if (session == Session::Own)
            setsid();
        prctl(PR_SET_NAME, name);
        if (withChild && fork() == 0)
            setsid();
        (void)!write(ready[1], "x", 1);
        while (true)
            pause();
    }
    char byte = 0;
    for (int i = 0; i < (withChild ? 2 : 1); ++i) {
        if (read(ready[0], &byte, 1) != 1)
            qFatal("the child did not begin");
    }
    close(ready[0]);
    close(ready[1]);
    return pid;
}

process_tree whole()
{
    return {getpid(), 0, 0};
}

int count(const process_tree &tree)
{
    int foreign = 0;
    return process_tree_signal(&tree, 0, &foreign);
}

unsigned long long startOf(pid_t pid)
{
    return ChildProcesses::fields(pid).value(19).toULongLong();
}

// From here on nobody may be signalled.
bool forbidSignals()
{
    sock_filter rules[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_pidfd_send_signal, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_kill, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog program = {std::size(rules), rules};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

} // namespace

class TestProcessTree final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QCOMPARE(prctl(PR_SET_CHILD_SUBREAPER, 1), 0); }

    void cleanup()
    {
        int foreign = 0;
        const process_tree tree = whole();
        QTRY_VERIFY(process_tree_signal(&tree, SIGKILL, &foreign) == 0);
        const QList<pid_t> left = ChildProcesses::ofThisProcess(); // those of our session, too
        for (const pid_t pid : left)
            kill(pid, SIGKILL);
        QTRY_VERIFY(waitpid(-1, nullptr, WNOHANG) < 0);
    }

    void findsNobody()
    {
        int foreign = 7;
        const process_tree tree = whole();
        QCOMPARE(process_tree_signal(&tree, 0, &foreign), 0);
        QCOMPARE(foreign, 0);
    }

    void countsChildrenAndTheirChildren()
    {
        newChild(Session::Own);
        QCOMPARE(count(whole()), 1);
        newChild(Session::Own, true);
        QCOMPARE(count(whole()), 3);
    }

    void EX_02_findsWhoseParentIsGone()
    {
        const pid_t pid = newChild(Session::Own, true);
        kill(pid, SIGKILL);
        QCOMPARE(waitpid(pid, nullptr, 0), pid);
        QTRY_COMPARE(ChildProcesses::ofThisProcess().size(), 1);
        QCOMPARE(count(whole()), 1);
    }

    void leavesOutWhatIsOfTheSameSession()
    {
        const pid_t pid = newChild(Session::Ours, true);
        QCOMPARE(count(whole()), 0);
        int foreign = 0;
        const process_tree tree = whole();
        QCOMPARE(process_tree_signal(&tree, SIGKILL, &foreign), 0);
        QVERIFY(ChildProcesses::lives(pid));
        kill(pid, SIGKILL);
        QCOMPARE(waitpid(pid, nullptr, 0), pid);
        // Its child was in a session of its own and is ours now.
        QTRY_COMPARE(count(whole()), 1);
    }

    void leavesOutWhatBeganEarlier()
    {
        const pid_t pid = newChild(Session::Own);
        const unsigned long long start = startOf(pid);
        QVERIFY(start > 0);
        QCOMPARE(count({getpid(), start, 0}), 1);
        QCOMPARE(count({getpid(), start + 1, 0}), 0);
    }

    void leavesOutTheDead()
    {
        const pid_t pid = newChild(Session::Own);
        kill(pid, SIGKILL);
        QTRY_COMPARE(ChildProcesses::state(pid), 'Z');
        QCOMPARE(count(whole()), 0);
        const process_tree tree = whole();
        process_tree_reap(&tree);
        QCOMPARE(ChildProcesses::state(pid), 'X');
    }

    void readsAnyName_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("blank") << QByteArray("a b");
        QTest::newRow("parentheses") << QByteArray(") Z 1 1 (");
        QTest::newRow("closed") << QByteArray("))) 1");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("line") << QByteArray("a\nb) Z 1");
    }
    void readsAnyName()
    {
        QFETCH(QByteArray, name);
        newChild(Session::Own, true, name.constData());
        QCOMPARE(count(whole()), 2);
    }

    void signalsAllButTheRoot()
    {
        const pid_t pid = newChild(Session::Own, true);
        int foreign = 0;
        const process_tree tree = whole();
        QCOMPARE(process_tree_signal(&tree, SIGTERM, &foreign), 2);
        QCOMPARE(foreign, 0);
        QTRY_VERIFY(!ChildProcesses::lives(pid));
        QTRY_COMPARE(count(whole()), 0);
    }

    void EX_02_terminatesTheStopped()
    {
        const pid_t pid = newChild(Session::Own);
        kill(pid, SIGSTOP);
        QTRY_COMPARE(ChildProcesses::state(pid), 'T');
        int foreign = 0;
        const process_tree tree = whole();
        QCOMPARE(process_tree_signal(&tree, SIGTERM, &foreign), 1);
        QTRY_COMPARE(ChildProcesses::state(pid), 'Z');
        int status = 0;
        QCOMPARE(waitpid(pid, &status, 0), pid);
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
    }

    void EX_02_killsTheChildrenAlone()
    {
        const pid_t other = newChild(Session::Ours);
        const pid_t own = newChild(Session::Own, true);
        const process_tree tree = whole();
        QVERIFY(process_tree_kill_children(&tree) >= 1); // the second when the first has ended
        QTRY_COMPARE(ChildProcesses::state(own), 'Z');
        QTRY_COMPARE(process_tree_kill_children(&tree), 2); // its child has become ours
        QTRY_COMPARE(count(whole()), 0);
        QCOMPARE(process_tree_reap(&tree), 2);
        QCOMPARE(process_tree_kill_children(&tree), 0);
        QVERIFY(ChildProcesses::lives(other));
        const process_tree late = {getpid(), startOf(newChild(Session::Own)) + 1, 0};
        QCOMPARE(process_tree_kill_children(&late), 0);
        QCOMPARE(count(whole()), 1);
        kill(other, SIGKILL);
        QCOMPARE(waitpid(other, nullptr, 0), other);
    }

    void takesWhatIsOfTheGroupThatIsNamed()
    {
        const pid_t leader = newChild(Session::Ours);
        const pid_t member = newChild(Session::Ours);
        QCOMPARE(setpgid(leader, leader), 0);
        QCOMPARE(setpgid(member, leader), 0);
        const process_tree tree = {getpid(), 0, leader};
        QCOMPARE(count(tree), 1);
        QCOMPARE(process_tree_kill_children(&tree), 1);
        QTRY_COMPARE(ChildProcesses::state(member), 'Z');
        QCOMPARE(process_tree_reap(&tree), 1);
        QVERIFY(ChildProcesses::lives(leader));
        kill(leader, SIGKILL);
        QCOMPARE(waitpid(leader, nullptr, 0), leader);
    }

    void reapsNoOthers()
    {
        const pid_t other = newChild(Session::Ours);
        const pid_t own = newChild(Session::Own);
        for (const pid_t pid : {other, own}) {
            kill(pid, SIGKILL);
            QTRY_COMPARE(ChildProcesses::state(pid), 'Z');
        }
        const process_tree tree = whole();
        process_tree_reap(&tree);
        QCOMPARE(ChildProcesses::state(own), 'X');
        QCOMPARE(ChildProcesses::state(other), 'Z');
        QCOMPARE(waitpid(other, nullptr, 0), other);
    }

    void tellsWhomItMayNotSignal()
    {
        const pid_t pid = fork();
        if (pid == 0) {
            newChild(Session::Own, true);
            int foreign = 0;
            const process_tree tree = whole();
            const bool refused = forbidSignals();
            const int own = process_tree_signal(&tree, SIGKILL, &foreign);
            _exit(refused ? 10 * own + foreign : 99);
        }
        int status = 0;
        QCOMPARE(waitpid(pid, &status, 0), pid);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 2);
        QTRY_COMPARE(count(whole()), 2); // which have fallen to us
    }

    void failsWithoutDescriptors()
    {
        newChild(Session::Own);
        int foreign = 0;
        int own = 0;
        {
            const DescriptorLimit limit(0);
            const process_tree tree = whole();
            own = process_tree_signal(&tree, 0, &foreign);
        }
        QCOMPARE(own, -1);
        QCOMPARE(count(whole()), 1);
    }
};

QTEST_GUILESS_MAIN(TestProcessTree)
#include "tst_processtree.moc"
