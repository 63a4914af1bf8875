// SPDX-License-Identifier: Apache-2.0
#include "requestexport.h"

#include "chain.h"
#include "journal.h"
#include "requestquery.h"
#include "visibletext.h"
#include "wholefile.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int PageSize = 500; // requests
constexpr qint64 SliceSize = 100'000; // serials, where no index serves the filter

QByteArray cell(const QString &text)
{
    QByteArray bytes = text.toUtf8();
    // A spreadsheet would compute what begins like this.
    if (!bytes.isEmpty() && QByteArrayView("=+-@\t\r").contains(bytes.front()))
        bytes.prepend('\'');
    return '"' + bytes.replace('"', "\"\"") + '"';
}

QString visible(const QString &text)
{
    return VisibleText::encode(text.toUtf8());
}

QString timeOf(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QString signalOf(const Outcome &outcome)
{
    return outcome.signal > 0 ? signalName(outcome.signal) : QString();
}

} // namespace

RequestExport::RequestExport(Journal *journal, QObject *parent)
    : QObject(parent), m_journal(journal)
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &RequestExport::writePage);
}

bool RequestExport::start(const RequestFilter &filter, const QString &path, Format format,
                          QString *errorString)
{
    cancel();
    m_filter = filter;
    m_filter.limit = PageSize;
    m_filter.since = {}; // m_first is that
    m_format = format;
    m_count = 0;
    const QList<RequestRow> newest = m_journal->requests({.limit = 1});
    m_newest = newest.isEmpty() ? 0 : newest.constFirst().serial + 1;
    m_first = std::min(m_newest, m_journal->firstSerial(filter.since));
    m_filter.beforeSerial = m_newest;
    m_file = std::make_unique<QSaveFile>(path);
    const QByteArray head = format == Format::Csv ? csvHead() : "[";
    if (!m_file->open(QIODevice::WriteOnly)
        || !m_file->setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        || m_file->write(head) != head.size()) {
        *errorString = tr("%1 cannot be written: %2.").arg(path, m_file->errorString());
        m_file.reset();
        return false;
    }
    m_next.start(0ms);
    return true;
}

void RequestExport::cancel()
{
    m_next.stop();
    m_file.reset(); // without a commit nothing is left of it
}

void RequestExport::writePage()
{
    if (m_filter.beforeSerial <= m_first)
        return end();
    m_filter.fromSerial = RequestQuery::isDirect(m_filter)
        ? m_first
        : std::max(m_first, m_filter.beforeSerial - SliceSize);
    const QList<RequestRow> rows = m_journal->requests(m_filter);
    if (!write(rows)) {
        const QString error = m_file->errorString();
        cancel();
        Q_EMIT finished(tr("The file cannot be written: %1.").arg(error));
        return;
    }
    m_filter.beforeSerial = rows.size() < PageSize ? m_filter.fromSerial : rows.constLast().serial;
    m_next.start(0ms);
    Q_EMIT progressed(
        int((m_newest - m_filter.beforeSerial) * 100 / std::max<qint64>(1, m_newest - m_first)));
}

bool RequestExport::write(const QList<RequestRow> &rows)
{
    QByteArray text;
    for (const RequestRow &row : rows) {
        text += m_format == Format::Csv ? csvLine(row)
                                        : (m_count == 0 ? "\n" : ",\n") + jsonObject(row);
        ++m_count;
    }
    return m_file->write(text) == text.size();
}

void RequestExport::end()
{
    const bool ok =
        (m_format == Format::Csv || m_file->write("\n]\n") > 0) && WholeFile::commit(m_file.get());
    const QString error = ok ? QString() : m_file->errorString();
    cancel();
    Q_EMIT finished(ok ? QString() : tr("The file cannot be written: %1.").arg(error));
}

QByteArray RequestExport::csvHead()
{
    return "time,request,state,command,decided by,exit,signal,duration_ms,output_bytes,"
           "error_bytes,ended,from,reason,id,detail\r\n";
}

QByteArray RequestExport::csvLine(const RequestRow &row)
{
    const Outcome &outcome = row.outcome;
    const bool hasRun = outcome.hasRun;
    const auto number = [hasRun](qint64 value) {
        return hasRun ? QString::number(value) : QString();
    };
    const std::array cells{
        timeOf(row.received),
        visible(row.request.name),
        stateName(row.state),
        VisibleText::encode(row.request.command),
        visible(row.by),
        outcome.exitCode ? QString::number(*outcome.exitCode) : QString(),
        signalOf(outcome),
        number(outcome.duration.count()),
        number(row.outputBytes),
        number(row.errorBytes),
        timeOf(row.ended),
        visible(row.scope),
        visible(row.request.reason),
        visible(row.request.requesterId),
        visible(outcome.detail),
    };
    QByteArray line;
    for (const QString &text : cells)
        line += (line.isEmpty() ? "" : ",") + cell(text);
    return line + "\r\n";
}

QByteArray RequestExport::jsonObject(const RequestRow &row)
{
    const Outcome &outcome = row.outcome;
    QJsonObject object{{u"time"_s, timeOf(row.received)},
                       {u"request"_s, row.request.name},
                       {u"state"_s, stateName(row.state)},
                       {u"by"_s, row.by},
                       {u"from"_s, row.scope}};
    if (const std::optional<QString> command = row.request.commandText())
        object.insert(u"cmd"_s, *command);
    else
        object.insert(u"cmd_base64"_s, QString::fromLatin1(row.request.command.toBase64()));
    if (!row.request.reason.isEmpty())
        object.insert(u"reason"_s, row.request.reason);
    if (!row.request.requesterId.isNull())
        object.insert(u"id"_s, row.request.requesterId);
    if (row.ended.isValid())
        object.insert(u"ended"_s, timeOf(row.ended));
    if (!outcome.detail.isEmpty())
        object.insert(u"detail"_s, outcome.detail);
    if (outcome.hasRun) {
        object.insert(u"exit"_s, outcome.exitCode ? QJsonValue(*outcome.exitCode) : QJsonValue());
        object.insert(u"signal"_s,
                      outcome.signal > 0 ? QJsonValue(signalOf(outcome)) : QJsonValue());
        object.insert(u"duration_ms"_s, qint64(outcome.duration.count()));
        object.insert(u"stdout_bytes"_s, row.outputBytes);
        object.insert(u"stderr_bytes"_s, row.errorBytes);
    }
    return Chain::encode(object);
}
