// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QString>

#include <sys/types.h>

// The directory of one agent: made 0700 with its files 0600, whatever umask the program was started
// with, and locked for as long as this lives. Symbolic links and other users' files are refused.
class DataDirectory final
{
    Q_DECLARE_TR_FUNCTIONS(DataDirectory)

public:
    DataDirectory() = default;
    ~DataDirectory();
    Q_DISABLE_COPY_MOVE(DataDirectory)

    // Sets the umask of the process to 077. False with one line that says what to do.
    [[nodiscard]] bool open(const QString &path, QString *errorString);
    void close(); // gives the lock back
    [[nodiscard]] bool wasOpenToOthers() const { return m_wasOpenToOthers; } // to be written to

    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] QString databasePath() const;
    [[nodiscard]] QString outputPath() const;
    // Enforces owner and modes of database and head; makes an empty database where there is none.
    [[nodiscard]] bool secureFiles(QString *errorString);
    // Makes it when it is missing. False, with one line, when it is not our own.
    [[nodiscard]] bool makeOutputs(QString *errorString) const;
    // Renames the database with what SQLite keeps beside it, and the outputs, to NAME.damaged-TIME.
    // The database's new path; empty with one line when that failed.
    [[nodiscard]] QString setAside(QString *errorString);
    // What was made or renamed here is on disk.
    void sync() const;

    // Of a regular file; 0: there is none.
    [[nodiscard]] static qint64 fileSize(const QString &path);
    // Reads from a regular file that is no symbolic link, length bytes from offset at the most.
    [[nodiscard]] static QByteArray read(const QString &path, qint64 offset, qint64 length);
    // Hex SHA-256 of a regular file that is no symbolic link; empty when it cannot be read.
    [[nodiscard]] static QByteArray sha256(const QString &path);

private:
    [[nodiscard]] int openDirectory(const QString &path, QString *errorString) const;
    [[nodiscard]] bool takeLock(QString *errorString);
    void takeLogBack() const;
    [[nodiscard]] bool secureFile(const QByteArray &name, QString *errorString) const;

    QString m_path;
    int m_directory = -1;
    int m_lock = -1;
    bool m_wasOpenToOthers = false;
};
