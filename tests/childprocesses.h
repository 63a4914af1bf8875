// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QList>

#include <sys/resource.h>
#include <unistd.h>

// What /proc tells of the processes that a test has started.
namespace ChildProcesses {

// The fields behind the name: state first, then the parent. Empty: there is no such process.
inline QList<QByteArray> fields(pid_t pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray line = file.readAll();
    return line.mid(line.lastIndexOf(')') + 2).split(' ');
}

inline char state(pid_t pid) // X: there is none
{
    const QList<QByteArray> all = fields(pid);
    return all.isEmpty() || all.first().isEmpty() ? 'X' : all.first().front();
}

inline bool lives(pid_t pid)
{
    return state(pid) != 'X' && state(pid) != 'Z';
}

inline pid_t parent(pid_t pid)
{
    return fields(pid).value(1).toInt();
}

// Children of this process, dead ones that nobody has waited for among them.
inline QList<pid_t> ofThisProcess()
{
    QList<pid_t> found;
    for (const QString &name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        const pid_t pid = name.toInt();
        if (pid > 0 && parent(pid) == getpid())
            found.append(pid);
    }
    return found;
}

inline int descriptorCount()
{
    return static_cast<int>(QDir(QStringLiteral("/proc/self/fd"))
                                .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)
                                .size());
}

} // namespace ChildProcesses

// Leaves room for so many more descriptors while it lives.
class DescriptorLimit final
{
    Q_DISABLE_COPY_MOVE(DescriptorLimit)

public:
    explicit DescriptorLimit(int room)
    {
        getrlimit(RLIMIT_NOFILE, &m_before);
        QList<int> taken;
        for (int i = 0; i <= room; ++i)
            taken.append(dup(STDERR_FILENO)); // the lowest that are free
        rlimit lower = m_before;
        lower.rlim_cur = static_cast<rlim_t>(taken.last());
        for (const int fd : taken)
            close(fd);
        setrlimit(RLIMIT_NOFILE, &lower);
    }
    ~DescriptorLimit() { setrlimit(RLIMIT_NOFILE, &m_before); }

private:
    rlimit m_before = {};
};
