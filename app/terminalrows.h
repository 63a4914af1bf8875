// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QStringList>

// Rows for a terminal, none of them wider than it. A terminal that has to wrap a row goes on at its
// left edge, where words of ours stand, and what others wrote could pass for them. So it is wrapped
// here, and each of its rows begins with a margin of ours: a command's with "    1 | " or "      |
// ".
class TerminalRows final
{
public:
    explicit TerminalRows(int columns); // with fewer than TerminalSize::Least it is wrapped there
    // For lists: standard output. Programs get each line whole.
    [[nodiscard]] static TerminalRows forOutput();

    // text, which is ours or VisibleText's: behind the margin first, and next on each further row.
    void add(const QString &first, const QString &next, const QString &text);
    void add(const QString &ours) { add(QString(), QStringLiteral("  "), ours); }
    void addListed(const QString &ours, const QString &text); // a line of a list
    void addField(const QString &name, const QString &value);
    void addQuoted(const QString &text); // what somebody says
    void addCommand(const QByteArray &command); // its lines, numbered, and what to beware of

    [[nodiscard]] const QStringList &list() const { return m_rows; }
    [[nodiscard]] QString text() const; // a line each

private:
    int m_columns;
    QStringList m_rows;
};
