// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QLocalServer>
#include <QObject>

class QLocalSocket;

// One tray program for each data directory: the second start asks the first to show itself, and
// tells it the settings that it was started with.
class SingleInstance final : public QObject
{
    Q_OBJECT

public:
    explicit SingleInstance(QObject *parent = nullptr);

    using Values = QHash<QString, QString>; // of settings, by their long option names
    enum class Claim { First, Raised, Failed };
    // First: we are the one. Raised: another is, and was asked to show itself. Failed: neither,
    // with one line that says why.
    [[nodiscard]] Claim claim(const QString &dataDirectory, const Values &values,
                              QString *errorString);

Q_SIGNALS:
    void raiseRequested(const QHash<QString, QString> &values); // as they came: not checked

private:
    static constexpr qint64 MaximumMessage = 64 * 1024; // bytes

    void handleConnection();
    void take(QLocalSocket *socket); // it has said all

    QLocalServer m_server;
};
