// SPDX-License-Identifier: Apache-2.0
#include "requestprojection.h"

#include "rowdata.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

QJsonObject dataOf(const Chain::StoredRow &row)
{
    return QJsonDocument::fromJson(row.data).object();
}

} // namespace

RequestProjection::Step RequestProjection::take(const Chain::StoredRow &row)
{
    if (row.request.isEmpty())
        return Step::Other;
    const std::optional<RequestState> state = stateFromName(QString::fromLatin1(row.kind));
    if (state == RequestState::Received)
        return begin(row);
    const auto found = m_alive.find(row.request);
    if (found == m_alive.end())
        return Step::Other;
    if (state && hasEnded(*state))
        return end(row, *state);
    if (row.kind == "pending")
        found->pendingSent = true;
    if (!state)
        return Step::Other;
    found->state = *state;
    found->outcome.state = *state;
    if (*state == RequestState::Approved)
        found->by = found->outcome.by = dataOf(row)["by"_L1].toString();
    return Step::Other;
}

RequestProjection::Step RequestProjection::begin(const Chain::StoredRow &row)
{
    const QJsonObject data = dataOf(row);
    if (data.contains("op"_L1)) // a question, which is in no table
        return Step::Other;
    m_current = {};
    m_current.request = RowData::requestOf(QString::fromLatin1(row.request), data);
    m_current.scope = data["scope"_L1].toString();
    m_current.received = Chain::timeOf(row);
    m_current.outcome.state = m_current.state;
    m_current.serial = row.seq;
    m_alive.insert(row.request, m_current);
    return Step::Began;
}

RequestProjection::Step RequestProjection::end(const Chain::StoredRow &row, RequestState state)
{
    m_current = m_alive.take(row.request);
    m_current.state = state;
    m_current.ended = Chain::timeOf(row);
    m_current.endedSeq = row.seq;
    m_current.outcome = RowData::outcomeOf(state, dataOf(row));
    m_current.outputBytes = m_current.outcome.standardOutput.total;
    m_current.errorBytes = m_current.outcome.standardError.total;
    m_current.outcome.standardOutput = {}; // as it is read from the table
    m_current.outcome.standardError = {};
    if (m_current.outcome.by.isEmpty())
        m_current.outcome.by = m_current.by;
    m_current.by = m_current.outcome.by;
    return Step::Ended;
}
