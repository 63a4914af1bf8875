// SPDX-License-Identifier: Apache-2.0
#include "commandrunner.h"

#include <QFile>

using namespace Qt::StringLiterals;

static QString outputPath(const CommandJob &job, QLatin1StringView suffix)
{
    if (job.outputDirectory.isEmpty())
        return {};
    return job.outputDirectory + u'/' + job.requestName + suffix;
}

CommandRunner::CommandRunner(ApprovedJob approved, std::unique_ptr<Supervisor> supervisor,
                             QObject *parent)
    : QObject(parent), m_job(std::move(approved).take()), m_output(outputPath(m_job, ".out"_L1)),
      m_error(outputPath(m_job, ".err"_L1)), m_supervisor(std::move(supervisor))
{
    connect(m_supervisor.get(), &Supervisor::shellStarted, this, &CommandRunner::started);
    connect(m_supervisor.get(), &Supervisor::shellEnded, this, &CommandRunner::handleShellEnded);
    connect(m_supervisor.get(), &Supervisor::outputArrived, this, [this](QByteArrayView bytes) {
        m_output.append(bytes);
        Q_EMIT outputRead();
    });
    connect(m_supervisor.get(), &Supervisor::errorArrived, this, [this](QByteArrayView bytes) {
        m_error.append(bytes);
        Q_EMIT outputRead();
    });
    connect(m_supervisor.get(), &Supervisor::ended, this, &CommandRunner::handleSupervisorEnded);
    connect(&m_timeLimit, &Deadline::expired, this, [this] { stop(RequestState::TimedOut); });
}

CommandRunner::~CommandRunner() = default;

QString CommandRunner::fileError() const
{
    return m_output.fileError().isEmpty() ? m_error.fileError() : m_output.fileError();
}

void CommandRunner::start()
{
    Q_ASSERT(!m_isRunning && !m_end);
    m_isRunning = true;
    if (!m_supervisor->isWaiting())
        m_supervisor->start();
    m_supervisor->run(m_job.requestName.toUtf8(), m_job.processLimit,
                      QFile::encodeName(m_job.workingDirectory), m_job.command);
    m_timeLimit.start(m_job.timeLimit); // when the job is on its way
}

bool CommandRunner::stop(RequestState end)
{
    if (!m_isRunning)
        return false;
    if (!m_end)
        m_end = end;
    m_supervisor->endCommand();
    return m_end == end;
}

void CommandRunner::handleShellEnded()
{
    m_timeLimit.stop();
    if (!m_end)
        m_end = RequestState::Finished;
}

void CommandRunner::handleSupervisorEnded()
{
    m_timeLimit.stop();
    m_output.close();
    m_error.close();
    m_isRunning = false;
    Q_EMIT finished(outcome());
}

Outcome CommandRunner::outcome() const
{
    const SupervisorReport &report = m_supervisor->report();
    Outcome outcome;
    const bool failed = !report.isComplete || !report.failure.isEmpty();
    outcome.state = failed ? RequestState::Failed : m_end.value_or(RequestState::Failed);
    if (outcome.state == RequestState::Finished) {
        outcome.exitCode = report.exitCode;
        outcome.signal = report.signal;
    }
    outcome.standardOutput = m_output.kept();
    outcome.standardError = m_error.kept();
    outcome.keepsOutput = m_job.keepsOutput;
    outcome.hasRun = report.hasStarted;
    if (report.hasStarted) {
        const auto end = report.hasEnded ? report.endTime : BootClock::now();
        outcome.duration =
            std::chrono::duration_cast<std::chrono::milliseconds>(end - report.startTime);
    }
    outcome.limit = m_job.timeLimit;
    outcome.leftBehind = report.left;
    outcome.detail = detail();
    return outcome;
}

QString CommandRunner::detail() const
{
    const SupervisorReport &report = m_supervisor->report();
    if (!report.failure.isEmpty())
        return report.failure;
    QStringList parts;
    if (!report.isComplete && !report.hasStarted)
        parts += tr("supervisor was killed or stopped before it told that the command began");
    else if (!report.isComplete)
        parts += tr("supervisor was killed or stopped while the command ran");
    if (report.foreign > 0)
        parts += tr("%n process(es) of another user could not be ended", nullptr, report.foreign);
    if (report.survivors > 0)
        parts += tr("%n process(es) could not be ended in time", nullptr, report.survivors);
    if (!fileError().isEmpty())
        parts += tr("its whole output could not be kept (%1)").arg(fileError());
    if (!m_job.keepsOutput)
        parts += tr("its output is not kept, as its rule says");
    return parts.join("; "_L1);
}

#include "moc_commandrunner.cpp"
