// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QLocalSocket>
#include <QObject>

// The other end, in cometactl: sends one object, hands back the answer.
class ControlClient final : public QObject
{
    Q_OBJECT

public:
    explicit ControlClient(const QString &path, QObject *parent = nullptr);

    void send(const QJsonObject &request);

Q_SIGNALS:
    void answered(const QJsonObject &answer);
    void failed(const QString &errorString); // no agent runs there, or it went away

private:
    QString m_path;
    QLocalSocket m_socket;
};
