// SPDX-License-Identifier: Apache-2.0
// cometactl: talks to the agent of the same user, reads its journal; sends commands to others.
#include "controlpath.h"
#include "ctlcommands.h"
#include "ctllog.h"
#include "ctlprint.h"
#include "ctlreview.h"
#include "ctlrules.h"
#include "ctlsecret.h"
#include "ctlsend.h"
#include "ctlusage.h"
#include "hardening.h"
#include "homedirectory.h"
#include "sendexit.h"
#include "unixsignals.h"

#include <QCoreApplication>
#include <QDir>
#include <QTimer>

#include <csignal>
#include <cstdio>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace {

template<typename Command>
int runInLoop(const CtlUsage &usage, const QString &socketPath)
{
    Command command(usage, socketPath);
    QObject::connect(&command, &Command::finished, qApp, &QCoreApplication::exit,
                     Qt::QueuedConnection);
    QTimer::singleShot(0, &command, &Command::start);
    return QCoreApplication::exec();
}

int runSend(const CtlUsage &usage)
{
    QString error;
    const std::optional<SendOptions> options = SendOptions::read(usage, &error);
    if (!options) {
        CtlPrint::error(error);
        return SendExit::Failure;
    }
    QDir::setCurrent(u"/"_s); // nothing is to be picked up from wherever this was started
    const UnixSignals signalled;
    CtlSend command(*options);
    QObject::connect(&signalled, &UnixSignals::endRequested, &command, &CtlSend::interrupt);
    QObject::connect(&command, &CtlSend::finished, qApp, &QCoreApplication::exit,
                     Qt::QueuedConnection);
    QTimer::singleShot(0, &command, &CtlSend::start);
    return QCoreApplication::exec();
}

int run(const CtlUsage &usage)
{
    if (usage.command == "send"_L1)
        return runSend(usage);
    if (usage.command.startsWith("secret "_L1))
        return runSecretCommand(usage);
    if (usage.command.startsWith("log "_L1))
        return runLogCommand(usage);
    if (usage.command.startsWith("rules "_L1))
        return runRulesCommand(usage);
    if (!QDir(usage.dataDirectory).exists()) {
        CtlPrint::error(
            u"No agent has run with the data directory %1: start cometa-agent or "
            "cometa-agentd, or name another one with --data-dir."_s.arg(usage.dataDirectory));
        return 1;
    }
    QString error;
    const QString socketPath = controlSocketPath(usage.dataDirectory, &error);
    if (socketPath.isEmpty()) {
        CtlPrint::error(error);
        return 1;
    }
    if (usage.command == "review"_L1 && !usage.has(u"approve"_s))
        return runInLoop<CtlReview>(usage, socketPath);
    return runInLoop<CtlCommands>(usage, socketPath);
}

} // namespace

int main(int argc, char *argv[])
{
    keepMemoryPrivate(); // the secret of an application may be in it
    completeHome();
    umask(077);
    std::signal(SIGPIPE, SIG_IGN);
    const QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"cometactl"_s);
    const std::variant<CtlUsage, CtlUsage::Exit> parsed = CtlUsage::parse(app.arguments());
    if (const auto *exit = std::get_if<CtlUsage::Exit>(&parsed)) {
        std::fputs(qUtf8Printable(exit->text), exit->code == 0 ? stdout : stderr);
        return exit->code;
    }
    return run(std::get<CtlUsage>(parsed));
}
