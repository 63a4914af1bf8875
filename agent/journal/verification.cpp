// SPDX-License-Identifier: Apache-2.0
#include "verification.h"

#include "datadirectory.h"
#include "schema.h"

#include <QDir>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

Verification::Verification(SqlConnection *connection, const QString &directory)
    : m_connection(connection), m_directory(directory),
      m_outputs(QDir(directory).filePath(u"outputs"_s))
{
}

JournalFile::Verdict Verification::run()
{
    // Before the snapshot: what a running agent adds meanwhile is beyond it, not missing.
    m_head = HeadRecord::read(m_directory);
    const bool isOurs = Schema::inspect(m_connection) == Schema::Finding::Ours;
    if (!isOurs || !m_connection->execute(u"BEGIN"_s)) {
        fail(1,
             isOurs ? tr("the journal cannot be read: %1").arg(m_connection->lastError().text)
                    : tr("the database of the journal is damaged, or holds what is not ours"));
        return m_verdict;
    }
    m_comparison.emplace(m_connection);
    readCheckpoints();
    followChain();
    if (m_verdict.firstBad == 0)
        checkHead();
    if (m_verdict.firstBad == 0)
        checkDifference();
    if (m_verdict.firstBad == 0)
        checkIndices();
    m_verdict.intact = m_verdict.firstBad == 0;
    if (!m_verdict.intact)
        return m_verdict;
    m_verdict.detail = tr("The journal is intact: %1 rows, the last one is %2.")
                           .arg(m_verdict.rows)
                           .arg(m_lastSeq);
    if (m_losses > 0)
        m_verdict.detail += u' '
            + tr("The machine went down %1 times before its last rows were on disk: see kind "
                 "chain.")
                  .arg(m_losses);
    return m_verdict;
}

qint64 Verification::firstBrokenRow(SqlError *error)
{
    readCheckpoints();
    followChain();
    *error = m_error;
    return m_verdict.firstBad;
}

void Verification::readCheckpoints()
{
    Statement rows(m_connection, u"SELECT data FROM journal WHERE kind = 'checkpoint'"_s);
    bool ok = rows.run();
    while (ok && rows.next()) {
        const QJsonObject data =
            QJsonDocument::fromJson(rows.value(0).toString().toUtf8()).object();
        m_checkpoints.insert(data["through"_L1].toInteger(), data["hash"_L1].toString().toLatin1());
    }
}

void Verification::followChain()
{
    Statement rows(m_connection,
                   "SELECT "_L1 + Chain::storedColumns() + " FROM journal ORDER BY seq"_L1);
    const bool ok = rows.run();
    while (ok && m_verdict.firstBad == 0 && rows.next())
        checkRow(Chain::storedRow(rows));
    m_error = rows.lastError();
    if (m_verdict.firstBad == 0 && m_error.isError())
        fail(m_lastSeq + 1, tr("cannot be read: %1").arg(m_error.text));
}

void Verification::checkRow(const Chain::StoredRow &row)
{
    // A pruned chain begins behind a row whose hash a checkpoint holds.
    if (m_lastSeq == 0 && m_checkpoints.contains(row.seq - 1)) {
        m_lastSeq = row.seq - 1;
        m_lastHash = m_checkpoints.value(m_lastSeq);
    }
    if (row.seq != m_lastSeq + 1)
        return fail(m_lastSeq + 1, tr("is missing"));
    if (!Chain::isIntact(m_lastHash, row))
        return fail(row.seq, tr("was changed: its hash does not fit"));
    if (m_head && m_head->seq == row.seq && m_head->hash != row.hash)
        return fail(row.seq, tr("is not the one that the file head names"));
    // Only ends of requests name files; those of one that was pruned went with it.
    if (m_comparison && m_comparison->take(row) == RequestProjection::Step::Ended)
        checkFiles(row);
    m_losses += row.kind == "chain" && row.data.contains("\"rows-lost\"") ? 1 : 0;
    m_lastSeq = row.seq;
    m_lastHash = row.hash;
    ++m_verdict.rows;
}

void Verification::checkFiles(const Chain::StoredRow &row)
{
    if (!row.data.contains("\"stdout\":") && !row.data.contains("\"stderr\":"))
        return; // parsed for nothing
    const QJsonObject data = QJsonDocument::fromJson(row.data).object();
    checkFile(row, data["stdout"_L1].toObject(), OutputFiles::Stream::Output);
    checkFile(row, data["stderr"_L1].toObject(), OutputFiles::Stream::Error);
}

void Verification::checkFile(const Chain::StoredRow &row, const QJsonObject &file,
                             OutputFiles::Stream stream)
{
    const QString request = QString::fromLatin1(row.request);
    const QByteArray expected = file["sha256"_L1].toString().toLatin1();
    if (expected.isEmpty() || !Chain::isWord(request))
        return;
    const QString path = m_outputs.path(request, stream);
    if (m_outputs.size(request, stream) == file["bytes"_L1].toInteger()
        && DataDirectory::sha256(path) == expected)
        return;
    if (isStillThere(m_comparison->projection().current().serial))
        fail(row.seq, tr("its output was changed or is missing: %1").arg(path));
}

void Verification::checkHead()
{
    if (!m_head)
        fail(m_lastSeq + 1,
             tr("the file head is missing or damaged: this row and later ones may be gone"));
    else if (m_head->seq > m_lastSeq)
        fail(m_lastSeq + 1, tr("is missing, with all up to row %1 at the end").arg(m_head->seq));
}

void Verification::checkDifference()
{
    using Kind = RequestComparison::Kind;
    m_comparison->finish();
    if (!m_comparison->difference())
        return;
    const auto &[kind, serial, request, error] = *m_comparison->difference();
    switch (kind) {
    case Kind::Changed:
        return fail(serial,
                    tr("request %1 is shown otherwise than it is in the chain").arg(request));
    case Kind::Missing:
        return fail(serial, tr("request %1 is in the chain, but is not shown").arg(request));
    case Kind::Added:
        return fail(serial, tr("request %1 is shown, but is not in the chain").arg(request));
    case Kind::Unreadable:
        return fail(1, tr("the requests cannot be read: %1").arg(error.text));
    }
}

// By which the requests are found.
void Verification::checkIndices()
{
    const QString result = m_connection->scalar(u"PRAGMA integrity_check(1)"_s).toString();
    if (result != "ok"_L1)
        fail(1, tr("an index of the database is damaged"));
}

bool Verification::isStillThere(qint64 serial) const
{
    SqlConnection now;
    return now.open(m_connection->path(), SqlConnection::Access::ReadOnly)
        && now.scalar(u"SELECT 1 FROM journal WHERE seq = %1"_s.arg(serial)).isValid();
}

void Verification::fail(qint64 seq, const QString &detail)
{
    if (m_verdict.firstBad != 0)
        return;
    m_verdict.firstBad = seq;
    m_verdict.detail = detail;
}
