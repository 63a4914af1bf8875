// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "controlclient.h"
#include "ctlusage.h"
#include "lineinput.h"

#include <QObject>

// The commands of cometactl that ask the agent one thing after the other: all but review and log.
class CtlCommands final : public QObject
{
    Q_OBJECT

public:
    CtlCommands(const CtlUsage &usage, const QString &socketPath, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    void finished(int exitCode); // once

private:
    void handleAnswer(const QJsonObject &answer);
    void handleFailure(const QString &error);
    void handleLine(const QByteArray &line);
    void sendEvent(const QByteArray &payload);
    void printAnswer(const QJsonObject &answer) const;
    [[nodiscard]] QJsonObject request() const;
    [[nodiscard]] bool readsEvents() const;

    CtlUsage m_usage;
    ControlClient m_client;
    LineInput m_input{LineInput::Rest::IsLine}; // of event without an argument
    int m_lineNumber = 0;
};
