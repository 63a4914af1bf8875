// SPDX-License-Identifier: Apache-2.0
#include "commandhistory.h"
#include "journalfixture.h"

using namespace JournalFixture;
using namespace Qt::StringLiterals;

class TestCommandHistory final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Journal> m_journal;

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_journal = std::make_unique<Journal>();
        QString error;
        QVERIFY2(m_journal->open(m_directory->filePath(u"data"_s), &error), qPrintable(error));
    }

    void knowsNothingOfWhatWasNeverRun()
    {
        const CommandHistory history(m_journal.get());
        QCOMPARE(history.lastTime("df", scope()), QString());
        QVERIFY(run(m_journal.get(), request("df -h")));
        QCOMPARE(history.lastTime("df", scope()), QString());
        QVERIFY(history.matches("df", scope()).contains(u"not run"_s));
        QVERIFY(m_journal->received(request("df"), scope(), "df")); // it was never decided
        QCOMPARE(history.lastTime("df", scope()), QString());
    }

    void saysWhatCameOfItTheLastTime()
    {
        QVERIFY(run(m_journal.get(), request("df"), "12345"));
        const QString sentence = CommandHistory(m_journal.get()).lastTime("df", scope());
        QVERIFY2(sentence.startsWith(u"Last time: "_s), qPrintable(sentence));
        QVERIFY2(sentence.endsWith(u"decided by you · exit 0 · 5 bytes"_s), qPrintable(sentence));
    }

    void countsExactlyThisCommandFromThere()
    {
        const CommandHistory history(m_journal.get());
        QVERIFY(run(m_journal.get(), request("df")));
        QVERIFY(history.matches("df", scope()).contains(u"once"_s));
        for (int i = 0; i < 2; ++i) {
            QVERIFY(run(m_journal.get(), request("df")));
            QVERIFY(run(m_journal.get(), request("df ")));
        }
        QVERIFY(history.matches("df", scope()).contains(u"3 times"_s));
        QVERIFY(history.matches("df", u"elsewhere:1/x"_s).contains(u"not run"_s));
        for (int i = 0; i < 100; ++i)
            QVERIFY(run(m_journal.get(), request("df")));
        QVERIFY(history.matches("df", scope()).contains(u"100 times or more"_s));
    }

    void countsTheUsesOfARule()
    {
        const CommandHistory history(m_journal.get());
        const auto byRule = [this](const QByteArray &command) {
            const Request made = request(command);
            Outcome outcome = finished();
            outcome.by = u"rule"_s;
            return m_journal->received(made, scope(), command)
                && m_journal->approved(made, u"rule"_s) && m_journal->running(made.name)
                && m_journal->ended(made, outcome);
        };
        QVERIFY(run(m_journal.get(), request("df"))); // approved by hand
        QVERIFY(history.uses("df", scope()).startsWith(u"No rule"_s));
        QVERIFY(byRule("df"));
        QVERIFY(byRule("df -h"));
        QVERIFY(history.uses("df", scope()).contains(u"once"_s));
        QVERIFY(byRule("df"));
        QVERIFY(history.uses("df", scope()).contains(u"2 times"_s));
        QVERIFY(history.uses("df", u"elsewhere:1/x"_s).startsWith(u"No rule"_s));
        QVERIFY(byRule(":")); // no word that could be searched for
        QVERIFY(history.uses(":", scope()).contains(u"once"_s));
    }
};

QTEST_GUILESS_MAIN(TestCommandHistory)
#include "tst_commandhistory.moc"
