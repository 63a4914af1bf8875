// SPDX-License-Identifier: Apache-2.0
#include "journalfile.h"

#include "chain.h"
#include "datadirectory.h"
#include "requesttable.h"
#include "sqlconnection.h"
#include "verification.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QIODevice>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(JournalFile)
};

bool openReadOnly(SqlConnection *connection, const QString &directory, QString *errorString)
{
    const QString path = QDir(directory).filePath(u"journal.db"_s);
    if (!QFileInfo::exists(path)) {
        *errorString = Text::tr("There is no journal in %1: check --data-dir.").arg(directory);
        return false;
    }
    // A copy on a medium that cannot be written: SQLite wants to put its files beside it otherwise.
    const bool isFrozen = !QFileInfo(directory).isWritable()
        && DataDirectory::fileSize(path + "-wal"_L1) == 0 && !QFileInfo::exists(path + "-shm"_L1);
    using Access = SqlConnection::Access;
    if (!connection->open(path, isFrozen ? Access::Immutable : Access::ReadOnly)) {
        *errorString = Text::tr("%1 cannot be read: %2.").arg(path, connection->lastError().text);
        return false;
    }
    return true;
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

// data stands as it was stored, so that the hash can be computed again from what is exported.
QByteArray jsonObject(const Chain::StoredRow &row)
{
    const QJsonObject object{{u"seq"_s, row.seq},
                             {u"time"_s, QString::fromUtf8(row.time)},
                             {u"kind"_s, QString::fromUtf8(row.kind)},
                             {u"request"_s, QString::fromUtf8(row.request)},
                             {u"hash"_s, QString::fromUtf8(row.hash)}};
    const bool isObject = QJsonDocument::fromJson(row.data).isObject();
    const QByteArray data = isObject
        ? row.data
        : Chain::encode({{u"text"_s, QString::fromUtf8(row.data)}}); // not written by the agent
    QByteArray json = Chain::encode(object);
    json.chop(1);
    return json + ",\"data\":" + data + '}';
}

} // namespace

JournalFile::Verdict JournalFile::verify(const QString &directory)
{
    SqlConnection connection;
    Verdict verdict;
    if (!openReadOnly(&connection, directory, &verdict.detail))
        return verdict;
    return Verification(&connection, directory).run();
}

bool JournalFile::exportTo(const QString &directory, Format format, QIODevice *target,
                           QString *errorString)
{
    SqlConnection connection;
    if (!openReadOnly(&connection, directory, errorString))
        return false;
    Statement rows(&connection,
                   "SELECT "_L1 + Chain::storedColumns() + " FROM journal ORDER BY seq"_L1);
    bool ok = rows.run();
    const bool isCsv = format == Format::Csv;
    ok = ok && target->write(isCsv ? "seq,time,kind,request,data,hash\r\n" : "[") > 0;
    for (bool isFirst = true; ok && rows.next(); isFirst = false) {
        const Chain::StoredRow row = Chain::storedRow(rows);
        const QByteArray line = isCsv ? csvLine(row) : (isFirst ? "\n" : ",\n") + jsonObject(row);
        ok = target->write(line) == line.size();
    }
    ok = ok && !rows.lastError().isError() && (isCsv || target->write("\n]\n") > 0);
    if (!ok)
        *errorString =
            Text::tr("The journal could not be exported: %1.")
                .arg(rows.lastError().isError() ? rows.lastError().text : target->errorString());
    return ok;
}

std::optional<QList<RequestRow>>
JournalFile::search(const QString &directory, const RequestFilter &filter, QString *errorString)
{
    SqlConnection connection;
    if (!openReadOnly(&connection, directory, errorString))
        return std::nullopt;
    RequestTable table(&connection);
    const std::optional<QList<RequestRow>> rows = table.page(filter);
    if (!rows)
        *errorString = Text::tr("The journal cannot be searched: %1.").arg(table.lastError().text);
    return rows;
}

std::optional<QJsonObject> JournalFile::newest(const QString &directory, const QString &kind,
                                               QString *errorString)
{
    SqlConnection connection;
    if (!openReadOnly(&connection, directory, errorString))
        return std::nullopt;
    Chain chain(&connection, nullptr);
    const QList<JournalEntry> rows = chain.entries(kind, 0, 1);
    if (chain.lastError().isError()) {
        *errorString = Text::tr("The journal cannot be read: %1.").arg(chain.lastError().text);
        return std::nullopt;
    }
    return rows.isEmpty() ? QJsonObject() : rows.constFirst().data;
}
