// SPDX-License-Identifier: Apache-2.0
#include "shellwords.h"

#include <algorithm>

namespace {

// One pass over the bytes.
class Splitter final
{
public:
    explicit Splitter(const QByteArray &command) : m_command(command) { }

    QList<ShellWords::Simple> run()
    {
        while (m_at < m_command.size())
            take(m_command.at(m_at));
        endSimple(false, false);
        return m_list;
    }

private:
    void take(char c)
    {
        const char next = m_at + 1 < m_command.size() ? m_command.at(m_at + 1) : '\0';
        const bool expands = m_quote != '\'';
        if (m_quote != '\0' && c == m_quote) {
            m_quote = '\0';
        } else if (expands && c == '\\' && next != '\0') {
            append(next);
            ++m_at;
        } else if (expands && c == '$' && next == '(') {
            open(); // what is inside is run, quoted or not
            ++m_at;
        } else if (expands && c == '`') {
            m_isBackquoted ? close() : open();
            m_isBackquoted = !m_isBackquoted;
        } else if (m_quote != '\0') {
            append(c);
        } else if (c == '\'' || c == '"') {
            m_quote = c;
            m_hasWord = true;
        } else {
            takeUnquoted(c, next);
        }
        ++m_at;
    }

    void takeUnquoted(char c, char next)
    {
        switch (c) {
        case ' ':
        case '\t':
            endWord();
            break;
        case '|':
            endSimple(next != '|', false);
            m_at += next == '|' || next == '&' ? 1 : 0;
            break;
        case '&':
            if (m_isTarget) // 2>&1
                append(c);
            else if (next == '>')
                break;
            else
                endSimple(false, next != '&');
            break;
        case '(':
            open();
            break;
        case ')':
            close();
            break;
        case ';':
        case '\n':
        case '{':
        case '}':
            endSimple(false, false);
            break;
        case '>':
            endWord();
            m_isTarget = true;
            m_at += next == '>' || next == '|' ? 1 : 0;
            break;
        case '<':
            endWord();
            break;
        default:
            append(c);
        }
    }

    void open()
    {
        endSimple(false, false);
        m_outer.append(m_quote);
        m_quote = '\0';
    }

    void close()
    {
        endSimple(false, false);
        m_quote = m_outer.isEmpty() ? '\0' : m_outer.back();
        m_outer.chop(1);
    }

    void append(char c)
    {
        if (!m_hasWord && m_simple.words.isEmpty() && m_simple.targets.isEmpty())
            m_simple.begin = m_at;
        m_word += c;
        m_hasWord = true;
    }

    void endWord()
    {
        if (!m_hasWord)
            return;
        (m_isTarget ? m_simple.targets : m_simple.words).append(m_word);
        m_word.clear();
        m_hasWord = false;
        m_isTarget = false;
    }

    void endSimple(bool feeds, bool background)
    {
        endWord();
        if (!m_simple.words.isEmpty() || !m_simple.targets.isEmpty()) {
            m_simple.end = m_at;
            m_simple.isBackground = background;
            m_list.append(m_simple);
        }
        m_simple = {};
        m_simple.isFed = feeds;
    }

    const QByteArray &m_command;
    QList<ShellWords::Simple> m_list;
    ShellWords::Simple m_simple;
    QByteArray m_word;
    qsizetype m_at = 0;
    char m_quote = '\0';
    QByteArray m_outer; // the quotes around each ( that is open
    bool m_isBackquoted = false;
    bool m_hasWord = false;
    bool m_isTarget = false;
};

bool isAssignment(const QByteArray &word)
{
    const qsizetype equals = word.indexOf('=');
    return equals > 0 && std::all_of(word.cbegin(), word.cbegin() + equals, [](char c) {
               return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
                   || (c >= 'A' && c <= 'Z');
           });
}

} // namespace

QByteArray ShellWords::Simple::program() const
{
    static const QByteArrayList before{"env",  "exec",  "command", "nice",   "ionice", "time",
                                       "then", "do",    "else",    "if",     "while",  "until",
                                       "!",    "xargs", "nohup",   "setsid", "stdbuf", "timeout"};
    for (const QByteArray &word : words) {
        const QByteArray name = word.mid(word.lastIndexOf('/') + 1);
        const bool isArgument =
            word.startsWith('-') || (!word.isEmpty() && word.at(0) >= '0' && word.at(0) <= '9');
        if (!isAssignment(word) && !isArgument && !before.contains(name))
            return name;
    }
    return {};
}

QList<ShellWords::Simple> ShellWords::split(const QByteArray &command)
{
    return Splitter(command).run();
}
