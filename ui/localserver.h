// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deadline.h"

#include <QObject>
#include <QProcess>

// The cometa-server that is installed beside this program, on a free port of loopback, for trying
// out. It makes up an application and keeps it in its data directory, and ends with this object, or
// with the program however that ends.
class LocalServer final : public QObject
{
    Q_OBJECT

public:
    struct Application
    {
        quint16 port = 0;
        QString id;
        QString secret;
    };

    // program: for tests.
    explicit LocalServer(const QString &program = installedProgram(), QObject *parent = nullptr);
    ~LocalServer() override;

    [[nodiscard]] static QString installedProgram(); // empty: it is not there
    // ready() or failed() follows. When it is ready already, ready() comes again.
    void start(const QString &dataDirectory);
    [[nodiscard]] const Application &application() const { return m_application; } // once ready

Q_SIGNALS:
    void ready();
    void failed(const QString &reason); // one line

private:
    void readLine();
    void handleEnd();
    void end(const QString &reason);

    QString m_program;
    QProcess m_process;
    Deadline m_limit;
    Application m_application;
    QString m_reason; // why it is being ended
};
