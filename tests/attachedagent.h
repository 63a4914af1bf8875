// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent.h"
#include "scriptedserver.h"

#include <QTemporaryDir>
#include <QTest>

// An agent that is attached to a scripted server, with directories of its own.
class AttachedAgent final
{
public:
    explicit AttachedAgent(Agent::Owner owner = Agent::Owner::Headless)
    {
        Settings settings;
        settings.server = QStringLiteral("127.0.0.1");
        settings.port = server.port();
        settings.application = QStringLiteral("ops");
        settings.device = QStringLiteral("dev1");
        settings.dataDirectory = dataDirectory();
        settings.eventInterval = std::chrono::seconds(0);
        settings.tls = false;
        agent = std::make_unique<Agent>(settings, owner);
    }

    bool start()
    {
        QString error;
        if (!agent->open(&error)) {
            qWarning("%s", qPrintable(error));
            return false;
        }
        agent->start();
        return QTest::qWaitFor([this] { return agent->state() == CometaClient::State::Attached; });
    }
    // Sends a request and waits until it waits for approval; its name.
    QString ask(const QByteArray &json)
    {
        const int before = agent->awaitingCount();
        server.send(ScriptedServer::chunk(json));
        if (!QTest::qWaitFor([&] { return agent->awaitingCount() == before + 1; }))
            return {};
        return agent->requests().constLast()->request().name;
    }
    [[nodiscard]] QString dataDirectory() const
    {
        return directory.filePath(QStringLiteral("data"));
    }
    [[nodiscard]] QString socketPath() const
    {
        return dataDirectory() + QStringLiteral("/control.sock");
    }

    QTemporaryDir directory;
    ScriptedServer server;
    std::unique_ptr<Agent> agent;
};
