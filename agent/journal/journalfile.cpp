// SPDX-License-Identifier: Apache-2.0
#include "journalfile.h"

#include "chain.h"
#include "datadirectory.h"
#include "headrecord.h"
#include "outputfiles.h"
#include "requesttable.h"
#include "sqlconnection.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QIODevice>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("JournalFile", source);
}

bool openReadOnly(SqlConnection *connection, const QString &directory, QString *errorString)
{
    const QString path = QDir(directory).filePath(u"journal.db"_s);
    if (!QFileInfo::exists(path)) {
        *errorString = text("There is no journal in %1: check --data-dir.").arg(directory);
        return false;
    }
    if (!connection->open(path, SqlConnection::Access::ReadOnly)) {
        *errorString = text("%1 cannot be read: %2.").arg(path, connection->lastError().text());
        return false;
    }
    return true;
}

// Follows the chain row by row.
class Verification
{
public:
    explicit Verification(const QString &directory) : m_directory(directory) { }

    JournalFile::Verdict run();

private:
    void check(const Chain::StoredRow &row, const QHash<qint64, QByteArray> &checkpoints);
    void checkHead();
    void checkFile(const Chain::StoredRow &row, QLatin1StringView member,
                   OutputFiles::Stream stream);
    void fail(qint64 seq, const QString &detail);

    QString m_directory;
    JournalFile::Verdict m_verdict;
    qint64 m_lastSeq = 0;
    QByteArray m_lastHash = Chain::firstHash();
};

void Verification::fail(qint64 seq, const QString &detail)
{
    if (m_verdict.firstBad != 0)
        return;
    m_verdict.firstBad = seq;
    m_verdict.detail = detail;
}

// A pruned chain begins behind a row whose hash a checkpoint holds.
QHash<qint64, QByteArray> readCheckpoints(const SqlConnection &connection)
{
    QHash<qint64, QByteArray> checkpoints;
    Statement rows(connection.database(), u"SELECT data FROM journal WHERE kind = 'checkpoint'"_s);
    for (bool ok = rows.run({}); ok && rows.next();) {
        const QJsonObject data = QJsonDocument::fromJson(rows.value(0).toByteArray()).object();
        checkpoints.insert(data[u"through"_s].toInteger(), data[u"hash"_s].toString().toLatin1());
    }
    return checkpoints;
}

JournalFile::Verdict Verification::run()
{
    SqlConnection connection;
    QString error;
    if (!openReadOnly(&connection, m_directory, &error)) {
        m_verdict.detail = error;
        return m_verdict;
    }
    const QHash<qint64, QByteArray> checkpoints = readCheckpoints(connection);
    QSqlQuery rows(connection.database());
    rows.setForwardOnly(true);
    if (!rows.exec("SELECT "_L1 + Chain::storedColumns() + " FROM journal ORDER BY seq"_L1)) {
        m_verdict.detail = text("The journal cannot be read: %1.").arg(rows.lastError().text());
        return m_verdict;
    }
    while (rows.next() && m_verdict.firstBad == 0)
        check(Chain::storedRow(rows), checkpoints);
    if (m_verdict.firstBad == 0 && rows.lastError().isValid())
        fail(m_lastSeq + 1, text("The journal cannot be read: %1.").arg(rows.lastError().text()));
    if (m_verdict.firstBad == 0)
        checkHead();
    m_verdict.intact = m_verdict.firstBad == 0;
    if (m_verdict.intact)
        m_verdict.detail = text("The journal is intact: %1 rows, the last one is %2.")
                               .arg(m_verdict.rows)
                               .arg(m_lastSeq);
    return m_verdict;
}

void Verification::check(const Chain::StoredRow &row, const QHash<qint64, QByteArray> &checkpoints)
{
    if (m_lastSeq == 0 && row.seq > 1 && checkpoints.contains(row.seq - 1)) {
        m_lastSeq = row.seq - 1;
        m_lastHash = checkpoints.value(row.seq - 1);
    }
    if (row.seq != m_lastSeq + 1)
        return fail(m_lastSeq + 1, text("Row %1 is missing.").arg(m_lastSeq + 1));
    if (!Chain::isIntact(m_lastHash, row))
        return fail(row.seq, text("Row %1 was changed: its hash does not fit.").arg(row.seq));
    checkFile(row, "stdout"_L1, OutputFiles::Stream::Output);
    checkFile(row, "stderr"_L1, OutputFiles::Stream::Error);
    m_lastSeq = row.seq;
    m_lastHash = row.hash;
    ++m_verdict.rows;
}

void Verification::checkFile(const Chain::StoredRow &row, QLatin1StringView member,
                             OutputFiles::Stream stream)
{
    const QJsonObject file = QJsonDocument::fromJson(row.data).object()[member].toObject();
    const QByteArray expected = file[u"sha256"_s].toString().toLatin1();
    if (expected.isEmpty())
        return;
    const OutputFiles files(QDir(m_directory).filePath(u"outputs"_s));
    const QString path = files.path(QString::fromLatin1(row.request), stream);
    if (DataDirectory::sha256(path) != expected)
        fail(row.seq,
             text("Row %1: the output file %2 was changed or is missing.").arg(row.seq).arg(path));
}

// It may lag a row behind, and is ahead only when the end of the chain was cut off.
void Verification::checkHead()
{
    const std::optional<HeadRecord::Value> head = HeadRecord::read(m_directory);
    if (!head)
        return fail(m_lastSeq + 1,
                    text("The head record is missing: rows behind %1 may be gone.").arg(m_lastSeq));
    if (head->seq > m_lastSeq)
        fail(m_lastSeq + 1,
             text("Rows %1 to %2 are missing at the end.").arg(m_lastSeq + 1).arg(head->seq));
    else if (head->seq == m_lastSeq && head->seq > 0 && head->hash != m_lastHash)
        fail(m_lastSeq, text("Row %1 is not the one that the head record names.").arg(m_lastSeq));
}

QByteArray csvField(QByteArray field)
{
    return '"' + field.replace('"', "\"\"") + '"';
}

QByteArray csvLine(const Chain::StoredRow &row)
{
    return QByteArray::number(row.seq) + ',' + csvField(row.time) + ',' + csvField(row.kind) + ','
        + csvField(row.request) + ',' + csvField(row.data) + ',' + csvField(row.hash) + "\r\n";
}

QByteArray jsonObject(const Chain::StoredRow &row)
{
    const QJsonObject object{{u"seq"_s, row.seq},
                             {u"time"_s, QString::fromUtf8(row.time)},
                             {u"kind"_s, QString::fromUtf8(row.kind)},
                             {u"request"_s, QString::fromUtf8(row.request)},
                             {u"data"_s, QJsonDocument::fromJson(row.data).object()},
                             {u"hash"_s, QString::fromUtf8(row.hash)}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

JournalFile::Verdict JournalFile::verify(const QString &directory)
{
    return Verification(directory).run();
}

bool JournalFile::exportTo(const QString &directory, Format format, QIODevice *target,
                           QString *errorString)
{
    SqlConnection connection;
    if (!openReadOnly(&connection, directory, errorString))
        return false;
    QSqlQuery rows(connection.database());
    rows.setForwardOnly(true);
    bool ok = rows.exec("SELECT "_L1 + Chain::storedColumns() + " FROM journal ORDER BY seq"_L1);
    const bool isCsv = format == Format::Csv;
    ok = ok && target->write(isCsv ? "seq,time,kind,request,data,hash\r\n" : "[") > 0;
    for (bool isFirst = true; ok && rows.next(); isFirst = false) {
        const Chain::StoredRow row = Chain::storedRow(rows);
        const QByteArray line = isCsv ? csvLine(row) : (isFirst ? "\n" : ",\n") + jsonObject(row);
        ok = target->write(line) == line.size();
    }
    ok = ok && !rows.lastError().isValid() && (isCsv || target->write("\n]\n") > 0);
    if (!ok)
        *errorString =
            text("The journal could not be exported: %1.")
                .arg(rows.lastError().isValid() ? rows.lastError().text() : target->errorString());
    return ok;
}

std::optional<QList<RequestRow>>
JournalFile::search(const QString &directory, const RequestFilter &filter, QString *errorString)
{
    SqlConnection connection;
    if (!openReadOnly(&connection, directory, errorString))
        return std::nullopt;
    RequestTable table(connection.database());
    const std::optional<QList<RequestRow>> rows = table.page(filter);
    if (!rows)
        *errorString = text("The journal cannot be searched: %1.").arg(table.lastError().text());
    return rows;
}
