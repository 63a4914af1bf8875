// SPDX-License-Identifier: Apache-2.0
#include "shell.h"

#include "childprocesses.h"
#include "supervisor.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstddef>

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

using namespace Qt::StringLiterals;

namespace {

// Holds the shell-to-be where it asks to die with its supervisor and where it begins a session, for
// this process and all that it starts.
class Brake final
{
public:
    bool pull()
    {
        sock_filter rules[] = {
            BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_setsid, 5, 0),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_prctl, 0, 5),
            BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[0])),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PR_SET_PDEATHSIG, 0, 3),
            BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[1])),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SIGKILL, 0, 1),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        };
        const sock_fprog program = {std::size(rules), rules};
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
            return false;
        m_listener = static_cast<int>(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                                              SECCOMP_FILTER_FLAG_NEW_LISTENER, &program));
        return m_listener >= 0;
    }

    // The next one that is held at this call; other calls go on.
    pid_t heldAt(int call)
    {
        pollfd waiting = {m_listener, POLLIN, 0};
        while (poll(&waiting, 1, 10'000) == 1) {
            seccomp_notif held = {};
            if (ioctl(m_listener, SECCOMP_IOCTL_NOTIF_RECV, &held) != 0)
                continue; // it has died
            m_id = held.id;
            if (held.data.nr == call)
                return static_cast<pid_t>(held.pid);
            release();
        }
        qFatal("nobody came to the call");
    }

    void release() const
    {
        seccomp_notif_resp answer = {m_id, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE};
        (void)ioctl(m_listener, SECCOMP_IOCTL_NOTIF_SEND, &answer); // it may have died
    }

private:
    int m_listener = -1;
    __u64 m_id = 0;
};

} // namespace

class TestShell final : public QObject
{
    Q_OBJECT

    Brake m_brake;
    QTemporaryDir m_directory;

    [[nodiscard]] QByteArray trace() const
    {
        return QFile::encodeName(m_directory.filePath(u"ran"_s));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QCOMPARE(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
        if (!m_brake.pull())
            QSKIP("this system does not let a process hold another one's calls");
    }
    void cleanup()
    {
        QVERIFY(!QFile::exists(QFile::decodeName(trace())));
        QTRY_COMPARE(ChildProcesses::ofThisProcess(), QList<pid_t>());
    }

    void EX_04_diesWithItsCallerBeforeItIsOne_data()
    {
        QTest::addColumn<int>("call");
        QTest::newRow("before it asks for that") << SYS_prctl;
        QTest::newRow("before it has a session") << SYS_setsid;
    }
    void EX_04_diesWithItsCallerBeforeItIsOne()
    {
        QFETCH(int, call);
        QByteArray command = "echo ran > " + trace();
        const pid_t caller = fork();
        if (caller == 0) {
            (void)start_shell(command.data(), 0);
            _exit(0);
        }
        const pid_t shell = m_brake.heldAt(call);
        kill(caller, SIGKILL);
        QCOMPARE(waitpid(caller, nullptr, 0), caller);
        QTRY_COMPARE(ChildProcesses::parent(shell), getpid());
        m_brake.release();
        QTRY_VERIFY(!ChildProcesses::lives(shell));
        QCOMPARE(waitpid(shell, nullptr, 0), shell);
    }

    // The agent waits for it, too, though it is still in the session of what the agent itself
    // starts.
    void EX_04_leavesNothingToTheAgent_data() { EX_04_diesWithItsCallerBeforeItIsOne_data(); }
    void EX_04_leavesNothingToTheAgent()
    {
        QFETCH(int, call);
        Supervisor supervisor;
        QSignalSpy ended(&supervisor, &Supervisor::ended);
        supervisor.start();
        supervisor.run("name", 0, "/", "echo ran > " + trace());
        const pid_t shell = m_brake.heldAt(call);
        kill(ChildProcesses::parent(shell), SIGKILL);
        QTRY_COMPARE(ended.size(), 1);
        m_brake.release();
        QTRY_COMPARE(ChildProcesses::state(shell), 'X');
        QVERIFY(!supervisor.report().hasStarted && !supervisor.report().isComplete);
        QCOMPARE(supervisor.report().survivors + supervisor.report().foreign, 0);
    }
};

QTEST_GUILESS_MAIN(TestShell)
#include "tst_shell.moc"
