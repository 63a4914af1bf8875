// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifeline.h"
#include "orphans.h"
#include "pipereader.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>

#include <optional>

class QProcess;

// What cometa-run has told of its command.
struct SupervisorReport
{
    BootClock::time_point startTime; // of the shell
    BootClock::time_point endTime;
    std::optional<int> exitCode; // of the shell, 0..255
    int signal = 0; // that killed the shell
    int left = 0; // processes that outlived the shell and were ended
    int foreign = 0; // processes of another user, which could not be ended
    int survivors = 0; // others that could not be ended in time
    bool hasStarted = false;
    bool hasEnded = false; // the shell; it may have left processes behind
    bool isComplete = false; // cometa-run came to its end, or was never there
    QString failure; // why nothing was started
};

// One run of cometa-run, from its start until everything below it is gone. It may be started ahead
// of its command, and then waits for it.
class Supervisor final : public QObject
{
    Q_OBJECT

public:
    explicit Supervisor(QObject *parent = nullptr);
    ~Supervisor() override; // the command is ended, in the background

    // Starts cometa-run, which waits for run().
    void start();
    [[nodiscard]] bool isWaiting() const; // for run(); false also when it could not be started
    // Killed or stopped, even if nobody has been told so yet.
    [[nodiscard]] bool isLost() const;

    // Once. ended() follows, also when cometa-run cannot be started, is killed or is stopped by its
    // command. request: COMETA_REQUEST in the environment of the command. processLimit: see
    // CommandJob.
    void run(const QByteArray &request, int processLimit, const QByteArray &directory,
             const QByteArray &command);
    // TERM, 1 s, KILL.
    void endCommand();

    [[nodiscard]] const SupervisorReport &report() const { return m_report; }

    // Until those whose command has ended are gone; each takes a moment. When the program ends.
    static void waitForAll();

    // Where cometa-run is: beside the program, else in the libexec directory. Empty: nowhere.
    [[nodiscard]] static QString program();

Q_SIGNALS:
    void shellStarted();
    void shellEnded();
    // Valid until the slots have returned.
    void outputArrived(QByteArrayView bytes);
    void errorArrived(QByteArrayView bytes);
    void ended();

private:
    bool openPipes();
    void closePipes();
    void fail(const QString &reason);
    void takeReport(QByteArrayView bytes);
    void handleLine(const QByteArray &line);
    [[nodiscard]] QString failure(const QByteArray &what, int error) const;
    void finish();
    void handleFinished();
    void handleOrphansEnded(int own, int foreign);
    void lookForStop();

    QProcess *m_process;
    Lifeline m_lifeline;
    PipeReader m_reportPipe;
    PipeReader m_outputPipe;
    PipeReader m_errorPipe;
    QByteArray m_reportLine;
    QByteArray m_directory;
    SupervisorReport m_report;
    Orphans m_orphans;
    BootClock::time_point m_runTime;
    pid_t m_pid = 0; // of cometa-run, which may be gone
    QTimer m_stopWatch; // looks whether the supervisor stands still
    QTimer m_patience; // until it must have answered
    bool m_hasJob = false;
    bool m_hasEnded = false;
    bool m_wasStopped = false;
    bool m_hasGivenUp = false; // the command could not be ended in time
};
