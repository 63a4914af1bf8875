// SPDX-License-Identifier: Apache-2.0
#include "localserver.h"

#include "wire.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds StartLimit = 10s;
constexpr qint64 LongestLine = 4096; // bytes

} // namespace

LocalServer::LocalServer(const QString &program, QObject *parent)
    : QObject(parent), m_program(program)
{
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setStandardErrorFile(QProcess::nullDevice());
    // No survivor, even when this program is killed.
    m_process.setChildProcessModifier([parentId = getpid()] {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != parentId)
            _exit(1);
    });
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &LocalServer::readLine);
    connect(&m_process, &QProcess::finished, this, &LocalServer::handleEnd);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        m_limit.stop();
        Q_EMIT failed(tr("cometa-server could not be started: %1.").arg(m_process.errorString()));
    });
    connect(&m_limit, &Deadline::expired, this,
            [this] { end(tr("cometa-server was started, but does not answer.")); });
}

LocalServer::~LocalServer()
{
    m_process.disconnect(this);
    m_process.close(); // killed; it has nothing that could be lost
}

QString LocalServer::installedProgram()
{
    const QFileInfo program(QCoreApplication::applicationDirPath() + "/cometa-server"_L1);
    return program.isFile() && program.isExecutable() ? program.filePath() : QString();
}

void LocalServer::start(const QString &dataDirectory)
{
    if (m_application.port != 0) {
        Q_EMIT ready();
        return;
    }
    if (m_process.state() != QProcess::NotRunning)
        return;
    m_limit.start(StartLimit);
    m_process.start(m_program,
                    {u"--json"_s, u"--bind"_s, u"127.0.0.1"_s, u"--port"_s, u"0"_s, u"--data-dir"_s,
                     dataDirectory});
}

void LocalServer::readLine()
{
    if (m_application.port != 0) {
        m_process.readAllStandardOutput(); // nothing more is expected
        return;
    }
    if (!m_process.canReadLine())
        return;
    const QJsonObject line = QJsonDocument::fromJson(m_process.readLine(LongestLine)).object();
    const int port = line.value("port"_L1).toInt();
    const Application application{static_cast<quint16>(port), line.value("app_id"_L1).toString(),
                                  line.value("app_secret"_L1).toString()};
    if (port < 1 || port > 65535 || !Wire::isApplicationId(application.id))
        return end(tr("cometa-server gave an answer that was not understood."));
    m_limit.stop();
    m_application = application;
    Q_EMIT ready();
}

// failed() comes when it is gone, so that it can be started again at once.
void LocalServer::end(const QString &reason)
{
    m_reason = reason;
    m_process.kill();
}

void LocalServer::handleEnd()
{
    m_limit.stop();
    m_application = {};
    const QString reason = std::exchange(m_reason, {});
    Q_EMIT failed(reason.isEmpty() ? tr("cometa-server has ended.") : reason);
}
