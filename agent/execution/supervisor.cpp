// SPDX-License-Identifier: Apache-2.0
#include "supervisor.h"

#include <QFile>
#include <QProcess>
#include <QSocketNotifier>

#include <cerrno>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// cometa-run needs 2 s at the most.
static constexpr auto Patience = 2500ms;
static constexpr auto StopWatchInterval = 500ms;
static constexpr char EndWord = 'T';

// Nothing of the agent's own environment that could be a secret or change how a command behaves.
static QProcessEnvironment allowedEnvironment()
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

Supervisor::Supervisor(QObject *parent) : QObject(parent), m_process(new QProcess)
{
    connect(m_process, &QProcess::readyReadStandardOutput, this, &Supervisor::outputArrived);
    connect(m_process, &QProcess::readyReadStandardError, this, &Supervisor::errorArrived);
    connect(m_process, &QProcess::finished, this, &Supervisor::handleFinished);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail(tr("cannot start cometa-run: %1").arg(m_process->errorString()));
    });
    connect(&m_orphans, &Orphans::ended, this, &Supervisor::handleOrphansEnded);
    m_stopWatch.setInterval(StopWatchInterval);
    connect(&m_stopWatch, &QTimer::timeout, this, &Supervisor::lookForStop);
    m_patience.setInterval(Patience);
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, m_process, &QProcess::kill);
}

// QProcess would kill cometa-run, which alone can end the command. So it is left to itself until
// cometa-run is through; when the agent ends before that, the end of its input tells cometa-run.
Supervisor::~Supervisor()
{
    closeReport();
    m_process->disconnect();
    if (m_process->state() == QProcess::NotRunning) {
        m_process->deleteLater();
        return;
    }
    connect(m_process, &QProcess::finished, m_process, &QObject::deleteLater);
    m_process->closeReadChannel(QProcess::StandardOutput);
    m_process->closeReadChannel(QProcess::StandardError);
    m_process->closeWriteChannel();
}

void Supervisor::start(const QString &program, const QByteArray &request,
                       const QByteArray &directory, const QByteArray &command)
{
    m_directory = directory;
    m_startTime = BootClock::now();
    Orphans::adopt();
    if (!openReport()) {
        fail(tr("cannot make a pipe: %1").arg(qt_error_string(errno)));
        return;
    }
    startProcess(program);
    const char end = '\0';
    m_process->write(request + end + directory + end + command + end);
    m_stopWatch.start();
}

void Supervisor::startProcess(const QString &program)
{
    m_process->setProcessEnvironment(allowedEnvironment());
    ::fcntl(m_childFd, F_SETFD, 0); // nothing else is started meanwhile: there is one thread
    m_process->start(program, {QString::number(m_childFd)});
    ::close(m_childFd);
    m_childFd = -1;
}

void Supervisor::endCommand()
{
    if (m_process->state() == QProcess::NotRunning || m_patience.isActive())
        return;
    m_process->write(&EndWord, 1);
    m_patience.start();
}

QByteArray Supervisor::takeOutput()
{
    return m_process->readAllStandardOutput();
}

QByteArray Supervisor::takeError()
{
    return m_process->readAllStandardError();
}

bool Supervisor::openReport()
{
    int fds[2];
    if (::pipe2(fds, O_CLOEXEC) != 0)
        return false;
    m_reportFd = fds[0];
    m_childFd = fds[1];
    ::fcntl(m_reportFd, F_SETFL, O_NONBLOCK);
    m_reportNotifier = new QSocketNotifier(m_reportFd, QSocketNotifier::Read, this);
    connect(m_reportNotifier, &QSocketNotifier::activated, this, &Supervisor::readReport);
    return true;
}

void Supervisor::closeReport()
{
    if (m_reportFd < 0)
        return;
    m_reportNotifier->setEnabled(false);
    ::close(m_reportFd);
    m_reportFd = -1;
}

void Supervisor::fail(const QString &reason)
{
    closeReport();
    m_stopWatch.stop();
    m_report.isComplete = true;
    m_report.failure = reason;
    QMetaObject::invokeMethod(this, &Supervisor::ended, Qt::QueuedConnection);
}

void Supervisor::readReport()
{
    char buffer[256];
    ssize_t length = 0;
    while (m_reportFd >= 0 && (length = ::read(m_reportFd, buffer, sizeof buffer)) > 0)
        m_reportLine.append(buffer, length);
    if (length == 0)
        closeReport();
    for (qsizetype end = 0; (end = m_reportLine.indexOf('\n')) >= 0;) {
        const QByteArray line = m_reportLine.first(end);
        m_reportLine.remove(0, end + 1);
        handleLine(line);
    }
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
        const int error = words.value(2).toInt();
        const QString directory = QFile::decodeName(m_directory);
        m_report.isComplete = true;
        if (words.value(1) != "directory")
            m_report.failure = tr("cannot start /bin/sh: %1").arg(qt_error_string(error));
        else if (error == ENOENT)
            m_report.failure = tr("home directory %1 is gone").arg(directory);
        else
            m_report.failure = tr("home directory %1: %2").arg(directory, qt_error_string(error));
    }
}

void Supervisor::handleFinished()
{
    m_stopWatch.stop();
    m_patience.stop();
    readReport();
    closeReport();
    if (m_report.isComplete)
        Q_EMIT ended();
    else
        m_orphans.end(m_startTime);
}

void Supervisor::handleOrphansEnded(int left)
{
    m_report.foreign = left;
    Q_EMIT ended();
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
