// SPDX-License-Identifier: Apache-2.0
#include "commandfacts.h"

#include "shellwords.h"
#include "visibletext.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <utility>

namespace {

constexpr qsizetype ExcerptLength = 60; // characters

// What is known of a program by its name.
enum Trait {
    Shell = 1, // or another interpreter: runs what it is fed
    Network = 2,
    Deletes = 4,
    Writes = 8, // to the files that are named behind it
    OtherUser = 16,
    RunsRest = 32, // the words behind it are a command
    Control = 64, // of services or the computer
    Ends = 128, // processes
    Background = 256,
};

int traits(const QByteArray &program)
{
    static const QHash<QByteArray, int> known = [] {
        QHash<QByteArray, int> table;
        const auto add = [&table](int trait, std::initializer_list<const char *> names) {
            for (const char *name : names)
                table[name] |= trait;
        };
        add(Shell,
            {"sh", "bash", "dash", "zsh", "ksh", "ash", "fish", "perl", "ruby", "node", "php"});
        add(Network, {"curl",   "wget",  "ssh",     "scp", "sftp", "rsync",  "nc",     "ncat",
                      "netcat", "socat", "telnet",  "ftp", "lftp", "aria2c", "pip",    "pip3",
                      "npm",    "apt",   "apt-get", "dnf", "yum",  "snap",   "flatpak"});
        add(Deletes, {"rm", "rmdir", "unlink", "shred", "truncate", "wipefs"});
        add(Writes,
            {"tee", "cp", "mv", "ln", "install", "chmod", "chown", "rm", "rmdir", "mkdir", "touch",
             "truncate", "shred"});
        add(OtherUser, {"sudo", "doas", "pkexec", "runuser", "su"});
        add(RunsRest, {"sudo", "doas", "pkexec"});
        add(Control, {"reboot", "shutdown", "poweroff", "halt", "systemctl", "service"});
        add(Ends, {"kill", "pkill", "killall"});
        add(Background, {"systemd-run", "crontab", "at", "batch"});
        return table;
    }();
    if (program.startsWith("python"))
        return Shell;
    return program.startsWith("mkfs") ? int(Deletes) : known.value(program);
}

bool hasWord(const ShellWords::Simple &simple, std::initializer_list<const char *> words)
{
    return std::any_of(words.begin(), words.end(),
                       [&simple](const char *word) { return simple.words.contains(word); });
}

// The directory of the system that it writes below; empty: none.
QByteArray systemTarget(const ShellWords::Simple &simple, const QByteArray &program, int traits)
{
    QByteArrayList paths = simple.targets;
    if ((traits & Writes) != 0 || (program == "sed" && hasWord(simple, {"-i"})))
        paths += simple.words.mid(1);
    for (const QByteArray &word : simple.words) {
        if (program == "dd" && word.startsWith("of="))
            paths.append(word.mid(3));
    }
    static const QByteArrayList directories{"/etc",  "/usr", "/boot", "/bin", "/sbin", "/lib",
                                            "/root", "/var", "/dev",  "/sys", "/proc"};
    static const QByteArrayList harmless{"/dev/null", "/dev/stdout", "/dev/stderr", "/dev/tty"};
    for (const QByteArray &path : std::as_const(paths)) {
        for (const QByteArray &directory : directories) {
            if ((path == directory || path.startsWith(directory + '/')) && !harmless.contains(path))
                return directory;
        }
    }
    return {};
}

// The words of the command that a program such as sudo runs.
QByteArrayList behind(const ShellWords::Simple &simple, const QByteArray &program)
{
    qsizetype at = 0;
    while (at < simple.words.size() && !simple.words.at(at).endsWith(program))
        ++at;
    for (++at; at < simple.words.size() && simple.words.at(at).startsWith('-'); ++at) {
        static const QByteArrayList takeValue{"-u", "-g", "-h", "-p", "-C", "-T", "--user"};
        at += takeValue.contains(simple.words.at(at)) ? 1 : 0;
    }
    return simple.words.mid(at);
}

// Collects each fact once.
class Facts final
{
    Q_DECLARE_TR_FUNCTIONS(CommandFact)

public:
    explicit Facts(const QByteArray &command) : m_command(command) { }

    void read(ShellWords::Simple simple)
    {
        QByteArray program = simple.program();
        int known = traits(program);
        add((known & OtherUser) != 0, QT_TR_NOOP("becomes another user"), simple);
        if ((known & RunsRest) != 0) {
            simple.words = behind(simple, program);
            program = simple.program();
            known = traits(program);
        }
        const bool network = (known & Network) != 0
            || (program == "git" && hasWord(simple, {"clone", "fetch", "pull", "push"}));
        const bool isShell = (known & Shell) != 0;
        m_fromNetwork = network || (simple.isFed && m_fromNetwork);
        add(isShell && simple.isFed && m_fromNetwork, QT_TR_NOOP("feeds a shell from the network"),
            simple);
        add(isShell && simple.isFed && !m_fromNetwork, QT_TR_NOOP("feeds a shell"), simple);
        add(program == "eval" || (isShell && !simple.isFed), QT_TR_NOOP("runs another shell"),
            simple);
        add(network, QT_TR_NOOP("uses the network"), simple);
        add((known & Deletes) != 0 || (program == "find" && hasWord(simple, {"-delete"})),
            QT_TR_NOOP("deletes"), simple);
        const QByteArray target = systemTarget(simple, program, known);
        add(!target.isEmpty(), QT_TR_NOOP("writes below %1"), simple, QString::fromLatin1(target));
        add((known & Control) != 0, QT_TR_NOOP("controls services or the computer"), simple);
        add((known & Ends) != 0, QT_TR_NOOP("ends processes"), simple);
        add((known & Background) != 0 || simple.isBackground,
            QT_TR_NOOP("goes on in the background"), simple);
    }

    QList<CommandFact> list;

private:
    void add(bool holds, const char *text, const ShellWords::Simple &simple,
             const QString &argument = {})
    {
        if (!holds || m_known.contains({text, argument}))
            return;
        m_known.insert({text, argument});
        const QByteArray bytes = m_command.mid(simple.begin, simple.end - simple.begin).trimmed();
        const QString words = tr(text);
        list.append({argument.isEmpty() ? words : words.arg(argument),
                     VisibleText::encodeShort(bytes, ExcerptLength)});
    }

    const QByteArray &m_command;
    QSet<std::pair<QByteArray, QString>> m_known;
    bool m_fromNetwork = false; // of the pipe so far
};

} // namespace

QList<CommandFact> CommandFact::of(const QByteArray &command)
{
    Facts facts(command);
    const QList<ShellWords::Simple> commands = ShellWords::split(command);
    for (const ShellWords::Simple &simple : commands)
        facts.read(simple);
    return facts.list;
}
