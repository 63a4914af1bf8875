// SPDX-License-Identifier: Apache-2.0
// cometa-keychain look|read|read-unlocked|write|remove
// Asks the keychain of the desktop for one of our other programs, and ends with KeychainExit. The
// key, and the secret to write, are lines of standard input; its end ends this program, so that no
// question to the owner outlives whoever asked. What was read goes to standard output.
#include "hardening.h"
#include "keychainjob.h"

#include <QCoreApplication>
#include <QDir>
#include <QHash>
#include <QSocketNotifier>
#include <QTimer>

#include <array>
#include <csignal>
#include <cstdio>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr size_t MaximumLine = 4096; // bytes
using Operation = KeychainJob::Operation;

const QHash<QString, Operation> operations{{u"look"_s, Operation::Look},
                                           {u"read"_s, Operation::Read},
                                           {u"read-unlocked"_s, Operation::ReadUnlocked},
                                           {u"write"_s, Operation::Write},
                                           {u"remove"_s, Operation::Remove}};

// A line of standard input without its end; byte by byte, so that nothing behind it is taken.
QByteArray readLine()
{
    QByteArray line;
    char letter = 0;
    while (line.size() <= qsizetype(MaximumLine) && ::read(STDIN_FILENO, &letter, 1) == 1) {
        if (letter == '\n')
            return line;
        line += letter;
    }
    std::exit(int(KeychainExit::Usage)); // whoever asked has gone
}

void leave(KeychainExit exit, const QByteArray &output)
{
    FILE *file = exit == KeychainExit::Done ? stdout : stderr;
    std::fwrite(output.constData(), 1, size_t(output.size()), file);
    QCoreApplication::exit(std::fflush(file) == 0 ? int(exit) : int(KeychainExit::Failed));
}

void leaveAtEnd()
{
    std::array<char, 64> bytes{};
    if (::read(STDIN_FILENO, bytes.data(), bytes.size()) <= 0)
        QCoreApplication::exit(int(KeychainExit::Usage));
}

} // namespace

int main(int argc, char *argv[])
{
    keepMemoryPrivate();
    umask(077);
    std::signal(SIGPIPE, SIG_IGN);
    qunsetenv("QT_NO_GLIB"); // the library is answered in GLib's event loop
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &) {});
    QDir::setCurrent(QDir::rootPath()); // no library is picked up from where we were started
    const QCoreApplication app(argc, argv);
    const QString name = app.arguments().value(1);
    if (!operations.contains(name)) {
        std::fputs("cometa-keychain is started by Cometa Agent and cometactl.\n", stderr);
        return int(KeychainExit::Usage);
    }
    const Operation operation = operations.value(name);
    const QByteArray key = operation == Operation::Look ? QByteArray() : readLine();
    const QByteArray secret = operation == Operation::Write ? readLine() : QByteArray();
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &app, leaveAtEnd);
    KeychainJob job;
    QObject::connect(&job, &KeychainJob::ended, &app, leave);
    QTimer::singleShot(0, &job, [&] { job.start(operation, QString::fromUtf8(key), secret); });
    return QCoreApplication::exec();
}
