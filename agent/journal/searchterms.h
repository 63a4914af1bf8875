// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "statement.h"

#include <QStringList>

// Makes the expression for the full text index from what somebody has typed: every word is found
// where a word begins with it. The few words that do are named one by one: left to itself the index
// puts all places of all of them together first, which takes long when one is common.
class SearchTerms final
{
public:
    explicit SearchTerms(SqlConnection *connection);

    // Nothing in text is syntax. Empty when there is no word that the index could hold.
    [[nodiscard]] QString match(const QString &text);

private:
    static constexpr int Limit = 50; // words named

    [[nodiscard]] QString expression(const QString &word, bool isLast);
    // Those of the index, in their order, one more than Limit at the most; empty when they cannot
    // be told.
    [[nodiscard]] QStringList beginningWith(const QString &word);

    SqlConnection *m_connection;
    Statement m_next;
    bool m_isPrepared = false;
};
