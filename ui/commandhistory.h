// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

class Journal;

// What came of a command before, in a sentence. Looks back over a bounded part of the journal, so
// that a prompt never waits for it.
class CommandHistory final
{
public:
    explicit CommandHistory(const Journal *journal) : m_journal(journal) { }

    // "Last time: 2 hours ago…"; empty: it was not run.
    [[nodiscard]] QString lastTime(const QByteArray &command, const QString &scope) const;
    // How often exactly this was run so far.
    [[nodiscard]] QString matches(const QByteArray &command, const QString &scope) const;
    // How often a rule has decided about exactly this, and when the last time.
    [[nodiscard]] QString uses(const QByteArray &command, const QString &scope) const;

private:
    const Journal *m_journal;
};
