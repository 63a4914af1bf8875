// SPDX-License-Identifier: Apache-2.0
#include "copyline.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

class TestCopyLine final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void copiesTheLineAsItIs()
    {
        CopyLine line(u"Line"_s);
        line.setLine(u"curl -d '{\"cmd\":\"ls  <b>\"}' http://x"_s);
        QCOMPARE(line.line(), u"curl -d '{\"cmd\":\"ls  <b>\"}' http://x"_s);
        line.findChild<QPushButton *>(u"copy"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), line.line());
    }

    void isReadButNotEdited()
    {
        CopyLine line(u"Line"_s);
        line.setLine(u"uptime"_s);
        auto *text = line.findChild<QPlainTextEdit *>();
        QTest::keyClicks(text, u"x"_s);
        QCOMPARE(line.line(), u"uptime"_s);
        QCOMPARE(text->accessibleName(), u"Line"_s);
        QVERIFY(text->tabChangesFocus());
    }

    void isAsHighAsItsText()
    {
        CopyLine line(u"Line"_s);
        line.resize(300, 400);
        line.show();
        line.setLine(u"short"_s);
        const int low = line.findChild<QPlainTextEdit *>()->height();
        line.setLine(QString(400, u'x'));
        QTRY_VERIFY(line.findChild<QPlainTextEdit *>()->height() > low);
        line.setLine(QString(4'000, u'x')); // then it scrolls
        QVERIFY(line.findChild<QPlainTextEdit *>()->height() < 400);
    }

    void showsAllOfItsLinesInALayout()
    {
        QWidget window;
        auto *column = new QVBoxLayout(&window);
        auto *line = new CopyLine(u"Line"_s);
        column->addWidget(line);
        column->addStretch(1);
        line->setLine(u"curl -d '{\"cmd\":\"uptime\"}' http://x.example/"_s + QString(100, u'x'));
        window.resize(400, 400);
        window.show();
        const QScrollBar *bar = line->findChild<QPlainTextEdit *>()->verticalScrollBar();
        QTRY_COMPARE(bar->maximum(), 0);
        window.resize(300, 400);
        QTRY_COMPARE(bar->maximum(), 0);
    }

    // What has the focus must not be the button, which the next key would press.
    void takesTheFocusWithItsText()
    {
        CopyLine line(u"Line"_s);
        QCOMPARE(line.focusProxy(), line.findChild<QPlainTextEdit *>());
    }
};

QTEST_MAIN(TestCopyLine)
#include "tst_copyline.moc"
