// SPDX-License-Identifier: Apache-2.0
#include "commandfacts.h"

#include "shellwords.h"
#include "visibletext.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

constexpr qsizetype ExcerptLength = 60; // characters

QString tr(const char *text)
{
    return QCoreApplication::translate("CommandFact", text);
}

bool isOne(const QByteArray &name, const QByteArrayList &names)
{
    return names.contains(name);
}

bool isShell(const QByteArray &program)
{
    return program.startsWith("python")
        || isOne(
               program,
               {"sh", "bash", "dash", "zsh", "ksh", "ash", "fish", "perl", "ruby", "node", "php"});
}

bool isNetwork(const ShellWords::Simple &simple, const QByteArray &program)
{
    if (isOne(program, {"curl",   "wget",  "ssh",     "scp", "sftp", "rsync",  "nc",     "ncat",
                        "netcat", "socat", "telnet",  "ftp", "lftp", "aria2c", "pip",    "pip3",
                        "npm",    "apt",   "apt-get", "dnf", "yum",  "snap",   "flatpak"}))
        return true;
    return program == "git"
        && std::any_of(simple.words.cbegin(), simple.words.cend(), [](const QByteArray &word) {
               return isOne(word, {"clone", "fetch", "pull", "push"});
           });
}

bool deletes(const ShellWords::Simple &simple, const QByteArray &program)
{
    return program.startsWith("mkfs")
        || isOne(program, {"rm", "rmdir", "unlink", "shred", "truncate", "wipefs"})
        || (program == "find" && simple.words.contains("-delete"));
}

// The directory of the system that it writes below; empty: none.
QByteArray systemTarget(const ShellWords::Simple &simple, const QByteArray &program)
{
    QByteArrayList paths = simple.targets;
    if (isOne(program,
              {"tee", "cp", "mv", "ln", "install", "chmod", "chown", "rm", "rmdir", "mkdir",
               "touch", "truncate", "shred"})
        || (program == "sed" && simple.words.contains("-i")))
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

// The words of the command that another program such as sudo runs.
QByteArrayList behind(const ShellWords::Simple &simple)
{
    QByteArrayList words = simple.words;
    const QByteArray program = simple.program();
    bool found = false;
    while (!words.isEmpty() && !found)
        found = words.takeFirst().endsWith(program);
    while (!words.isEmpty() && words.first().startsWith('-')) {
        const bool takesValue =
            isOne(words.takeFirst(), {"-u", "-g", "-h", "-p", "-C", "-T", "--user"});
        if (takesValue && !words.isEmpty())
            words.removeFirst();
    }
    return words;
}

// Collects each fact once.
class Facts final
{
public:
    explicit Facts(const QByteArray &command) : m_command(command) { }

    void add(bool holds, const QString &text, const ShellWords::Simple &simple)
    {
        const bool isKnown =
            std::any_of(list.cbegin(), list.cend(),
                        [&text](const CommandFact &fact) { return fact.text == text; });
        if (!holds || isKnown)
            return;
        const QByteArray bytes = m_command.mid(simple.begin, simple.end - simple.begin).trimmed();
        list.append({text, VisibleText::encodeShort(bytes, ExcerptLength)});
    }

    QList<CommandFact> list;

private:
    const QByteArray &m_command;
};

} // namespace

QList<CommandFact> CommandFact::of(const QByteArray &command)
{
    Facts facts(command);
    bool fromNetwork = false; // of the pipe so far
    const QList<ShellWords::Simple> commands = ShellWords::split(command);
    for (ShellWords::Simple simple : commands) {
        facts.add(isOne(simple.program(), {"sudo", "doas", "pkexec", "runuser", "su"}),
                  tr("becomes another user"), simple);
        while (isOne(simple.program(), {"sudo", "doas", "pkexec"}))
            simple.words = behind(simple);
        const QByteArray program = simple.program();
        const bool network = isNetwork(simple, program);
        const bool isFedShell = simple.isFed && isShell(program);
        fromNetwork = network || (simple.isFed && fromNetwork);
        facts.add(isFedShell && fromNetwork, tr("feeds a shell from the network"), simple);
        facts.add(isFedShell && !fromNetwork, tr("feeds a shell"), simple);
        facts.add(program == "eval" || (isShell(program) && !simple.isFed),
                  tr("runs another shell"), simple);
        facts.add(network, tr("uses the network"), simple);
        facts.add(deletes(simple, program), tr("deletes"), simple);
        const QByteArray target = systemTarget(simple, program);
        facts.add(!target.isEmpty(), tr("writes below %1").arg(QString::fromLatin1(target)),
                  simple);
        facts.add(
            isOne(program, {"reboot", "shutdown", "poweroff", "halt", "systemctl", "service"}),
            tr("controls services or the computer"), simple);
        facts.add(isOne(program, {"kill", "pkill", "killall"}), tr("ends processes"), simple);
        facts.add(simple.isBackground || isOne(program, {"systemd-run", "crontab", "at", "batch"}),
                  tr("goes on in the background"), simple);
    }
    return facts.list;
}
