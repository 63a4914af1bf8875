// SPDX-License-Identifier: Apache-2.0
#include "stepwriter.h"

#include "damagemark.h"
#include "requesttable.h"
#include "writeerror.h"

#include <QLoggingCategory>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(lcJournal, "cometa.journal", QtInfoMsg)

constexpr auto RetryInterval = 5s;

} // namespace

StepWriter::StepWriter(JournalDatabase *store, RequestTable *table, QObject *parent)
    : QObject(parent), m_store(store), m_table(table), m_chain(store->connection(), &m_head)
{
    m_retryTimer.setInterval(RetryInterval);
    connect(&m_retryTimer, &QTimer::timeout, this, &StepWriter::retry);
}

bool StepWriter::openHead()
{
    return m_head.open(m_store->directory().path());
}

bool StepWriter::write(const QList<Step> &steps)
{
    const bool wellFormed = std::all_of(steps.cbegin(), steps.cend(), [](const Step &step) {
        return Chain::isWord(step.kind) && (step.request.isEmpty() || Chain::isWord(step.request));
    });
    return wellFormed && payOwed() && attempt(steps) == Result::Written;
}

StepWriter::Result StepWriter::attempt(const QList<Step> &steps)
{
    const std::optional<SqlError> error = transact(steps);
    if (!error) {
        m_hasWritten = true;
        setWritable(true);
        for (const Step &step : steps) {
            Q_EMIT entryAdded(step.kind);
            if (!step.request.isEmpty())
                Q_EMIT requestChanged(step.request);
        }
        return Result::Written;
    }
    m_store->rollback();
    m_chain.rolledBack();
    if (!error->isError() || error->isDuplicate())
        return Result::Refused;
    if (error->isDamage())
        DamageMark::put(m_store->directory().path(), error->text);
    m_errorString = writeErrorText(*error, m_store->directory().path());
    setWritable(false);
    return Result::Failed;
}

std::optional<SqlError> StepWriter::transact(const QList<Step> &steps)
{
    const bool durable =
        std::any_of(steps.cbegin(), steps.cend(), [](const Step &step) { return step.durable; });
    if (!m_store->begin(durable))
        return m_store->lastError();
    for (const Step &step : steps) {
        if (const std::optional<SqlError> error = append(step))
            return error;
    }
    if (!m_store->commit())
        return m_store->lastError();
    m_chain.committed();
    return std::nullopt;
}

std::optional<SqlError> StepWriter::append(const Step &step)
{
    const std::optional<qint64> seq = m_chain.append(step.time, step.kind, step.request, step.data);
    if (!seq)
        return m_chain.lastError();
    if (step.change && !step.change(*seq))
        return m_table->lastError();
    return std::nullopt;
}

void StepWriter::owe(const Step &step)
{
    if (m_owed.size() >= MaximumOwed) {
        qCWarning(lcJournal) << "too many ends could not be written; the oldest is lost";
        m_owed.removeFirst();
    }
    m_owed.append(step);
    if (step.end)
        Q_EMIT requestChanged(step.request);
}

const StepWriter::Step *StepWriter::owedEnd(const QString &request) const
{
    const auto found = std::find_if(m_owed.cbegin(), m_owed.cend(), [&request](const Step &step) {
        return step.end && step.request == request;
    });
    return found != m_owed.cend() ? &*found : nullptr;
}

bool StepWriter::payOwed()
{
    while (!m_owed.isEmpty()) {
        // Taken out first: a slot of a signal may come back here.
        const Step step = m_owed.takeFirst();
        // What the tables refuse, the end of a request that could not be received, is dropped.
        if (attempt({step}) == Result::Failed) {
            m_owed.prepend(step);
            return false;
        }
    }
    return true;
}

void StepWriter::setWritable(bool writable)
{
    if (writable == m_writable)
        return;
    m_writable = writable;
    if (writable) {
        m_errorString.clear();
        m_retryTimer.stop();
    } else {
        if (m_hasWritten) // if not, whoever opens it is told
            qCWarning(lcJournal).noquote() << m_errorString;
        m_retryTimer.start();
    }
    Q_EMIT writableChanged(writable);
}

void StepWriter::retry()
{
    const bool paysSomething = !m_owed.isEmpty();
    if (!payOwed() || paysSomething)
        return;
    const Step probe = {.kind = u"journal"_s,
                        .data = {{u"event"_s, u"writable"_s}},
                        .time = QDateTime::currentDateTimeUtc()};
    if (attempt({probe}) != Result::Written)
        qCDebug(lcJournal) << "still not writable";
}
