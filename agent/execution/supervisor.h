// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "orphans.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>

#include <optional>

class QProcess;
class QSocketNotifier;

// What cometa-run has told of its command.
struct SupervisorReport
{
    BootClock::time_point startTime; // of the shell
    BootClock::time_point endTime;
    std::optional<int> exitCode; // of the shell, 0..255
    int signal = 0; // that killed the shell
    int left = 0; // processes that outlived the shell and were ended
    int foreign = 0; // processes of another user, which could not be ended
    bool hasStarted = false;
    bool hasEnded = false; // the shell; it may have left processes behind
    bool isComplete = false; // cometa-run came to its end, or was never there
    QString failure; // why nothing was started
};

// One run of cometa-run, from its start until it and everything below it are gone. ended() follows
// once on start(), also when cometa-run cannot be started, is killed or is stopped by its command.
class Supervisor final : public QObject
{
    Q_OBJECT

public:
    explicit Supervisor(QObject *parent = nullptr);
    ~Supervisor() override; // the command is ended, in the background

    // request: COMETA_REQUEST in the environment of the command.
    void start(const QString &program, const QByteArray &request, const QByteArray &directory,
               const QByteArray &command);
    // TERM, 1 s, KILL.
    void endCommand();

    [[nodiscard]] const SupervisorReport &report() const { return m_report; }
    // What has come since the last call, at most what a pipe holds.
    [[nodiscard]] QByteArray takeOutput();
    [[nodiscard]] QByteArray takeError();

Q_SIGNALS:
    void shellStarted();
    void shellEnded();
    void outputArrived();
    void errorArrived();
    void ended();

private:
    void startProcess(const QString &program);
    bool openReport();
    void closeReport();
    void fail(const QString &reason);
    void readReport();
    void handleLine(const QByteArray &line);
    void handleFinished();
    void handleOrphansEnded(int left);
    void lookForStop();

    QProcess *m_process;
    QSocketNotifier *m_reportNotifier = nullptr;
    int m_reportFd = -1; // we read there
    int m_childFd = -1; // cometa-run writes there
    QByteArray m_reportLine;
    QByteArray m_directory;
    SupervisorReport m_report;
    Orphans m_orphans;
    BootClock::time_point m_startTime;
    QTimer m_stopWatch; // looks whether the supervisor stands still
    QTimer m_patience; // until it must have answered
    bool m_wasStopped = false;
};
