// SPDX-License-Identifier: Apache-2.0
// cometa-agent: the tray application.
#include "agent.h"
#include "desktop.h"
#include "errorline.h"
#include "hardening.h"
#include "homedirectory.h"
#include "options.h"
#include "questions.h"
#include "sessionend.h"
#include "singleinstance.h"
#include "stateicon.h"
#include "supervisor.h"
#include "translation.h"
#include "unixsignals.h"

#include <QApplication>
#include <QDir>
#include <QLoggingCategory>

#include <csignal>
#include <cstdlib>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>
#include <variant>

using namespace Qt::StringLiterals;

namespace {

using Parsed = std::variant<Options, Options::Exit>;

// --help has to work where there is no display, so the options are read before QApplication is
// made.
Parsed parse(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return Options::parse(Options::Program::Agent, arguments);
}

// The exit status, when standard error has the reason already.
std::optional<int> leavesWith;

// Without a display Qt would tell much and abort.
void leaveWithoutDisplay(QtMsgType type, const QMessageLogContext &, const QString &)
{
    if (type != QtFatalMsg)
        return;
    if (leavesWith)
        std::_Exit(*leavesWith);
    std::_Exit(ErrorLine::leave(
        1, u"There is no display: start it in a graphical session, or use cometa-agentd."_s));
}

// Whoever started it in a terminal has read the reason there; from a menu, or at the log-in, it is
// to be seen nowhere but in a window.
bool isReadInATerminal()
{
    return isatty(STDERR_FILENO) == 1;
}

int leaveWithWindow(int code, const QString &reason)
{
    Questions::cannotStart(reason);
    QGuiApplication::setQuitOnLastWindowClosed(true);
    QApplication::exec();
    return code;
}

// Anything but 0 with errorString, which says why it could not start.
int run(const QApplication &app, const Options &options, QString *errorString)
{
    SingleInstance instance;
    switch (instance.claim(options.settings.dataDirectory, options.given, errorString)) {
    case SingleInstance::Claim::Raised:
        return 0;
    case SingleInstance::Claim::Failed:
        return 1;
    case SingleInstance::Claim::First:
        break;
    }
    Agent agent(options.settings, Agent::Owner::Window);
    if (!agent.open(errorString))
        return 1;
    QDir::setCurrent(QDir::rootPath()); // nothing is picked up from where we happened to be started

    Desktop desktop(&agent);
    const UnixSignals signals_;
    const SessionEnd sessionEnd;
    QObject::connect(&signals_, &UnixSignals::endRequested, &agent, &Agent::shutDown);
    QObject::connect(&desktop, &Desktop::quitRequested, &agent, &Agent::shutDown);
    QObject::connect(&sessionEnd, &SessionEnd::endRequested, &agent, &Agent::shutDown);
    QObject::connect(&agent, &Agent::shutDownDone, &app, [] { QCoreApplication::exit(); });
    QObject::connect(&instance, &SingleInstance::raiseRequested, &desktop, &Desktop::offer);
    agent.start();
    desktop.start(options.minimised);
    const int code = QApplication::exec();
    Supervisor::waitForAll();
    return code;
}

// parsed: the options, or why there are none.
int start(int argc, char *argv[], const Parsed &parsed)
{
    const auto *trouble = std::get_if<Options::Exit>(&parsed);
    const Options options = trouble ? Options() : std::get<Options>(parsed);
    if (!options.verbose)
        QLoggingCategory::setFilterRules(u"cometa.*.debug=false\ncometa.*.info=false"_s);

    const QtMessageHandler usual = qInstallMessageHandler(leaveWithoutDisplay);
    const QApplication app(argc, argv);
    qInstallMessageHandler(usual);
    const Translation translation(options.settings.language);
    QGuiApplication::setApplicationDisplayName(u"Cometa Agent"_s);
    QGuiApplication::setDesktopFileName(u"cometa-agent"_s);
    QGuiApplication::setQuitOnLastWindowClosed(false);
    QApplication::setWindowIcon(applicationIcon());
    if (trouble) {
        const Parsed again = parse(argc, argv); // now in the owner's language
        const auto *told = std::get_if<Options::Exit>(&again);
        return leaveWithWindow(trouble->code, told ? told->text : trouble->text);
    }
    QString error;
    const int code = run(app, options, &error);
    if (code == 0)
        return code;
    ErrorLine::write(error.toUtf8());
    return isReadInATerminal() ? code : leaveWithWindow(code, error);
}

} // namespace

int main(int argc, char *argv[])
{
    keepMemoryPrivate();
    completeHome();
    umask(077);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN); // a limit of file sizes is an error to write, not our end
    QCoreApplication::setApplicationName(u"cometa-agent"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(COMETA_VERSION));
    const Parsed parsed = parse(argc, argv);
    if (const auto *exit = std::get_if<Options::Exit>(&parsed)) {
        leavesWith = ErrorLine::leave(exit->code, exit->text);
        if (exit->code == 0 || isReadInATerminal())
            return exit->code;
    }
    return start(argc, argv, parsed);
}
