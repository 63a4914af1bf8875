// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journalrows.h"

#include <QVariant>

// The SQL that finds the page of a filter in the table "requests", newest first. Each form is
// served by an index, so that a page costs the same among a hundred requests and among a million;
// but where text and states, or failures, are wanted together, rows of the index are looked at in
// vain: such a filter is not direct(), and a range of serials bounds what one query may cost.
class RequestQuery final
{
public:
    // match: for the full text index, what the filter's text says. from, before: from <= serial <
    // before. columns: of the table as r.
    RequestQuery(const RequestFilter &filter, const QString &match, qint64 from, qint64 before,
                 const QString &columns);

    [[nodiscard]] static bool isDirect(const RequestFilter &filter);

    [[nodiscard]] const QString &sql() const { return m_sql; } // empty: nothing can be found
    [[nodiscard]] const QVariantList &values() const { return m_values; }

private:
    void findText(const QString &match);
    void findStates();
    [[nodiscard]] QString stateCondition() const;

    const RequestFilter &m_filter;
    qint64 m_from;
    qint64 m_before;
    int m_limit;
    QString m_select;
    QString m_sql;
    QVariantList m_values;
};
