// SPDX-License-Identifier: Apache-2.0
#include "outputview.h"

#include <QElapsedTimer>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>

#include <memory>

using namespace Qt::StringLiterals;

using At = OutputView::At;

class TestOutputView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_view = std::make_unique<OutputView>();
        m_view->resize(400, 120);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void cleanup() { m_view.reset(); }

    void showsLinesAsTheyCome()
    {
        m_view->append("one\ntw");
        QCOMPARE(text(), u"one\ntw"_s);
        m_view->append("o\nthree\n");
        QCOMPARE(text(), u"one\ntwo\nthree"_s); // the last line end shows with what follows
        m_view->append("\n");
        QCOMPARE(text(), u"one\ntwo\nthree\n"_s);
        m_view->append("four");
        QCOMPARE(text(), u"one\ntwo\nthree\n\nfour"_s);
        QCOMPARE(m_view->end(), 19);
        QCOMPARE(m_view->firstShown(), 0);
    }

    void EX_06_showsMarkupAndControlsAsTheyAre()
    {
        m_view->append("<b>x</b> &amp; \x1b[2J\xff\xe2\x80\xae");
        QCOMPARE(text(), u"<b>x</b> &amp; \\u{001B}[2J\\x{FF}\\u{202E}"_s);
    }

    void coloursAreSeen()
    {
        m_view->append("a\x1b[31mbc\x1b[0md\n\x1b[1mx");
        const auto first = formats(0);
        QCOMPARE(first.size(), 1);
        QCOMPARE(first.at(0).start, 1);
        QCOMPARE(first.at(0).length, 2);
        QVERIFY(first.at(0).format.foreground().color().red() > 100);
        QCOMPARE(formats(1).at(0).format.fontWeight(), int(QFont::Bold));
    }

    void coloursStayWhenTheLineGoesOn()
    {
        m_view->append("\x1b[31mab");
        m_view->append("\x1b[0mcd\x1b[32mef");
        const auto all = formats(0);
        QCOMPARE(all.size(), 2);
        QCOMPARE(all.at(0).length, 2);
        QCOMPARE(all.at(1).start, 4);
        QCOMPARE(text(), u"abcdef"_s);
    }

    void whatIsCutIsShownAtTheEnd()
    {
        m_view->append("a\xe2\x82");
        QCOMPARE(text(), u"a"_s);
        m_view->finish();
        QCOMPARE(text(), u"a\\x{E2}\\x{82}"_s);
    }

    void followsItsEnd()
    {
        m_view->append(lines(0, 100));
        QTRY_COMPARE(bar()->value(), bar()->maximum());
        QVERIFY(bar()->maximum() > 50);
        m_view->append(lines(100, 200));
        QTRY_COMPARE(bar()->value(), bar()->maximum());
        QVERIFY(m_view->followsEnd());
    }

    void staysWhereTheOwnerReads()
    {
        const QSignalSpy spy(m_view.get(), &OutputView::followsEndChanged);
        m_view->append(lines(0, 100));
        QTRY_COMPARE(bar()->value(), bar()->maximum());
        QTest::keyClick(m_view.get(), Qt::Key_PageUp);
        QVERIFY(!m_view->followsEnd());
        const int value = bar()->value();
        m_view->append(lines(100, 200));
        m_view->grab();
        QCOMPARE(bar()->value(), value);
        bar()->triggerAction(QAbstractSlider::SliderToMaximum);
        QVERIFY(m_view->followsEnd());
        m_view->append(lines(200, 300));
        QTRY_COMPARE(bar()->value(), bar()->maximum());
        QCOMPARE(spy.size(), 2);
    }

    void beginsAtTheTopWhenAsked()
    {
        m_view->begin(0, At::Begin);
        m_view->append(lines(0, 100));
        m_view->grab();
        QCOMPARE(bar()->value(), 0);
        QVERIFY(!m_view->followsEnd());
    }

    void EX_05_keepsTheNewestOnly()
    {
        const QByteArray piece = QByteArray(63, 'x') + '\n';
        for (int i = 0; i < 40; ++i)
            m_view->append(piece.repeated(1024)); // 64 KiB
        QVERIFY(m_view->document()->characterCount() <= OutputView::MaximumCharacters + 70'000);
        QVERIFY(m_view->document()->characterCount() > OutputView::MaximumCharacters - 70'000);
        QCOMPARE(m_view->end(), 40 * 65'536);
        const qint64 shown = m_view->end() - m_view->firstShown();
        QVERIFY(std::abs(shown - m_view->document()->characterCount()) < 100);
    }

    void whatIsReadStaysInPlaceWhenTheBeginningGoes()
    {
        for (int i = 0; i < 16; ++i)
            m_view->append(numbered(i));
        QTRY_COMPARE(bar()->value(), bar()->maximum());
        QTest::keyClick(m_view.get(), Qt::Key_PageUp);
        const QString seen = m_view->cursorForPosition(QPoint(5, 5)).block().text();
        for (int i = 16; i < 20; ++i)
            m_view->append(numbered(i));
        m_view->grab();
        QCOMPARE(m_view->cursorForPosition(QPoint(5, 5)).block().text(), seen);
    }

    void EX_05_aLineWithoutEndIsCutIntoRows()
    {
        m_view->append(QByteArray(10'000, 'x'));
        m_view->append(QByteArray(10'000, 'x'));
        QCOMPARE(text().remove(u'\n').size(), 20'000);
        QVERIFY(m_view->blockCount() > 8);
        for (QTextBlock block = m_view->document()->begin(); block.isValid(); block = block.next())
            QVERIFY(block.length() <= 2049);
    }

    void P24_takesNoMoreAtATimeThanCanBeShown_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("fewest"); // characters shown
        QTest::newRow("lines") << (QByteArray(79, 'x') + '\n') << 55'000;
        QTest::newRow("empty lines") << QByteArray(1, '\n') << 8'000;
        QTest::newRow("zeros") << QByteArray(1, '\0') << 60'000;
        QTest::newRow("no UTF-8") << QByteArray("\xff") << 60'000;
        QTest::newRow("other letters") << QByteArray("\xd1\x81") << 8'000;
    }
    void P24_takesNoMoreAtATimeThanCanBeShown()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, fewest);
        const QByteArray all = "begin" + bytes.repeated(200'000) + "end";
        const QByteArray first = OutputView::piece(all, OutputView::At::Begin);
        const QByteArray last = OutputView::piece(all, OutputView::At::End);
        QVERIFY(all.startsWith(first) && first.startsWith("begin"));
        QVERIFY(all.endsWith(last) && last.endsWith("end"));
        for (const QByteArray &piece : {first, last}) {
            m_view->begin(0, OutputView::At::End);
            m_view->append(piece);
            const int shown = m_view->document()->characterCount();
            QVERIFY2(shown >= fewest && shown <= 2 * OutputView::PieceSize,
                     qPrintable(QString::number(shown)));
        }
        QCOMPARE(OutputView::piece("short", OutputView::At::Begin), QByteArray("short"));
        QCOMPARE(OutputView::piece({}, OutputView::At::End), QByteArray());
    }

    void P24_isQuick_data()
    {
        QTest::addColumn<QByteArray>("piece");
        QTest::newRow("lines") << (QByteArray(79, 'x') + '\n');
        QTest::newRow("empty lines") << QByteArray("\n");
        QTest::newRow("one line") << QByteArray("x");
        QTest::newRow("escapes") << QByteArray("x\x01");
        QTest::newRow("no UTF-8") << QByteArray("\xff");
        QTest::newRow("colours") << QByteArray("\x1b[31mx\x1b[0my");
        QTest::newRow("other letters") << QByteArray("\xd1\x81");
    }
    void P24_isQuick()
    {
        QFETCH(QByteArray, piece);
        piece = OutputView::piece(piece.repeated(OutputView::PieceSize / piece.size()),
                                  OutputView::At::Begin);
        qint64 longest = 0;
        for (int i = 0; i < 24; ++i) {
            QElapsedTimer timer;
            timer.start();
            m_view->append(piece);
            m_view->grab();
            longest = std::max(longest, timer.elapsed());
        }
        QVERIFY2(longest < 20'000, qPrintable(QString::number(longest)));
        qInfo("%lld ms", longest);
    }

    void showsReadyLines()
    {
        m_view->append(lines(0, 100));
        QTextCharFormat format;
        format.setBackground(Qt::red);
        m_view->setLines({{u"  a"_s}, {u"+ b"_s, format}});
        QCOMPARE(text(), u"  a\n+ b"_s);
        QCOMPARE(formats(1).at(0).format.background().color(), QColor(Qt::red));
        m_view->setLines({});
        QCOMPARE(text(), QString());
    }

    void saysThatThePaletteChanged()
    {
        const QSignalSpy spy(m_view.get(), &OutputView::coloursChanged);
        QPalette dark;
        dark.setColor(QPalette::Base, Qt::black);
        m_view->setPalette(dark);
        QVERIFY(!spy.isEmpty());
    }

private:
    [[nodiscard]] QString text() const { return m_view->toPlainText(); }
    [[nodiscard]] QScrollBar *bar() const { return m_view->verticalScrollBar(); }
    [[nodiscard]] QList<QTextLayout::FormatRange> formats(int block) const
    {
        return m_view->document()->findBlockByNumber(block).layout()->formats();
    }
    static QByteArray lines(int from, int to)
    {
        QByteArray text;
        for (int i = from; i < to; ++i)
            text += "line " + QByteArray::number(i) + '\n';
        return text;
    }
    // 64 KiB.
    static QByteArray numbered(int piece)
    {
        QByteArray text;
        for (int i = 0; i < 1024; ++i)
            text += QByteArray::number(piece * 1024 + i).rightJustified(63, ' ') + '\n';
        return text;
    }

    std::unique_ptr<OutputView> m_view;
};

QTEST_MAIN(TestOutputView)
#include "tst_outputview.moc"
