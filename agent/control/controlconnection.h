// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QTimer>

#include <functional>

class QLocalSocket;

// One program that talks to the agent: lines in, lines out. Whoever writes no whole line for 30 s,
// one that is too long, or what is no JSON object, is told so and closed. Deletes itself when the
// connection ends.
class ControlConnection final : public QObject
{
    Q_OBJECT

public:
    using Answer = std::function<QJsonObject(const QJsonObject &request)>;

    static constexpr std::chrono::milliseconds DefaultPatience{30'000};

    ControlConnection(QLocalSocket *socket, Answer answer, QObject *parent,
                      std::chrono::milliseconds patience = DefaultPatience);
    ~ControlConnection() override;

private:
    void handleReadyRead();
    void answerLine(const QByteArray &line);
    void write(const QJsonObject &object);
    void refuse(const QString &error);

    QLocalSocket *m_socket; // child of this
    Answer m_answer;
    QTimer m_patience;
    bool m_isRefused = false;
};
