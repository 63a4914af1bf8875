// SPDX-License-Identifier: Apache-2.0
#include "outputview.h"
#include "streampane.h"

#include <QFile>
#include <QLabel>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

class TestStreamPane final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_pane = std::make_unique<StreamPane>(u"Output"_s);
        m_pane->resize(400, 200);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
    }
    void cleanup() { m_pane.reset(); }

    void showsWhatComes()
    {
        m_pane->showLive(kept("one\n"));
        QCOMPARE(text(), u"one"_s);
        m_pane->showLive(kept("one\ntwo\n"));
        QCOMPARE(text(), u"one\ntwo"_s);
        QCOMPARE(title(), u"Output, 8 bytes"_s);
        QVERIFY(!m_pane->isSilent());
    }

    void EX_05_leapsWhenMoreComesThanCanBeRead()
    {
        m_pane->showLive(kept(QByteArray("x\n").repeated(500'000), 100'000'000));
        QVERIFY(m_pane->view()->end() == 100'000'000);
        QVERIFY(m_pane->view()->document()->characterCount() <= OutputView::PieceSize + 1);
        QVERIFY2(title().contains(u"100.0 MB"_s) && title().contains(u"not shown"_s),
                 qPrintable(title()));
    }

    void whatTheOwnerReadsStays()
    {
        m_pane->showLive(kept(QByteArray("x\n").repeated(1000)));
        QTRY_VERIFY(bar()->maximum() > 0);
        QTRY_COMPARE(bar()->value(), bar()->maximum());
        bar()->triggerAction(QAbstractSlider::SliderToMinimum);
        const QString seen = text();
        m_pane->showLive(kept(QByteArray("y\n").repeated(500'000), 50'000'000));
        QCOMPARE(text(), seen);
        bar()->triggerAction(QAbstractSlider::SliderToMaximum);
        QVERIFY(text().endsWith(u"y"_s));
        QCOMPARE(m_pane->view()->end(), 50'000'000);
    }

    void readsTheRestFromTheFile()
    {
        m_pane->showLive(kept("one\n"));
        m_pane->showEnded(file("one\ntwo\nthree\n"), 14);
        QTRY_COMPARE(text(), u"one\ntwo\nthree"_s);
        QCOMPARE(title(), u"Output, 14 bytes"_s);
    }

    void afterALeapTheNewestIsReadFromTheFile()
    {
        QByteArray bytes;
        for (int i = 0; i < 30'000; ++i)
            bytes += QByteArray::number(i) + '\n';
        m_pane->showLive({bytes.first(50'000), bytes.last(50'000), bytes.size()});
        m_pane->showLive({bytes.first(50'000), bytes.last(70'000), bytes.size()});
        QVERIFY(m_pane->view()->firstShown() > 0);
        m_pane->showEnded(file(bytes), bytes.size());
        QTRY_COMPARE(m_pane->view()->end(), bytes.size());
        QCOMPARE(m_pane->view()->firstShown(), 0);
        QCOMPARE(text().toLatin1() + '\n', bytes);
    }

    void aShortOneIsShownFromItsBeginning()
    {
        m_pane->showEnded(file(QByteArray("x\n").repeated(5000)), 10'000);
        QTRY_COMPARE(m_pane->view()->end(), 10'000);
        m_pane->grab();
        QCOMPARE(bar()->value(), 0);
    }

    void aLargeOneIsShownFromItsEnd()
    {
        const QByteArray bytes = QByteArray("abcdefg\n").repeated(300'000);
        m_pane->showEnded(file(bytes), bytes.size());
        QTRY_COMPARE(m_pane->view()->end(), bytes.size());
        QVERIFY(bytes.size() - m_pane->view()->firstShown() <= OutputView::MaximumCharacters);
        QTRY_COMPARE(bar()->value(), bar()->maximum());
        QVERIFY2(title().contains(u"first 1.4 MB are not shown"_s), qPrintable(title()));
    }

    void saysThatTheFileDoesNotHoldAll()
    {
        m_pane->showEnded(file("begin"), 1'000'000'000);
        QTRY_COMPARE(text(), u"begin"_s);
        QVERIFY2(title().contains(u"only the first 5 bytes"_s), qPrintable(title()));
    }

    // What was seen live is the end, which the file does not hold.
    void keepsTheEndThatTheFileDoesNotHold()
    {
        m_pane->showLive({"begin", "end", 1000});
        m_pane->showEnded(file("begin"), 1000);
        QVERIFY(text().endsWith(u"end"_s));
    }

    void saysThatThereIsNone()
    {
        m_pane->showEnded({}, 0);
        QCOMPARE(title(), u"Output: none"_s);
        QVERIFY(m_pane->view()->isHidden());
        QVERIFY(m_pane->isSilent());
        m_pane->clear();
        QCOMPARE(title(), u"Output"_s);
        QVERIFY(!m_pane->view()->isHidden());
    }

    void anotherPaletteShowsTheSame()
    {
        m_pane->showEnded(file("\x1b[31mred\x1b[0m\n"), 13);
        QTRY_COMPARE(text(), u"red"_s);
        QPalette dark;
        dark.setColor(QPalette::Base, Qt::black);
        m_pane->view()->setPalette(dark);
        QTRY_COMPARE(text(), u"red"_s);
    }

private:
    static KeptOutput kept(const QByteArray &bytes, qint64 total = 0)
    {
        return {total > 0 ? QByteArray(1, '-') : QByteArray(), bytes,
                std::max<qint64>(total, bytes.size())};
    }
    [[nodiscard]] QString file(const QByteArray &bytes)
    {
        QFile file(m_directory.filePath(u"output"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("the file cannot be written");
        return file.fileName();
    }
    [[nodiscard]] QString text() const { return m_pane->view()->toPlainText(); }
    [[nodiscard]] QString title() const { return m_pane->findChild<QLabel *>()->text(); }
    [[nodiscard]] QScrollBar *bar() const { return m_pane->view()->verticalScrollBar(); }

    QTemporaryDir m_directory;
    std::unique_ptr<StreamPane> m_pane;
};

QTEST_MAIN(TestStreamPane)
#include "tst_streampane.moc"
