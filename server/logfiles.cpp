// SPDX-License-Identifier: Apache-2.0
#include "logfiles.h"

#include "serverlog.h"

#include <QCoreApplication>
#include <QDateTime>

using namespace Qt::StringLiterals;

namespace {

LogFiles *g_files = nullptr; // what the message handler writes to
QtMessageHandler g_before = nullptr;

QByteArray level(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return " debug ";
    case QtInfoMsg:
        return " info ";
    case QtWarningMsg:
        return " warning ";
    case QtCriticalMsg:
    case QtFatalMsg:
        break;
    }
    return " error ";
}

// Under a name of its own first, so that one that cannot be opened changes nothing.
bool canAppend(const QString &path, QString *errorString)
{
    QFile file(path);
    const bool isNew = !file.exists();
    if (path.isEmpty())
        return true;
    if (file.open(QIODevice::Append)) {
        if (isNew)
            file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        return true;
    }
    *errorString = QCoreApplication::translate("LogFiles", "The log %1 cannot be written: %2.")
                       .arg(path, file.errorString());
    return false;
}

void append(QFile *file, const QString &path)
{
    file->close();
    file->setFileName(path);
    if (!path.isEmpty())
        (void)file->open(QIODevice::Append | QIODevice::Unbuffered);
}

} // namespace

struct LogFiles::Writer
{
    static void write(QtMsgType type, const QMessageLogContext &context, const QString &message)
    {
        const bool isRequest = qstrcmp(context.category, lcRequest().categoryName()) == 0;
        QFile &file = isRequest ? g_files->m_requests : g_files->m_errors;
        if (!file.isOpen())
            return g_before(type, context, message);
        const QByteArray time =
            QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1();
        file.write(time + (isRequest ? " " : level(type)) + message.toUtf8() + '\n');
    }
};

LogFiles::LogFiles()
{
    g_files = this;
    g_before = qInstallMessageHandler(&Writer::write);
}

LogFiles::~LogFiles()
{
    qInstallMessageHandler(g_before);
    g_files = nullptr;
}

bool LogFiles::open(const QString &requestLog, const QString &errorLog, QString *errorString)
{
    const bool isOff = requestLog == "off"_L1;
    const QString requests = isOff ? QString() : requestLog;
    if (!canAppend(requests, errorString) || !canAppend(errorLog, errorString))
        return false;
    append(&m_requests, requests);
    append(&m_errors, errorLog);
    QLoggingCategory::setFilterRules(isOff ? u"cometa.server.request=false"_s : QString());
    return true;
}
