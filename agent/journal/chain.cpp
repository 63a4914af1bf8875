// SPDX-License-Identifier: Apache-2.0
#include "chain.h"

#include "sha256.h"

#include <QJsonDocument>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>

using namespace std::chrono;
using namespace Qt::StringLiterals;

namespace {

constexpr int HashDigits = 64;
constexpr int WordLength = 32;

// As Qt::ISODateWithMs in UTC; QDateTime takes as long for it as the row takes to be stored.
QByteArray timeText(const QDateTime &time)
{
    const auto sinceEpoch = milliseconds(time.toMSecsSinceEpoch());
    const auto days = floor<std::chrono::days>(sinceEpoch);
    const year_month_day date{sys_days(days)};
    const hh_mm_ss clock(sinceEpoch - days);
    char text[64];
    const int length = std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02ld:%02ld:%02ld.%03ldZ",
                                     int(date.year()), unsigned(date.month()), unsigned(date.day()),
                                     clock.hours().count(), clock.minutes().count(),
                                     clock.seconds().count(), clock.subseconds().count());
    return QByteArray(text, length);
}

JournalEntry entryOf(const Statement &row)
{
    return {
        .seq = row.value(0).toLongLong(),
        .time = QDateTime::fromString(row.value(1).toString(), Qt::ISODateWithMs),
        .kind = row.value(2).toString(),
        .request = row.value(3).toString(),
        .data = QJsonDocument::fromJson(row.value(4).toString().toUtf8()).object(),
        .hash = row.value(5).toString().toLatin1(),
    };
}

} // namespace

Chain::Chain(SqlConnection *connection, HeadRecord *head)
    : m_head(head),
      m_last(connection, u"SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1"_s),
      m_insert(connection,
               u"INSERT INTO journal (seq, time, kind, request, data, hash) "
               "VALUES (?, ?, ?, ?, ?, ?)"_s),
      m_page(connection,
             u"SELECT seq, time, kind, request, data, hash FROM journal WHERE seq < ? "
             "ORDER BY seq DESC LIMIT ?"_s),
      m_pageOfKind(connection,
                   u"SELECT seq, time, kind, request, data, hash FROM journal "
                   "WHERE kind = ? AND seq >= ? AND seq < ? ORDER BY seq DESC LIMIT ?"_s),
      m_received(connection, u"SELECT request FROM journal WHERE kind = 'received'"_s)
{
}

bool Chain::load()
{
    m_known = m_last.run();
    m_error = m_last.lastError();
    m_end = {0, firstHash()};
    if (m_known && m_last.next())
        m_end = {m_last.value(0).toLongLong(), m_last.value(1).toString().toLatin1()};
    m_last.finish();
    return m_known;
}

std::optional<qint64> Chain::append(const QDateTime &time, const QString &kind,
                                    const QString &request, const QJsonObject &data)
{
    if (!m_known && !load())
        return std::nullopt;
    StoredRow row = {
        .seq = m_end.seq + 1,
        .time = timeText(time),
        .kind = kind.toLatin1(),
        .request = request.toLatin1(),
        .data = encode(data),
        .hash = {},
    };
    row.hash = hashOf(m_end.hash, row);
    const bool ok = m_insert.run({row.seq, QString::fromLatin1(row.time), kind, request,
                                  QString::fromLatin1(row.data), QString::fromLatin1(row.hash)});
    m_error = m_insert.lastError();
    m_insert.finish();
    if (!ok)
        return std::nullopt;
    m_end = {row.seq, row.hash};
    return row.seq;
}

void Chain::committed()
{
    m_head->write(m_end.seq, m_end.hash);
}

void Chain::rolledBack()
{
    m_known = false;
}

QList<JournalEntry> Chain::entries(const QString &kind, qint64 beforeSeq, int limit, qint64 fromSeq)
{
    const qint64 before = beforeSeq > 0 ? beforeSeq : std::numeric_limits<qint64>::max();
    const int rows = std::clamp(limit, 1, 1000);
    Statement &page = kind.isEmpty() ? m_page : m_pageOfKind;
    const bool ok =
        kind.isEmpty() ? page.run({before, rows}) : page.run({kind, fromSeq, before, rows});
    QList<JournalEntry> list;
    while (ok && page.next())
        list.append(entryOf(page));
    page.finish();
    return list;
}

QSet<QString> Chain::requestsAmong(const QSet<QString> &names)
{
    QSet<QString> found;
    const bool ok = m_received.run();
    while (ok && m_received.next()) {
        const QString name = m_received.value(0).toString();
        if (names.contains(name))
            found.insert(name);
    }
    m_error = m_received.lastError();
    m_received.finish();
    return m_error.isError() ? names : found;
}

QByteArray Chain::firstHash()
{
    return QByteArray(HashDigits, '0');
}

QByteArray Chain::hashOf(const QByteArray &before, const StoredRow &row)
{
    Sha256 hash;
    for (const QByteArray &part :
         {before, QByteArray::number(row.seq), row.time, row.kind, row.request}) {
        hash.addData(part);
        hash.addData(QByteArrayView("\n"));
    }
    hash.addData(row.data);
    return hash.takeHex();
}

bool Chain::isIntact(const QByteArray &before, const StoredRow &row)
{
    const bool oneLine =
        !row.time.contains('\n') && !row.kind.contains('\n') && !row.request.contains('\n');
    return oneLine && row.hash == hashOf(before, row);
}

QByteArray Chain::encode(const QJsonObject &data)
{
    const QByteArray json = QJsonDocument(data).toJson(QJsonDocument::Compact);
    const auto isPlain = [](char c) { return c >= ' ' && c < '\x7f'; };
    if (std::all_of(json.cbegin(), json.cend(), isPlain))
        return json;
    // Beyond ASCII there is nothing but the inside of strings, where an escape means the same.
    QByteArray ascii;
    ascii.reserve(json.size() * 2);
    for (const QChar c : QString::fromUtf8(json)) {
        const ushort unit = c.unicode();
        if (unit >= ' ' && unit < 0x7f)
            ascii += char(unit);
        else
            ascii += "\\u" + QByteArray::number(unit, 16).rightJustified(4, '0');
    }
    return ascii;
}

bool Chain::isWord(QStringView word)
{
    const auto isAllowed = [](QChar c) {
        return c == u'-' || (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z')
            || (c >= u'A' && c <= u'Z');
    };
    return !word.isEmpty() && word.size() <= WordLength
        && std::all_of(word.cbegin(), word.cend(), isAllowed);
}

QDateTime Chain::timeOf(const StoredRow &row)
{
    return QDateTime::fromString(QString::fromLatin1(row.time), Qt::ISODateWithMs);
}

QString Chain::storedColumns()
{
    return u"seq, CAST(time AS BLOB), CAST(kind AS BLOB), CAST(request AS BLOB), "
           "CAST(data AS BLOB), CAST(hash AS BLOB)"_s;
}

Chain::StoredRow Chain::storedRow(const Statement &query)
{
    return {
        .seq = query.value(0).toLongLong(),
        .time = query.value(1).toByteArray(),
        .kind = query.value(2).toByteArray(),
        .request = query.value(3).toByteArray(),
        .data = query.value(4).toByteArray(),
        .hash = query.value(5).toByteArray(),
    };
}
