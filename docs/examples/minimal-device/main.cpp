// SPDX-License-Identifier: Apache-2.0
// A complete Cometa device: answers "uptime" with the seconds since it was started, and anything
// else with itself. Attaches again by itself when the link is lost.
//     minimal-device PORT APPLICATION DEVICE
#include <cometaclient.h>

#include <QCoreApplication>
#include <QElapsedTimer>

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    if (arguments.size() != 4)
        qFatal("usage: minimal-device PORT APPLICATION DEVICE");

    QElapsedTimer sinceStart;
    sinceStart.start();

    CometaClient client;
    client.setServer(QStringLiteral("127.0.0.1"), arguments.at(1).toUShort());
    client.setApplication(arguments.at(2));
    client.setRequestHandler([&sinceStart](const QByteArray &message) {
        if (message == "uptime")
            return QByteArray::number(sinceStart.elapsed() / 1000) + " s\n";
        return message;
    });
    QObject::connect(&client, &CometaClient::errorOccurred, &client,
                     [&client] { qWarning("%s", qUtf8Printable(client.errorString())); });
    client.attach(arguments.at(3), "minimal device");

    return app.exec();
}
