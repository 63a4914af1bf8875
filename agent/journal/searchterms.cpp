// SPDX-License-Identifier: Apache-2.0
#include "searchterms.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

// The index holds nothing of a word without a letter or digit.
bool isIndexed(const QString &word)
{
    const QList<uint> characters = word.toUcs4();
    return std::any_of(characters.cbegin(), characters.cend(),
                       [](uint character) { return QChar::isLetterOrNumber(character); });
}

// One word of the index, which is folded as we would.
bool isSimple(const QString &word)
{
    return std::all_of(word.cbegin(), word.cend(),
                       [](QChar c) { return c.unicode() < 0x80 && c.isLetterOrNumber(); });
}

QString quoted(QString word)
{
    return u'"' + word.replace(u'"', "\"\""_L1) + u'"';
}

} // namespace

SearchTerms::SearchTerms(SqlConnection *connection)
    : m_connection(connection),
      m_next(connection, u"SELECT term FROM temp.search_terms WHERE term >= ? LIMIT 1"_s)
{
}

QString SearchTerms::match(const QString &text)
{
    QStringList words;
    for (QString word : text.simplified().split(u' ', Qt::SkipEmptyParts)) {
        word.remove(QChar(u'\0'));
        if (isIndexed(word))
            words.append(word);
    }
    words.removeDuplicates();
    QStringList parts;
    for (const QString &word : std::as_const(words))
        parts.append(expression(word, word == words.constLast()));
    return parts.join(" AND "_L1);
}

// One beginning of very many words may be put together by the index; with several it would take
// too long.
QString SearchTerms::expression(const QString &word, bool isLast)
{
    const QStringList terms = isSimple(word) ? beginningWith(word.toLower()) : QStringList();
    if (terms.isEmpty() || terms.size() > Limit)
        return quoted(word) + (isLast || terms.isEmpty() ? u"*"_s : QString());
    QStringList parts;
    for (const QString &term : terms)
        parts.append(quoted(term));
    return u'(' + parts.join(" OR "_L1) + u')';
}

// From each to the next without reading where it occurs: no word of the index goes on with U+0001.
QStringList SearchTerms::beginningWith(const QString &word)
{
    if (!std::exchange(m_isPrepared, true)
        && !m_connection->execute(u"CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_terms USING "
                                  "fts5vocab('main', 'requests_fts', 'instance')"_s))
        return {};
    QStringList terms;
    QString from = word;
    while (terms.size() <= Limit && m_next.run({from}) && m_next.next()) {
        const QString term = m_next.value(0).toString();
        if (!term.startsWith(word))
            break;
        terms.append(term);
        from = term + QChar(u'\x01');
    }
    m_next.finish();
    return terms;
}
