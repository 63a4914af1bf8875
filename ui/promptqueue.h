// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSet>
#include <QString>
#include <QStringList>

// Which request the prompt shows. What is shown changes only by the owner's action, or when nothing
// is shown: a new request never takes another's place, and one that has ended stays to say so.
class PromptQueue final
{
public:
    void add(const QString &name); // at the end; no effect when it is known
    void end(const QString &name); // it cannot be decided any more

    // The owner's actions.
    void advance(); // done with what is shown: the next one, or nothing
    void postpone(); // later: it waits on, and is shown again only by review()
    void review(const QString &name); // show this one now; what was shown waits on
    void putNext(const QString &name); // show this one after what is shown now

    [[nodiscard]] QString shown() const { return m_shown; } // empty: nothing
    [[nodiscard]] bool shownHasEnded() const
    {
        return !m_shown.isEmpty() && !m_names.contains(m_shown);
    }
    [[nodiscard]] int count() const; // what is shown and what comes after it

private:
    void showNext();

    QStringList m_names; // alive, in the order of arrival
    QSet<QString> m_postponed;
    QString m_shown;
};
