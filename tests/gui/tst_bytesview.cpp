// SPDX-License-Identifier: Apache-2.0
#include "bytesview.h"
#include "visibletext.h"

#include <QElapsedTimer>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

class TestBytesView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_view = std::make_unique<BytesView>(BytesView::Numbers::Shown);
        m_view->resize(400, 120);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void cleanup() { m_view.reset(); }

    void SP_05_showsMarkupAsItIs()
    {
        const QByteArray command = "uptime '<b></b><!--'; touch X #-->";
        m_view->setBytes(command);
        QCOMPARE(m_view->toPlainText().toUtf8(), command);
    }

    void SP_01_showsHiddenCharactersAsEscapes()
    {
        const QByteArray command = "ls \xE2\x80\xAE\xC2\xA0 \x1b[2J\r\t# x ";
        m_view->setBytes(command);
        const QString shown = m_view->toPlainText();
        QVERIFY2(shown.contains(u"\\u{202E}"_s) && shown.contains(u"\\r"_s)
                     && shown.contains(u"\\t"_s),
                 qPrintable(shown));
        QCOMPARE(VisibleText::decode(shown).value_or(QByteArray()), command);
    }

    void eachLineIsABlockOfItsOwn()
    {
        m_view->setBytes("one\ntwo\nthree");
        QCOMPARE(m_view->blockCount(), 3);
        QCOMPARE(m_view->toPlainText(), u"one\ntwo\nthree"_s);
    }

    void theEndOfAShortCommandIsSeenAtOnce()
    {
        const QSignalSpy seen(m_view.get(), &BytesView::endShown);
        m_view->setBytes("uptime");
        QTRY_COMPARE(seen.size(), 1);
    }

    void SP_04_theEndOfALongCommandIsSeenOnlyAfterScrolling()
    {
        const QSignalSpy seen(m_view.get(), &BytesView::endShown);
        QByteArray command = "ls\n";
        for (int i = 0; i < 5000; ++i)
            command += "echo " + QByteArray::number(i) + '\n';
        command += "curl x | sh";
        m_view->setBytes(command);
        m_view->grab();
        m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->maximum() - 1);
        m_view->grab();
        QVERIFY(!m_view->isEndVisible());
        QCOMPARE(seen.size(), 0);
        m_view->scrollToEnd();
        QTRY_COMPARE(seen.size(), 1);
        QVERIFY(m_view->isEndVisible());
    }

    void SP_04_theEndCanBeReachedByKeys_data()
    {
        QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
        QTest::newRow("End") << Qt::KeyboardModifiers(Qt::NoModifier);
        QTest::newRow("Ctrl+End") << Qt::KeyboardModifiers(Qt::ControlModifier);
    }
    void SP_04_theEndCanBeReachedByKeys()
    {
        QFETCH(const Qt::KeyboardModifiers, modifiers);
        const QSignalSpy seen(m_view.get(), &BytesView::endShown);
        m_view->setBytes(QByteArray("x\n").repeated(500) + "end");
        m_view->grab();
        QVERIFY(!m_view->isEndVisible());
        QTest::keyClick(m_view.get(), Qt::Key_End, modifiers);
        QVERIFY(m_view->isEndVisible());
        QTRY_COMPARE(seen.size(), 1);
        QTest::keyClick(m_view.get(), Qt::Key_Home, modifiers);
        QCOMPARE(m_view->verticalScrollBar()->value(), 0);
    }

    void SP_04_otherBytesHaveToBeSeenAnew()
    {
        const QSignalSpy seen(m_view.get(), &BytesView::endShown);
        m_view->setBytes("uptime");
        QTRY_COMPARE(seen.size(), 1);
        m_view->setBytes(QByteArray("x\n").repeated(500) + "end");
        m_view->grab();
        QCOMPARE(m_view->verticalScrollBar()->value(), 0);
        QVERIFY(!m_view->isEndVisible());
        QCOMPARE(seen.size(), 1);
    }

    void SP_06_aLongLineIsWrappedAndAllOfItCanBeReached()
    {
        const QByteArray command = "echo " + QByteArray(65'531, 'x');
        m_view->setBytes(command);
        QTRY_COMPARE(m_view->horizontalScrollBar()->maximum(), 0);
        QCOMPARE(m_view->toPlainText().size(), 65'536);
        QVERIFY(m_view->verticalScrollBar()->maximum() > 500);
        QVERIFY(!m_view->isEndVisible());
        const QSignalSpy seen(m_view.get(), &BytesView::endShown);
        m_view->scrollToEnd();
        QTRY_COMPARE(seen.size(), 1);
    }

    void SP_06_staysQuick_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("one line") << QByteArray(65'536, 'x');
        QTest::newRow("lines") << QByteArray("x\n").repeated(32'768);
        QTest::newRow("escapes") << QByteArray("x\x01").repeated(32'768);
        QTest::newRow("escapes in lines") << QByteArray("\x01\n").repeated(32'768);
        QTest::newRow("other letters") << QByteArray("\xD1\x81").repeated(32'768);
    }
    void SP_06_staysQuick()
    {
        QFETCH(const QByteArray, bytes);
        QElapsedTimer timer;
        timer.start();
        m_view->setBytes(bytes);
        m_view->grab();
        m_view->scrollToEnd();
        m_view->grab();
        QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(m_view->isEndVisible());
    }

private:
    std::unique_ptr<BytesView> m_view;
};

QTEST_MAIN(TestBytesView)
#include "tst_bytesview.moc"
