// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rulefile.h"
#include "rules.h"

#include <QObject>

#include <memory>

class Journal;

// The owner's rules as they are kept: in force for matching, in a file over restarts, and each
// change in the journal with the file's SHA-256. A file that is not the one that the journal knows
// was changed by somebody else, and is off until the owner has looked at it; that is looked for
// before each change and each use.
class RuleBook final : public QObject
{
    Q_OBJECT

public:
    // The journal outlives this.
    explicit RuleBook(Journal *journal, Rules::Clock clock = Rules::systemNow,
                      QObject *parent = nullptr);

    enum class Others { CouldNot, CouldWrite }; // into the directory, until now
    // After the journal was opened. Never fails: problem() says what is not in force.
    void open(const QString &directory, Others others = Others::CouldNot);

    // One line: why the kept rules are off, and what to do; empty: they are in force.
    [[nodiscard]] QString problem() const { return m_problem; }
    // Those of a file that waits for the owner's look; empty when there is none, or it is no such.
    [[nodiscard]] const QList<Rule> &doubtful() const { return m_doubtful; }
    bool trust(QString *errorString); // the owner has looked: they are in force from now on
    bool discard(QString *errorString); // and does not want them

    [[nodiscard]] const QList<Rule> &all() const { return m_rules.all(); }
    // Each false, with one line, when nothing was changed. add() makes id and created.
    bool add(Rule rule, QString *errorString);
    bool remove(const QString &id, QString *errorString);

    [[nodiscard]] const Rule *match(const QByteArray &command, const QString &scope) const;
    // Before it lets something run: on disk where it counts its uses. False: it may not. It may be
    // gone afterwards, and others with it.
    [[nodiscard]] bool use(const QString &id);
    // Takes out what is over, and tells the journal anew once a day, since its old rows go.
    void tidy();

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] std::optional<QList<Rule>> look(const QByteArray &sha256);
    [[nodiscard]] bool isUntouched(QString *errorString);
    void adopt(const QList<Rule> &rules);
    void bound(Rule *rule) const;
    bool keep(const QString &change, const Rule &rule, const Rules &before, QString *errorString);
    [[nodiscard]] bool save(QString *errorString);
    bool record(const QString &change, const Rule &rule);
    bool record(QJsonObject data);
    [[nodiscard]] QByteArray recordedSha256() const;

    Journal *m_journal;
    Rules::Clock m_clock;
    Rules m_rules;
    std::unique_ptr<RuleFile> m_file;
    QByteArray m_sha256; // of the file; empty: there is none
    QString m_problem;
    QList<Rule> m_doubtful;
    QDateTime m_recorded;
};
