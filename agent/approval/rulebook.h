// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rulefile.h"
#include "rules.h"

#include <QObject>

#include <memory>

class Journal;

// The owner's rules as they are kept: in force for matching, in a file over restarts, and each
// change in the journal with the file's SHA-256, before and after it is written. A file that is not
// the one that the journal knows was changed by somebody else, and is off until the owner has
// looked at it, as is one that is gone; that is looked for before each change and each use.
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
    bool discard(QString *errorString); // and does not want them, or knows that they are gone
    // The journal's row tells of a file with that digest (empty: of none).
    [[nodiscard]] static bool isKnown(const QByteArray &sha256, const QJsonObject &row);

    [[nodiscard]] const QList<Rule> &all() const { return m_rules.all(); }
    // Each false, with one line, when nothing was changed. add() makes id and created.
    bool add(Rule rule, QString *errorString);
    bool remove(const QString &id, QString *errorString);

    // What is over by now is taken out for good first, whatever the clock says later.
    [[nodiscard]] const Rule *match(const QByteArray &command, const QString &scope);
    // When it decides: on disk where it counts its uses. False: it may let nothing run. It may be
    // gone afterwards, and others with it.
    [[nodiscard]] bool use(const QString &id);
    // Takes out what is over, and tells the journal anew when its newest rows do not, so that a
    // file that is gone is missed, though old rows go. To be called every few minutes.
    void tidy();

Q_SIGNALS:
    void changed();

private:
    struct State
    {
        Rules rules;
        QByteArray sha256;
    };
    [[nodiscard]] std::optional<QList<Rule>> look(const QJsonObject &known);
    [[nodiscard]] bool isUntouched(QString *errorString);
    void adopt(const QList<Rule> &rules);
    void bound(Rule *rule) const;
    bool keep(const QString &change, const Rule &rule, const State &before, QString *errorString);
    void takeBack(const State &before);
    [[nodiscard]] bool save(QString *errorString);
    bool record(const QString &change, const Rule &rule);
    bool record(QJsonObject data, bool durable = false);
    [[nodiscard]] QJsonObject newestRow() const;

    Journal *m_journal;
    Rules::Clock m_clock;
    Rules m_rules;
    std::unique_ptr<RuleFile> m_file;
    QByteArray m_sha256; // of the file; empty: there is none
    QString m_problem;
    QList<Rule> m_doubtful;
};
