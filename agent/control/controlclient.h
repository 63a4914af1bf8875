// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QLocalSocket>
#include <QObject>

// The other end, in cometactl: sends one object, hands back the answer. Each one goes over a
// connection of its own; while it is under way no other may be sent.
class ControlClient final : public QObject
{
    Q_OBJECT

public:
    explicit ControlClient(const QString &path, QObject *parent = nullptr);

    // answered() or failed() follows, not before this returns.
    void send(const QJsonObject &request);

Q_SIGNALS:
    void answered(const QJsonObject &answer);
    void failed(const QString &errorString); // no agent runs there, or it went away

private:
    void handleReadyRead();
    void handleEnd();
    void finish(const QJsonObject &answer, const QString &error);

    QString m_path;
    QByteArray m_line;
    bool m_isWaiting = false;
    QLocalSocket m_socket;
};
