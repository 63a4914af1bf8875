// SPDX-License-Identifier: Apache-2.0
// cometa-agent: the tray application.
#include "agent.h"
#include "desktop.h"
#include "errorline.h"
#include "hardening.h"
#include "homedirectory.h"
#include "options.h"
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
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace {

// --help has to work where there is no display, so the options are read before QApplication is
// made.
std::variant<Options, Options::Exit> parse(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return Options::parse(Options::Program::Agent, arguments);
}

// Without a display Qt would tell much and abort.
void leaveWithoutDisplay(QtMsgType type, const QMessageLogContext &, const QString &)
{
    if (type == QtFatalMsg)
        std::_Exit(ErrorLine::leave(
            1, u"There is no display: start it in a graphical session, or use cometa-agentd."_s));
}

int run(const QApplication &app, const Options &options)
{
    SingleInstance instance;
    QString error;
    switch (instance.claim(options.settings.dataDirectory, options.given, &error)) {
    case SingleInstance::Claim::Raised:
        return 0;
    case SingleInstance::Claim::Failed:
        return ErrorLine::leave(1, error);
    case SingleInstance::Claim::First:
        break;
    }
    Agent agent(options.settings, Agent::Owner::Window);
    if (!agent.open(&error))
        return ErrorLine::leave(1, error);
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
    const std::variant<Options, Options::Exit> parsed = parse(argc, argv);
    if (const auto *exit = std::get_if<Options::Exit>(&parsed))
        return ErrorLine::leave(exit->code, exit->text);
    const auto &options = std::get<Options>(parsed);
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
    return run(app, options);
}
