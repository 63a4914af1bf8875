// SPDX-License-Identifier: Apache-2.0
// cometa-agentd: the agent without a display.
#include "agent.h"
#include "errorline.h"
#include "hardening.h"
#include "homedirectory.h"
#include "options.h"
#include "report.h"
#include "supervisor.h"
#include "tlssetup.h"
#include "unixsignals.h"

#include <QCoreApplication>
#include <QDir>
#include <QLoggingCategory>

#include <csignal>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace {

// Of the two files together; each alone has been looked at when it was set.
QString certificateProblem(const Settings &settings)
{
    QString error;
    if (!settings.certFile.isEmpty())
        (void)TlsSetup::configuration({true, {}, {}, settings.certFile, settings.keyFile}, &error);
    return error.isEmpty() ? error : "--key-file: "_L1 + error;
}

} // namespace

int main(int argc, char *argv[])
{
    keepMemoryPrivate();
    completeHome();
    umask(077);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN); // a limit of file sizes is an error to write, not our end
    qputenv("QT_NO_GLIB", "1"); // Qt's own event loop is quicker, and nothing here needs GLib's
    const QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"cometa-agentd"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(COMETA_VERSION));

    const std::variant<Options, Options::Exit> parsed =
        Options::parse(Options::Program::Agentd, QCoreApplication::arguments());
    if (const auto *exit = std::get_if<Options::Exit>(&parsed))
        return ErrorLine::leave(exit->code, exit->text);
    const auto &options = std::get<Options>(parsed);
    const QList<Settings::Problem> problems = options.settings.problems();
    if (!problems.isEmpty())
        return ErrorLine::leave(2, problems.first().message);
    if (const QString problem = certificateProblem(options.settings); !problem.isEmpty())
        return ErrorLine::leave(2, problem);
    if (!options.verbose)
        QLoggingCategory::setFilterRules(u"cometa.*.debug=false\ncometa.*.info=false"_s);

    Agent agent(options.settings, Agent::Owner::Headless);
    QString error;
    if (!agent.open(&error))
        return ErrorLine::leave(1, error);
    QDir::setCurrent(QDir::rootPath()); // nothing is picked up from where we happened to be started

    const Report report(&agent, options.json, options.verbose);
    const UnixSignals signals_;
    QObject::connect(&signals_, &UnixSignals::endRequested, &agent, &Agent::shutDown);
    QObject::connect(&agent, &Agent::shutDownDone, &app, &QCoreApplication::quit);
    agent.start();
    const int code = QCoreApplication::exec();
    Supervisor::waitForAll();
    return code;
}
