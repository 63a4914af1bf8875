// SPDX-License-Identifier: Apache-2.0
#include "journal.h"

#include "pruning.h"
#include "requesttable.h"
#include "rowdata.h"

#include <QLoggingCategory>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcJournal, "cometa.journal", QtInfoMsg)

void addFile(QJsonObject *data, QLatin1StringView key, const OutputFiles &files,
             const QString &request, OutputFiles::Stream stream, const QByteArray &sha256)
{
    if (!sha256.isEmpty())
        data->insert(key, RowData::file(files.size(request, stream), sha256));
}

} // namespace

Journal::Journal(QObject *parent) : Journal(&QDateTime::currentDateTimeUtc, parent) { }

Journal::Journal(const Clock &clock, QObject *parent) : QObject(parent), m_clock(clock) { }

Journal::~Journal()
{
    close();
}

bool Journal::open(const QString &directory, QString *errorString, Alive alive)
{
    close();
    if (!m_store.open(directory, errorString))
        return false;
    m_table = std::make_unique<RequestTable>(m_store.connection());
    m_writer = std::make_unique<StepWriter>(&m_store, m_table.get());
    if (!m_writer->openHead()) {
        *errorString = tr("%1/head cannot be opened for writing.").arg(this->directory());
        close();
        return false;
    }
    connect(m_writer.get(), &StepWriter::entryAdded, this, &Journal::entryAdded);
    connect(m_writer.get(), &StepWriter::requestChanged, this, &Journal::requestChanged);
    connect(m_writer.get(), &StepWriter::writableChanged, this, &Journal::writableChanged);
    m_outputs = OutputFiles(m_store.directory().outputPath());
    const StepWriter::Step begin = {
        .kind = u"chain"_s, .data = m_store.record(), .time = m_clock()};
    if (!begin.data.isEmpty() && !m_writer->write({begin}))
        m_writer->owe(begin);
    if (alive == Alive::End)
        endInterrupted();
    // A file that the chain names is kept whatever the table shows.
    m_outputs.sweep(
        [this](const QString &name) { return m_table->contains(name); },
        [this](const QSet<QString> &names) { return m_writer->chain()->requestsAmong(names); });
    return true;
}

void Journal::close()
{
    if (m_writer && !m_writer->payOwed())
        qCWarning(lcJournal) << m_writer->owedCount() << "steps could not be written";
    m_interrupted.clear();
    m_writer.reset();
    m_table.reset();
    m_store.close();
}

QString Journal::directory() const
{
    return m_store.directory().path();
}

QString Journal::outputDirectory() const
{
    return m_outputs.directory();
}

QString Journal::openOutputDirectory() const
{
    QString error;
    if (m_store.directory().makeOutputs(&error))
        return outputDirectory();
    qCWarning(lcJournal).noquote() << "Outputs are not kept:" << error;
    return {};
}

QString Journal::warning() const
{
    return m_store.warning();
}

bool Journal::isWritable() const
{
    return m_writer && m_writer->isWritable();
}

QString Journal::errorString() const
{
    return m_writer ? m_writer->errorString() : QString();
}

SqlConnection *Journal::connection()
{
    return m_store.connection();
}

bool Journal::received(const Request &request, const QString &scope, const QByteArray &message)
{
    return write({stepReceived(request, scope, message)});
}

bool Journal::receivedApproved(const Request &request, const QString &scope,
                               const QByteArray &message, const QString &by)
{
    StepWriter::Step first = stepReceived(request, scope, message);
    first.change = insertion(RowData::requestOf(request.name, first.data), scope, first.time,
                             RequestState::Approved, by);
    StepWriter::Step second = stepApproved(request, by);
    second.change = nullptr; // the first has done it
    return write({first, second});
}

bool Journal::awaiting(const QString &name)
{
    return write({stepOf(name, RequestState::AwaitingApproval)});
}

bool Journal::approved(const Request &request, const QString &by)
{
    return write({stepApproved(request, by)});
}

bool Journal::running(const QString &name)
{
    return write({stepOf(name, RequestState::Running)});
}

bool Journal::pendingSent(const QString &name)
{
    return write({{.kind = u"pending"_s,
                   .request = name,
                   .change = [this, name](qint64) { return m_table->setPending(name); },
                   .time = m_clock()}});
}

bool Journal::ended(const Request &request, const Outcome &outcome, const QByteArray &outputSha256,
                    const QByteArray &errorSha256)
{
    QJsonObject data = RowData::ended(outcome);
    addFile(&data, "stdout"_L1, m_outputs, request.name, OutputFiles::Stream::Output, outputSha256);
    addFile(&data, "stderr"_L1, m_outputs, request.name, OutputFiles::Stream::Error, errorSha256);
    StepWriter::Step step = endOf(request.name, outcome, data);
    if (request.kind != Request::Kind::Command)
        step.change = nullptr;
    if (!m_writer || m_writer->owedEnd(request.name))
        return false;
    const bool ok = write({step});
    const bool isOwed = !ok && !isWritable();
    if (isOwed)
        m_writer->owe(step);
    if (ok || isOwed)
        m_outputs.count(request.name);
    return ok;
}

bool Journal::note(const QString &kind, const QJsonObject &data, bool durable)
{
    const bool isOurs = kind == "chain"_L1 || kind == "checkpoint"_L1;
    return !isOurs && write({{.kind = kind, .data = data, .time = m_clock(), .durable = durable}});
}

QList<RequestRow> Journal::interrupted() const
{
    return m_interrupted;
}

std::optional<RequestRow> Journal::request(const QString &name) const
{
    const auto row = m_writer ? m_table->find(name) : std::nullopt;
    return row ? std::optional(withOwed(*row)) : std::nullopt;
}

QList<RequestRow> Journal::requests(const RequestFilter &filter) const
{
    QList<RequestRow> rows =
        m_writer ? m_table->page(filter).value_or(QList<RequestRow>()) : QList<RequestRow>();
    if (m_writer && m_writer->owedCount() > 0)
        std::transform(rows.begin(), rows.end(), rows.begin(),
                       [this](const RequestRow &row) { return withOwed(row); });
    return rows;
}

std::optional<RequestRow> Journal::requestAt(qint64 serial) const
{
    const auto row = m_writer ? m_table->at(serial) : std::nullopt;
    return row ? std::optional(withOwed(*row)) : std::nullopt;
}

qint64 Journal::firstSerial(const QDateTime &since) const
{
    return m_writer ? m_table->firstSince(since) : 0;
}

std::optional<RequestRow> Journal::previousRun(const QByteArray &command, qint64 before,
                                               qint64 from) const
{
    const auto serial = m_writer ? m_table->previousRun(command, before, from) : std::nullopt;
    return serial ? requestAt(*serial) : std::nullopt;
}

std::optional<JournalEntry> Journal::newest(const QString &kind, qint64 rows) const
{
    if (!m_writer || !m_writer->chain()->load())
        return std::nullopt;
    const qint64 from = m_writer->chain()->end().seq - rows + 1;
    const QList<JournalEntry> found = m_writer->chain()->entries(kind, 0, 1, from);
    return found.isEmpty() ? std::nullopt : std::optional(found.first());
}

QList<JournalEntry> Journal::entries(const QString &kind, qint64 beforeSeq, int limit) const
{
    return m_writer ? m_writer->chain()->entries(kind, beforeSeq, limit) : QList<JournalEntry>();
}

Outcome Journal::outcome(const RequestRow &row) const
{
    using Stream = OutputFiles::Stream;
    Outcome outcome = row.outcome;
    outcome.standardOutput = m_outputs.read(row.request.name, Stream::Output, row.outputBytes);
    outcome.standardError = m_outputs.read(row.request.name, Stream::Error, row.errorBytes);
    return outcome;
}

bool Journal::prune(const Retention &retention, bool *more)
{
    if (more)
        *more = false;
    if (!m_writer)
        return false;
    Pruning pruning(&m_store, m_table.get(), m_outputs.total());
    const QDateTime time = m_clock();
    if (!pruning.isNeeded(time.addDays(-retention.days), retention.bytes))
        return true;
    if (!write({{.kind = u"checkpoint"_s,
                 .data = pruning.record(),
                 .change = [&pruning](qint64) { return pruning.remove(); },
                 .time = time}}))
        return false;
    for (const QString &name : pruning.removedRequests())
        m_outputs.remove(name);
    m_store.releasePages();
    if (more)
        *more = true;
    return true;
}

bool Journal::write(const QList<StepWriter::Step> &steps)
{
    return m_writer && m_writer->write(steps);
}

StepWriter::Step Journal::stepReceived(const Request &request, const QString &scope,
                                       const QByteArray &message) const
{
    StepWriter::Step step = {.kind = stateName(RequestState::Received),
                             .request = request.name,
                             .data = RowData::received(request, scope, message),
                             .time = m_clock()};
    if (request.kind == Request::Kind::Command)
        step.change = insertion(RowData::requestOf(request.name, step.data), scope, step.time,
                                RequestState::Received, {});
    return step;
}

StepWriter::Change Journal::insertion(const Request &request, const QString &scope,
                                      const QDateTime &time, RequestState state,
                                      const QString &by) const
{
    return [this, request, scope, time, state, by](qint64 seq) {
        return m_table->insert(request, scope, seq, time, state, by);
    };
}

StepWriter::Step Journal::stepApproved(const Request &request, const QString &by) const
{
    StepWriter::Step step = stepOf(request.name, RequestState::Approved, by);
    step.data = RowData::approved(request, by);
    step.durable = true;
    return step;
}

StepWriter::Step Journal::stepOf(const QString &name, RequestState state, const QString &by) const
{
    return {
        .kind = stateName(state),
        .request = name,
        .change = [this, name, state, by](qint64) { return m_table->setState(name, state, by); },
        .time = m_clock()};
}

StepWriter::Step Journal::endOf(const QString &name, const Outcome &outcome,
                                const QJsonObject &data) const
{
    const Outcome end = RowData::outcomeOf(outcome.state, data);
    const QDateTime time = m_clock();
    return {.kind = stateName(outcome.state),
            .request = name,
            .data = data,
            .change = [this, name, end,
                       time](qint64 seq) { return m_table->end(name, end, seq, time); },
            .time = time,
            .end = end};
}

void Journal::endInterrupted()
{
    using Stream = OutputFiles::Stream;
    for (RequestRow row : m_table->alive()) {
        const QString name = row.request.name;
        Outcome outcome = row.outcome;
        outcome.state = RequestState::Interrupted;
        // An approved one may have begun, and "running" not have been written any more.
        outcome.hasRun = row.state == RequestState::Running || row.state == RequestState::Approved;
        outcome.standardOutput.total = m_outputs.size(name, Stream::Output);
        outcome.standardError.total = m_outputs.size(name, Stream::Error);
        QJsonObject data = RowData::ended(outcome);
        addFile(&data, "stdout"_L1, m_outputs, name, Stream::Output,
                DataDirectory::sha256(m_outputs.path(name, Stream::Output)));
        addFile(&data, "stderr"_L1, m_outputs, name, Stream::Error,
                DataDirectory::sha256(m_outputs.path(name, Stream::Error)));
        const StepWriter::Step step = endOf(name, outcome, data);
        if (!m_writer->write({step}))
            m_writer->owe(step);
        row.state = outcome.state;
        row.ended = step.time;
        row.outcome = outcome;
        row.outputBytes = outcome.standardOutput.total;
        row.errorBytes = outcome.standardError.total;
        m_interrupted.append(row);
    }
}

RequestRow Journal::withOwed(const RequestRow &row) const
{
    const StepWriter::Step *step = m_writer->owedEnd(row.request.name);
    if (!step)
        return row;
    RequestRow ended = row;
    ended.state = step->end->state;
    ended.ended = step->time;
    ended.by = step->end->by.isEmpty() ? row.by : step->end->by;
    ended.outcome = *step->end;
    ended.outputBytes = step->end->standardOutput.total;
    ended.errorBytes = step->end->standardError.total;
    return ended;
}
