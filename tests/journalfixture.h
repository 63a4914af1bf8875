// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journal.h"
#include "journalfile.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>

// What the tests of the journal share: a directory of their own, requests and their ends, a
// connection that changes the database behind the journal's back.
namespace JournalFixture {

inline Request request(const QByteArray &command, const QString &name = Request::newName())
{
    Request made;
    made.id = {1, 1};
    made.name = name;
    made.command = command;
    return made;
}

inline Outcome finished(int exitCode = 0)
{
    Outcome outcome;
    outcome.state = RequestState::Finished;
    outcome.exitCode = exitCode;
    outcome.hasRun = true;
    outcome.by = QStringLiteral("user");
    outcome.duration = std::chrono::milliseconds(12);
    outcome.limit = std::chrono::seconds(300);
    return outcome;
}

inline QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

inline bool writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

inline QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline QString scope()
{
    return QStringLiteral("127.0.0.1:8010/7");
}

// received, approved, running, finished, with that output in its file.
inline bool run(Journal *journal, const Request &request, const QByteArray &output = {})
{
    Outcome outcome = finished();
    outcome.standardOutput.total = output.size();
    const QString file =
        journal->outputDirectory() + QLatin1Char('/') + request.name + QLatin1String(".out");
    return journal->received(request, scope(), request.command) && journal->awaiting(request.name)
        && journal->approved(request, QStringLiteral("user")) && journal->running(request.name)
        && (output.isEmpty() || writeFile(file, output))
        && journal->ended(request, outcome, output.isEmpty() ? QByteArray() : sha256(output));
}

// Opens or fails the test with what open() says.
inline bool open(Journal *journal, const QString &directory)
{
    QString error;
    const bool ok = journal->open(directory, &error);
    if (!ok)
        qWarning("%s", qPrintable(error));
    return ok;
}

// Statements against the database of a directory, past the journal.
inline bool tamper(const QString &directory, const QStringList &statements)
{
    SqlConnection connection;
    bool ok = connection.open(directory + QStringLiteral("/journal.db"),
                              SqlConnection::Access::ReadWrite);
    for (const QString &statement : statements)
        ok = ok && connection.execute(statement);
    if (!ok)
        qWarning("%s", qPrintable(connection.lastError().text));
    return ok;
}

} // namespace JournalFixture
