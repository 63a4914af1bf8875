// SPDX-License-Identifier: Apache-2.0
#include "journalfixture.h"
#include "runcomparison.h"

#include <QPalette>
#include <QSignalSpy>

using namespace JournalFixture;
using namespace Qt::StringLiterals;
using LineDifference::Kind;

class TestRunComparison final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_journal = std::make_unique<Journal>();
        QVERIFY(open(m_journal.get(), m_directory->filePath(u"data"_s)));
    }
    void cleanup() { m_journal.reset(); }

    void showsWhatIsDifferent()
    {
        QVERIFY(run(m_journal.get(), request("df"), "a\nold\nc\n"));
        QVERIFY(run(m_journal.get(), request("other"), "x\n"));
        const Request last = request("df");
        QVERIFY(run(m_journal.get(), last, "a\nnew\x1b[2J\nc\n"));
        compare(last);
        QVERIFY2(m_summary.contains(u"lines added (+): 1, removed (-): 1"_s),
                 qPrintable(m_summary));
        QCOMPARE(texts(), (QStringList{u"  a"_s, u"- old"_s, u"+ new\\u{001B}[2J"_s, u"  c"_s}));
        QVERIFY(m_lines.at(1).format.background() != m_lines.at(2).format.background());
    }

    void saysThatItIsTheSame()
    {
        QVERIFY(run(m_journal.get(), request("df"), "a\n"));
        const Request last = request("df");
        QVERIFY(run(m_journal.get(), last, "a\n"));
        compare(last);
        QVERIFY2(m_summary.contains(u"is the same"_s), qPrintable(m_summary));
        QVERIFY(m_lines.isEmpty());
    }

    void saysThatThereIsNone()
    {
        QVERIFY(run(m_journal.get(), request("df "), "a\n"));
        const Request last = request("df");
        QVERIFY(run(m_journal.get(), last, "a\n"));
        compare(last);
        QVERIFY2(m_summary.contains(u"has not run before"_s), qPrintable(m_summary));
    }

    void saysThatItIsTooLarge()
    {
        QVERIFY(run(m_journal.get(), request("df"), "a\n"));
        const Request last = request("df");
        QVERIFY(run(m_journal.get(), last, QByteArray(LineDifference::MaximumBytes + 1, 'x')));
        compare(last);
        QVERIFY2(m_summary.contains(u"too large"_s), qPrintable(m_summary));
        QVERIFY(m_lines.isEmpty());
    }

    void saysThatAnOutputWasNotKept_data()
    {
        QTest::addColumn<bool>("newest");
        QTest::newRow("that of the run before") << false;
        QTest::newRow("its own") << true;
    }
    void saysThatAnOutputWasNotKept()
    {
        QFETCH(const bool, newest);
        const Request first = request("df");
        QVERIFY(run(m_journal.get(), first, "a\n"));
        const Request last = request("df");
        QVERIFY(run(m_journal.get(), last, "a\n"));
        const OutputFiles files(m_journal->outputDirectory());
        QVERIFY(QFile::remove(
            files.path(newest ? last.name : first.name, OutputFiles::Stream::Output)));
        compare(last);
        QVERIFY2(m_summary.contains(u"not kept"_s), qPrintable(m_summary));
        QVERIFY(m_lines.isEmpty());
    }

    void cancelledItSaysNothing()
    {
        const Request last = request("df");
        QVERIFY(run(m_journal.get(), last, "a\n"));
        RunComparison comparison(m_journal.get());
        QSignalSpy spy(&comparison, &RunComparison::finished);
        comparison.start(*m_journal->request(last.name));
        comparison.cancel();
        QVERIFY(!spy.wait(50));
    }

    void foldsWhatIsFarFromAChange()
    {
        QList<LineDifference::Line> lines;
        for (int i = 0; i < 20; ++i)
            lines.append({i == 10 ? Kind::Added : Kind::Equal, QByteArray::number(i)});
        m_lines = RunComparison::shown(lines, QPalette());
        QCOMPARE(texts(),
                 (QStringList{u"  … 7 equal lines …"_s, u"  7"_s, u"  8"_s, u"  9"_s, u"+ 10"_s,
                              u"  11"_s, u"  12"_s, u"  13"_s, u"  … 6 equal lines …"_s}));
    }

    void foldsNoSingleLine()
    {
        QList<LineDifference::Line> lines{{Kind::Removed, "a"}};
        for (int i = 0; i < 7; ++i)
            lines.append({Kind::Equal, QByteArray::number(i)});
        lines.append({Kind::Added, "b"});
        m_lines = RunComparison::shown(lines, QPalette());
        QCOMPARE(m_lines.size(), 9);
        lines.insert(4, {Kind::Equal, "x"});
        m_lines = RunComparison::shown(lines, QPalette());
        QCOMPARE(texts().at(4), u"  … 2 equal lines …"_s);
        QCOMPARE(m_lines.size(), 9);
    }

private:
    void compare(const Request &last)
    {
        RunComparison comparison(m_journal.get());
        QSignalSpy spy(&comparison, &RunComparison::finished);
        connect(&comparison, &RunComparison::finished, this,
                [this](const QString &summary, const QList<OutputView::Line> &lines) {
                    m_summary = summary;
                    m_lines = lines;
                });
        comparison.start(*m_journal->request(last.name));
        QTRY_COMPARE(spy.size(), 1);
    }
    [[nodiscard]] QStringList texts() const
    {
        QStringList list;
        for (const OutputView::Line &line : m_lines)
            list.append(line.text);
        return list;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Journal> m_journal;
    QString m_summary;
    QList<OutputView::Line> m_lines;
};

QTEST_MAIN(TestRunComparison)
#include "tst_runcomparison.moc"
