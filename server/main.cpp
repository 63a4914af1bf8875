// SPDX-License-Identifier: Apache-2.0
// cometa-server: a Cometa-compatible server for trying out, for a team's LAN, and for the tests.
#include "cometaserver.h"
#include "credentials.h"
#include "serveroptions.h"
#include "unixsignals.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>
#include <cstdio>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace {

int leave(int code, const QString &line)
{
    std::fprintf(code == 0 ? stdout : stderr, code == 0 ? "%s" : "cometa-server: %s\n",
                 qUtf8Printable(line));
    return code;
}

void tellReady(const ServerOptions &options, const Credentials &credentials, quint16 port)
{
    if (options.json) {
        const QJsonObject ready{{u"ready"_s, true},
                                {u"port"_s, port},
                                {u"app_id"_s, credentials.applicationId},
                                {u"app_secret"_s, QString::fromUtf8(credentials.secret)}};
        std::printf("%s\n", QJsonDocument(ready).toJson(QJsonDocument::Compact).constData());
    } else {
        const QString url =
            u"%1://%2:%3/v1/applications/%4/devices/DEVICE/send"_s
                .arg(options.tls ? u"https"_s : u"http"_s, options.address.toString())
                .arg(port)
                .arg(credentials.applicationId);
        std::printf(
            "Listening on %s port %d, application %s. Send a command to an attached device:\n"
            "  curl -X POST -H 'Authorization: OAuth %s' -d '{\"cmd\":\"uptime\"}' '%s'\n",
            qUtf8Printable(options.address.toString()), port,
            qUtf8Printable(credentials.applicationId), credentials.secret.constData(),
            qUtf8Printable(url));
    }
    std::fflush(stdout);
}

} // namespace

int main(int argc, char *argv[])
{
    umask(077);
    std::signal(SIGPIPE, SIG_IGN);
    const QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"cometa-server"_s);
    const std::variant<ServerOptions, ServerOptions::Exit> parsed =
        ServerOptions::parse(QCoreApplication::arguments());
    if (const auto *exit = std::get_if<ServerOptions::Exit>(&parsed))
        return leave(exit->code, exit->text);
    const auto &options = std::get<ServerOptions>(parsed);

    QString error;
    std::optional<Credentials> credentials = Credentials{options.applicationId, options.secret};
    if (options.applicationId.isEmpty())
        credentials = Credentials::keptIn(options.dataDirectory, &error);
    if (!credentials)
        return leave(1, error);
    CometaServer server(options.tls);
    server.addApplication(credentials->applicationId, credentials->secret, options.timing);
    if (!server.listen(options.address, options.port, &error))
        return leave(1, error);

    const UnixSignals signals_;
    QObject::connect(&signals_, &UnixSignals::endRequested, &app, &QCoreApplication::quit);
    tellReady(options, *credentials, server.port());
    return QCoreApplication::exec();
}
