// SPDX-License-Identifier: Apache-2.0
// cometa-server: a Cometa-compatible server for trying out, for a team's LAN, and for the tests.
#include "cometaserver.h"
#include "credentials.h"
#include "errorline.h"
#include "hardening.h"
#include "homedirectory.h"
#include "logfiles.h"
#include "serverlog.h"
#include "serveroptions.h"
#include "unixsignals.h"
#include "visibletext.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>
#include <cstdio>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace {

// Each attached device is a file descriptor; the usual 1,024 are too few.
void raiseFileLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

// A secret is told only where it was made up or given on the command line.
void tellReady(const ServerOptions &options, bool tellsSecret, quint16 port)
{
    const ApplicationSettings &first = options.applications.first();
    if (options.json) {
        QJsonObject ready{{u"ready"_s, true}, {u"port"_s, port}, {u"app_id"_s, first.id}};
        if (tellsSecret)
            ready[u"app_secret"_s] = QString::fromUtf8(first.secret);
        std::printf("%s\n", QJsonDocument(ready).toJson(QJsonDocument::Compact).constData());
    } else {
        std::printf("Listening on %s port %d, application %s.",
                    qUtf8Printable(options.address.toString()), port, qUtf8Printable(first.id));
        const bool isIp6 = options.address.protocol() == QAbstractSocket::IPv6Protocol;
        const QString host = options.address.toString();
        const QString url =
            u"%1://%2:%3/v1/applications/%4/devices/DEVICE/send"_s
                .arg(options.tls ? u"https"_s : u"http"_s, isIp6 ? u'[' + host + u']' : host)
                .arg(port)
                .arg(first.id);
        if (tellsSecret)
            std::printf(" Send a command to an attached device:\n  curl -X POST -H 'Authorization: "
                        "OAuth %s' -d '{\"cmd\":\"uptime\"}' '%s'",
                        first.secret.constData(), qUtf8Printable(url));
        std::printf("\n");
    }
    std::fflush(stdout);
}

// Puts the made-up application where none is configured.
bool completeApplications(ServerOptions *options, QString *error)
{
    if (!options->applications.isEmpty())
        return true;
    const std::optional<Credentials> kept = Credentials::keptIn(options->dataDirectory, error);
    if (kept)
        options->applications = {{kept->applicationId, {}, kept->secret, options->webhook}};
    return kept.has_value();
}

bool apply(const ServerOptions &options, CometaServer *server, QString *error)
{
    server->setLimits(options.limits);
    return server->setApplications(options.applications, options.timing, error);
}

QString shown(const QString &text)
{
    return VisibleText::encode(text.toUtf8());
}

// isMadeUp: the application was, at the start.
void reload(CometaServer *server, LogFiles *logs, bool isMadeUp)
{
    QString error;
    const auto parsed = ServerOptions::parse(QCoreApplication::arguments());
    if (const auto *exit = std::get_if<ServerOptions::Exit>(&parsed)) {
        qCWarning(lcServer).noquote() << "The configuration stays as it was:" << shown(exit->text);
        return;
    }
    ServerOptions options = std::get<ServerOptions>(parsed);
    if (options.applications.isEmpty() && !isMadeUp) { // a file that is just being written, mostly
        qCWarning(lcServer).noquote()
            << "The configuration stays as it was:" << shown(options.configurationFile)
            << "has no application.";
        return;
    }
    if (!completeApplications(&options, &error)
        || !logs->open(options.requestLog, options.errorLog, &error)
        || !apply(options, server, &error)) {
        qCWarning(lcServer).noquote()
            << "The configuration was not applied in whole:" << shown(error);
        return;
    }
    if (options.tls)
        server->setTls(*options.tls);
    qCInfo(lcServer).noquote() << "Configuration read again, applications:"
                               << server->applicationIds().join(u' ');
}

} // namespace

int main(int argc, char *argv[])
{
    keepMemoryPrivate(); // secrets are in it
    completeHome();
    umask(077);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN); // a limit of file sizes is an error to write, not our end
    raiseFileLimit();
    qputenv("QT_NO_GLIB", "1"); // Qt's own event loop is quicker, and nothing here needs GLib's
    const QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"cometa-server"_s);
    const std::variant<ServerOptions, ServerOptions::Exit> parsed =
        ServerOptions::parse(QCoreApplication::arguments());
    if (const auto *exit = std::get_if<ServerOptions::Exit>(&parsed))
        return ErrorLine::leave(exit->code, exit->text);
    auto options = std::get<ServerOptions>(parsed);

    QString error;
    LogFiles logs;
    const bool isMadeUp = options.applications.isEmpty();
    const bool tellsSecret = isMadeUp || options.hasGivenSecret;
    const QString events = QDir(options.dataDirectory).filePath(u"events"_s);
    if (!completeApplications(&options, &error)
        || !logs.open(options.requestLog, options.errorLog, &error))
        return ErrorLine::leave(1, error);
    if (!QDir().mkpath(events))
        return ErrorLine::leave(1, u"%1 cannot be made; choose another --data-dir."_s.arg(events));
    CometaServer server(options.tls);
    server.setEventDirectory(events);
    if (!apply(options, &server, &error) || !server.listen(options.address, options.port, &error))
        return ErrorLine::leave(1, error);

    const UnixSignals signals_(UnixSignals::HangUp::Reloads);
    QObject::connect(&signals_, &UnixSignals::endRequested, &app, &QCoreApplication::quit);
    QObject::connect(&signals_, &UnixSignals::reloadRequested, &server,
                     [&server, &logs, isMadeUp] { reload(&server, &logs, isMadeUp); });
    tellReady(options, tellsSecret, server.port());
    return QCoreApplication::exec();
}
