// SPDX-License-Identifier: Apache-2.0
#include "requestquery.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int PageLimit = 1000;
constexpr auto IsFailure = " AND (r.exit IS NOT 0 OR r.signal <> 0)"_L1;

QString marks(qsizetype count)
{
    return QStringList(count, u"?"_s).join(u',');
}

bool hasText(const RequestFilter &filter)
{
    return !filter.text.trimmed().isEmpty();
}

} // namespace

RequestQuery::RequestQuery(const RequestFilter &filter, const QString &match, qint64 from,
                           qint64 before, const QString &columns)
    : m_filter(filter), m_from(from), m_before(before),
      m_limit(std::clamp(filter.limit, 1, PageLimit)), m_select("SELECT "_L1 + columns)
{
    if (hasText(filter)) {
        if (!match.isEmpty())
            findText(match);
    } else if (!filter.states.isEmpty()) {
        findStates();
    } else {
        m_sql = m_select
            + "FROM requests r WHERE r.serial < ? AND r.serial >= ? "
              "ORDER BY r.serial DESC LIMIT ?"_L1;
        m_values = {m_before, m_from, m_limit};
    }
}

bool RequestQuery::isDirect(const RequestFilter &filter)
{
    return !filter.failuresOnly && (!hasText(filter) || filter.states.isEmpty());
}

void RequestQuery::findText(const QString &match)
{
    m_sql = m_select
        + "FROM requests_fts f JOIN requests r ON r.serial = f.rowid "
          "WHERE requests_fts MATCH ? AND f.rowid < ? AND f.rowid >= ? "_L1
        + stateCondition() + "ORDER BY f.rowid DESC LIMIT ?"_L1;
    m_values = {match, m_before, m_from};
    for (const RequestState state : m_filter.states)
        m_values.append(stateName(state));
    m_values.append(m_limit);
}

QString RequestQuery::stateCondition() const
{
    QString condition;
    if (!m_filter.states.isEmpty())
        condition = "AND r.state IN ("_L1 + marks(m_filter.states.size()) + ") "_L1;
    if (m_filter.failuresOnly)
        condition += "AND (r.state <> 'finished' OR r.exit IS NOT 0 OR r.signal <> 0) "_L1;
    return condition;
}

// One descent of an index a state: with IN (…) all rows of the states would be sorted.
void RequestQuery::findStates()
{
    QStringList descents;
    for (const RequestState state : m_filter.states) {
        const bool isFailure = m_filter.failuresOnly && state == RequestState::Finished;
        descents.append(
            "SELECT * FROM (SELECT serial FROM requests r WHERE state = ? AND ended_seq IS "_L1
            + (hasEnded(state) ? "NOT NULL"_L1 : "NULL"_L1) + (isFailure ? IsFailure : ""_L1)
            + " AND serial < ? AND serial >= ? ORDER BY serial DESC LIMIT ?)"_L1);
        m_values << stateName(state) << m_before << m_from << m_limit;
    }
    m_sql = m_select + "FROM requests r WHERE r.serial IN ("_L1 + descents.join(" UNION ALL "_L1)
        + ") ORDER BY r.serial DESC LIMIT ?"_L1;
    m_values.append(m_limit);
}
