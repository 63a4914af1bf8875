// SPDX-License-Identifier: Apache-2.0
#include "pagedquestion.h"

#include "terminalrows.h"
#include "terminalsize.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int promptRows = 2; // at most, for whether to go on

} // namespace

QString PagedQuestion::next(const TerminalSize &size)
{
    const qsizetype left = m_rows.size() - m_shown;
    m_asks = left == 0 || left + m_question.size() <= size.rows;
    const qsizetype most = std::max(1, size.rows - promptRows);
    const QStringList page = m_rows.sliced(m_shown, m_asks ? left : std::min(left, most));
    m_shown += page.size();
    TerminalRows more(size.columns);
    more.add(u"-- %1 of %2 rows -- %3"_s.arg(m_shown).arg(m_rows.size()).arg(m_goOn));
    m_prompt = (m_asks ? m_question : more.list()).join(u'\n');
    return (page + QStringList(m_prompt)).join(u'\n');
}
