// SPDX-License-Identifier: Apache-2.0
#include "notice.h"

#include <QLabel>
#include <QTest>

using namespace Qt::StringLiterals;
using Kind = Notice::Kind;

class TestNotice final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isThereOnlyWithSomethingToSay()
    {
        Notice notice;
        QVERIFY(notice.isHidden());
        notice.say(Kind::Done, u"It worked."_s);
        QVERIFY(!notice.isHidden());
        QCOMPARE(notice.text(), u"It worked."_s);
        QCOMPARE(notice.accessibleName(), u"It worked."_s);
        notice.say(Kind::Done, {});
        QVERIFY(notice.isHidden());
    }

    void eachKindHasASignAndAName_data()
    {
        QTest::addColumn<int>("kind");
        for (const Kind kind :
             {Kind::Pending, Kind::Busy, Kind::Done, Kind::Locked, Kind::Warning, Kind::Problem})
            QTest::addRow("%d", int(kind)) << int(kind);
    }
    void eachKindHasASignAndAName()
    {
        QFETCH(int, kind);
        Notice notice;
        notice.say(static_cast<Kind>(kind), u"words"_s);
        QLabel *sign = nullptr;
        for (QLabel *label : notice.findChildren<QLabel *>()) {
            if (label->objectName() != u"text"_s)
                sign = label;
        }
        QVERIFY(sign && !sign->isHidden() && !sign->pixmap().isNull());
        QVERIFY(!sign->accessibleName().isEmpty());
        notice.say(Kind::Note, u"words"_s);
        QVERIFY(sign->isHidden());
    }

    void showsTextAsItIs()
    {
        Notice notice;
        notice.say(Kind::Problem, u"<b>bold</b> & \"so\""_s);
        const auto *text = notice.findChild<QLabel *>(u"text"_s);
        QCOMPARE(text->textFormat(), Qt::PlainText);
        QCOMPARE(text->text(), u"<b>bold</b> & \"so\""_s);
    }

    void followsThePalette()
    {
        Notice notice;
        notice.say(Kind::Problem, u"words"_s);
        const auto *text = notice.findChild<QLabel *>(u"text"_s);
        const QColor before = text->palette().color(QPalette::WindowText);
        QPalette dark(QColor(40, 40, 40));
        notice.setPalette(dark);
        QVERIFY(text->palette().color(QPalette::WindowText) != before);
    }
};

QTEST_MAIN(TestNotice)
#include "tst_notice.moc"
