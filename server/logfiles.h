// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>

// Sends the lines of the request log and all others to a file each, with time and level. What has
// no file goes to standard error. One per process, and the last to go.
class LogFiles final
{
public:
    LogFiles();
    ~LogFiles();
    Q_DISABLE_COPY_MOVE(LogFiles)

    // Also again, for example after the files were moved away; they are appended to, or made with
    // mode 0600. Empty: standard error; requestLog "off": nowhere. False with one line; what was
    // open then stays.
    [[nodiscard]] bool open(const QString &requestLog, const QString &errorLog,
                            QString *errorString);

private:
    struct Writer; // what Qt calls for each line
    QFile m_requests;
    QFile m_errors;
};
