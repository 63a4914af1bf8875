// SPDX-License-Identifier: Apache-2.0
#include "shellline.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace {

constexpr std::array keywords{"case"_L1, "do"_L1,   "done"_L1,  "elif"_L1, "else"_L1,
                              "esac"_L1, "fi"_L1,   "for"_L1,   "if"_L1,   "in"_L1,
                              "then"_L1, "time"_L1, "until"_L1, "while"_L1};

// Stands for itself wherever it is in a line; "=" would make an assignment, "~" a directory.
bool isPlain(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9')
        || "_-+:,./@%"_L1.contains(c);
}

} // namespace

QString ShellLine::quoted(const QString &word)
{
    const bool isKeyword = std::find(keywords.begin(), keywords.end(), word) != keywords.end();
    if (!word.isEmpty() && !isKeyword && std::all_of(word.begin(), word.end(), isPlain))
        return word;
    return u'\'' + QString(word).replace(u'\'', "'\\''"_L1) + u'\'';
}

QString ShellLine::joined(const QStringList &words)
{
    if (words.size() == 1)
        return words.constFirst();
    QStringList line;
    for (const QString &word : words)
        line += quoted(word);
    return line.join(u' ');
}
