// SPDX-License-Identifier: Apache-2.0
#include "supervisor.h"

#include "ownprogram.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>

#include <cerrno>

#include <sys/wait.h>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// cometa-run needs 2 s at the most.
static constexpr auto Patience = 2500ms;
static constexpr auto StopWatchInterval = 500ms;
static constexpr QByteArrayView EndWord = "T";

// Nothing of the agent's own environment that could be a secret or change how a command behaves.
static QProcessEnvironment makeAllowedEnvironment()
{
    static constexpr auto Names = {"PATH"_L1,
                                   "HOME"_L1,
                                   "USER"_L1,
                                   "LANG"_L1,
                                   "TZ"_L1,
                                   "XDG_RUNTIME_DIR"_L1,
                                   "DISPLAY"_L1,
                                   "WAYLAND_DISPLAY"_L1,
                                   "DBUS_SESSION_BUS_ADDRESS"_L1};
    const QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment allowed;
    const QStringList names = own.keys();
    for (const QString &name : names) {
        if (name.startsWith("LC_"_L1) || std::find(Names.begin(), Names.end(), name) != Names.end())
            allowed.insert(name, own.value(name));
    }
    return allowed;
}

static const QProcessEnvironment &allowedEnvironment()
{
    static const QProcessEnvironment environment = makeAllowedEnvironment();
    return environment;
}

Supervisor::Supervisor(QObject *parent) : QObject(parent), m_process(new QProcess)
{
    connect(m_process, &QProcess::finished, this, &Supervisor::handleFinished);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail(tr("cannot start cometa-run: %1").arg(m_process->errorString()));
    });
    connect(&m_reportPipe, &PipeReader::arrived, this, &Supervisor::takeReport);
    connect(&m_outputPipe, &PipeReader::arrived, this, &Supervisor::outputArrived);
    connect(&m_errorPipe, &PipeReader::arrived, this, &Supervisor::errorArrived);
    connect(&m_orphans, &Orphans::ended, this, &Supervisor::handleOrphansEnded);
    m_stopWatch.setInterval(StopWatchInterval);
    connect(&m_stopWatch, &QTimer::timeout, this, &Supervisor::lookForStop);
    m_patience.setInterval(Patience);
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_hasGivenUp = true;
        m_process->kill();
    });
}

// QProcess kills its process when it goes. While a command is below cometa-run, which alone can end
// it, the process is left to itself: the end of the lifeline tells cometa-run.
Supervisor::~Supervisor()
{
    m_process->disconnect();
    if (!m_hasJob)
        m_process->close(); // that kills it: nothing is below it, and it may be stopped
    if (!m_hasJob || m_report.isComplete)
        m_process->setParent(QCoreApplication::instance()); // which may end before it
    if (m_process->state() == QProcess::NotRunning)
        m_process->deleteLater();
    else
        connect(m_process, &QProcess::finished, m_process, &QObject::deleteLater);
}

void Supervisor::waitForAll()
{
    const auto processes = QCoreApplication::instance()->findChildren<QProcess *>();
    for (QProcess *process : processes)
        process->waitForFinished(int(Patience.count()));
}

QString Supervisor::program()
{
    return ownProgram(u"cometa-run"_s);
}

void Supervisor::start()
{
    Orphans::adopt();
    if (!openPipes()) {
        fail(tr("cannot make a pipe: %1").arg(qt_error_string(errno)));
        return;
    }
    const QString found = program();
    m_lifeline.inheritChildEnd(); // nothing else is started meanwhile: there is one thread
    QStringList childEnds{QString::number(m_lifeline.childEnd())};
    for (PipeReader *pipe : {&m_outputPipe, &m_errorPipe, &m_reportPipe}) {
        pipe->inheritChildEnd();
        childEnds.append(QString::number(pipe->childEnd()));
    }
    m_process->setProcessEnvironment(allowedEnvironment());
    m_process->setStandardInputFile(QProcess::nullDevice()); // until it takes what is ours
    m_process->setProcessChannelMode(QProcess::ForwardedChannels);
    m_process->start(found.isEmpty() ? u"cometa-run"_s : found, childEnds);
    m_pid = static_cast<pid_t>(m_process->processId());
    m_lifeline.closeChildEnd();
    for (PipeReader *pipe : {&m_outputPipe, &m_errorPipe, &m_reportPipe})
        pipe->closeChildEnd();
}

bool Supervisor::isWaiting() const
{
    return !m_hasJob && !m_report.isComplete && m_process->state() != QProcess::NotRunning;
}

bool Supervisor::isLost() const
{
    siginfo_t info = {};
    const auto pid = static_cast<id_t>(m_process->processId());
    return ::waitid(P_PID, pid, &info, WEXITED | WSTOPPED | WNOHANG | WNOWAIT) != 0
        || info.si_pid != 0;
}

void Supervisor::run(const QByteArray &request, int processLimit, const QByteArray &directory,
                     const QByteArray &command)
{
    m_hasJob = true;
    m_directory = directory;
    m_runTime = BootClock::now();
    if (m_report.isComplete || m_process->state() == QProcess::NotRunning) {
        const QString reason =
            m_report.failure.isEmpty() ? tr("cometa-run has ended too early") : m_report.failure;
        fail(reason);
        return;
    }
    const char end = '\0';
    const QByteArray job =
        request + end + QByteArray::number(processLimit) + end + directory + end + command + end;
    if (!m_lifeline.send(job) && errno != EPIPE)
        fail(tr("cannot reach cometa-run: %1").arg(qt_error_string(errno)));
    m_stopWatch.start();
}

void Supervisor::endCommand()
{
    if (m_process->state() == QProcess::NotRunning || m_patience.isActive())
        return;
    (void)m_lifeline.send(EndWord); // if it is gone, that is told soon
    m_patience.start();
}

bool Supervisor::openPipes()
{
    return m_lifeline.open() && m_reportPipe.open() && m_outputPipe.open() && m_errorPipe.open();
}

void Supervisor::closePipes()
{
    for (PipeReader *pipe : {&m_reportPipe, &m_outputPipe, &m_errorPipe})
        pipe->close();
}

void Supervisor::fail(const QString &reason)
{
    m_report.isComplete = true;
    m_report.failure = reason;
    if (m_hasJob)
        QMetaObject::invokeMethod(this, &Supervisor::finish, Qt::QueuedConnection);
}

void Supervisor::takeReport(QByteArrayView bytes)
{
    m_reportLine.append(bytes);
    for (qsizetype end = 0; (end = m_reportLine.indexOf('\n')) >= 0;) {
        const QByteArray line = m_reportLine.first(end);
        m_reportLine.remove(0, end + 1);
        handleLine(line);
    }
    if (m_hasJob && m_report.isComplete)
        finish();
}

void Supervisor::handleLine(const QByteArray &line)
{
    const QList<QByteArray> words = line.split(' ');
    const QByteArray &word = words.first();
    if (word == "started") {
        m_report.hasStarted = true;
        m_report.startTime = BootClock::now();
        Q_EMIT shellStarted();
    } else if (word == "exit" || word == "signal") {
        m_report.hasEnded = true;
        m_report.endTime = BootClock::now();
        if (word == "exit")
            m_report.exitCode = words.value(1).toInt();
        else
            m_report.signal = words.value(1).toInt();
        Q_EMIT shellEnded();
    } else if (word == "left") {
        m_report.isComplete = true;
        m_report.left = words.value(1).toInt();
        m_report.foreign = words.value(2).toInt();
    } else if (word == "failed") {
        m_report.isComplete = true;
        m_report.failure = failure(words.value(1), words.value(2).toInt());
    }
}

QString Supervisor::failure(const QByteArray &what, int error) const
{
    const QString directory = QFile::decodeName(m_directory);
    if (what != "directory")
        return tr("cannot start /bin/sh: %1").arg(qt_error_string(error));
    if (error == ENOENT)
        return tr("home directory %1 is gone").arg(directory);
    return tr("home directory %1: %2").arg(directory, qt_error_string(error));
}

// When cometa-run has told the end nobody below it is left, so that all output is in the pipes.
void Supervisor::finish()
{
    if (std::exchange(m_hasEnded, true))
        return;
    m_stopWatch.stop();
    m_patience.stop();
    m_outputPipe.drain();
    m_errorPipe.drain();
    Q_EMIT ended();
    closePipes();
    m_lifeline.close(); // cometa-run waits for it
}

void Supervisor::handleFinished()
{
    m_reportPipe.drain();
    if (!m_hasJob || m_report.isComplete)
        return;
    m_stopWatch.stop();
    m_patience.stop();
    m_orphans.end(m_pid, m_runTime);
}

void Supervisor::handleOrphansEnded(int own, int foreign)
{
    m_report.survivors = own;
    m_report.foreign = foreign;
    m_report.isComplete = m_hasGivenUp; // by us, not by the command
    finish();
}

// A command can stop its supervisor, too. Seen twice, so that a machine or a session that is
// stopped as a whole and goes on piece by piece is not taken for that.
void Supervisor::lookForStop()
{
    siginfo_t info = {};
    const auto pid = static_cast<id_t>(m_process->processId());
    const bool stopped =
        ::waitid(P_PID, pid, &info, WSTOPPED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0;
    if (stopped && m_wasStopped)
        m_process->kill();
    m_wasStopped = stopped;
}

#include "moc_supervisor.cpp"
