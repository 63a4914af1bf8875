// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLocalServer>
#include <QObject>

// One tray program for each data directory: the second start asks the first to show itself.
class SingleInstance final : public QObject
{
    Q_OBJECT

public:
    explicit SingleInstance(QObject *parent = nullptr);

    enum class Claim { First, Raised, Failed };
    // First: we are the one. Raised: another is, and was asked to show itself. Failed: neither,
    // with one line that says why.
    [[nodiscard]] Claim claim(const QString &dataDirectory, QString *errorString);

Q_SIGNALS:
    void raiseRequested();

private:
    void handleConnection();

    QLocalServer m_server;
};
