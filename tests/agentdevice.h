// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent.h"
#include "scriptedserver.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

inline QByteArray command(const QByteArray &text, const QByteArray &more = {})
{
    return ScriptedServer::chunk("{\"cmd\":\"" + text + "\"" + more + "}");
}

inline QJsonObject object(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

// An agent attached to a scripted server, with a data directory of its own.
class Device final
{
public:
    QTemporaryDir directory;
    ScriptedServer server;
    Settings settings;
    std::unique_ptr<Agent> agent;

    Device()
    {
        qunsetenv("XDG_RUNTIME_DIR"); // the control socket is in the data directory
        settings.server = QStringLiteral("127.0.0.1");
        settings.port = server.port();
        settings.application = QStringLiteral("ops");
        settings.device = QStringLiteral("dev1");
        settings.dataDirectory = directory.filePath(QStringLiteral("data"));
        settings.eventInterval = std::chrono::seconds(0);
        settings.tls = false;
        server.setAnswer(ScriptedServer::accepted());
    }
    bool start(Agent::Owner owner = Agent::Owner::Headless)
    {
        agent = std::make_unique<Agent>(settings, owner);
        QString error;
        if (!agent->open(&error)) {
            qWarning("%s", qPrintable(error));
            return false;
        }
        agent->start();
        return QTest::qWaitFor([this] { return agent->state() == CometaClient::State::Attached; });
    }
    QList<QByteArray> sent() const { return frames(server.received()); }
    bool hasSent(qsizetype count) const
    {
        return QTest::qWaitFor([this, count] { return sent().size() >= count; });
    }
    bool awaits(int count) const
    {
        return QTest::qWaitFor([this, count] { return agent->awaitingCount() == count; });
    }
    const ActiveRequest *first() const { return agent->requests().value(0); }
    bool approveFirst()
    {
        QString error;
        const Request request = first()->request();
        return agent->approve(request.name, request.commandSha256(), &error);
    }
    bool addRule(Rule::Verdict verdict, const QByteArray &command,
                 std::optional<int> usesLeft = {}) const
    {
        Rule rule;
        rule.verdict = verdict;
        rule.command = command;
        rule.scope = agent->scope();
        rule.usesLeft = usesLeft;
        QString error;
        return agent->rules()->add(rule, &error);
    }
    QString touched(const char *name) const
    {
        return directory.filePath(QString::fromLatin1(name));
    }

private:
    // The frames that a device sent: their data, in order.
    static QList<QByteArray> frames(QByteArray bytes)
    {
        QList<QByteArray> result;
        while (true) {
            const qsizetype line = bytes.indexOf("\r\n");
            bool ok = false;
            const qsizetype size = bytes.left(std::max<qsizetype>(line, 0)).toLongLong(&ok, 16);
            if (!ok || bytes.size() < line + 2 + size + 2)
                return result;
            result.append(bytes.mid(line + 2, size));
            bytes = bytes.mid(line + 2 + size + 2);
        }
    }
};
