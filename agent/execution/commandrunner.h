// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "outcome.h"

#include <QObject>
#include <QString>

#include <chrono>

// What is to be run, exactly.
struct CommandJob
{
    QString requestName;   // COMETA_REQUEST in the command's environment
    QByteArray command;    // /bin/sh -c -- command
    QString workingDirectory;
    std::chrono::seconds timeLimit{300};
    QString outputDirectory; // <requestName>.out and .err go there; empty: no files
};

// Runs one command below the supervisor cometa-run and ends with every process of it gone.
// start() once; finished() follows exactly once, also when nothing could be started.
class CommandRunner final : public QObject
{
    Q_OBJECT

public:
    explicit CommandRunner(const CommandJob &job, QObject *parent = nullptr);
    ~CommandRunner() override; // ends the command; the supervisor sees to it

    [[nodiscard]] const CommandJob &job() const;
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] KeptOutput standardOutput() const; // so far
    [[nodiscard]] KeptOutput standardError() const;
    // Of the files, for the journal; valid after finished().
    [[nodiscard]] QByteArray outputSha256() const; // hex; empty without output
    [[nodiscard]] QByteArray errorSha256() const;

    // Where cometa-run is: beside the program, else in the libexec directory. Empty: nowhere.
    [[nodiscard]] static QString supervisorPath();

    void start();
    // Ends the command: TERM, 1 s, KILL, until nothing is left. finished() comes with this state
    // (Stopped or Cancelled). Without effect when it has ended.
    void stop(RequestState end);

Q_SIGNALS:
    void started();
    void outputRead();
    void finished(const Outcome &outcome);

private:
    // (to be written)
    CommandJob m_job;
};
