// SPDX-License-Identifier: Apache-2.0
#include "appearance.h"
#include "questions.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QMessageBox>
#include <QTest>

using namespace Qt::StringLiterals;

class TestQuestions final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup()
    {
        for (QMessageBox *box : boxes())
            box->close();
        QTRY_VERIFY(boxes().isEmpty());
    }

    void SP_05_whatTheyNameIsPlainText()
    {
        AgentStatus status;
        status.server = u"<b>server</b>"_s;
        Questions::allowEverything(&m_parent, status, std::chrono::minutes(15), [] {});
        Questions::problem(&m_parent, u"<i>title</i>"_s, u"<u>text</u>"_s);
        QCOMPARE(boxes().size(), 2);
        int seen = 0;
        for (const QMessageBox *box : boxes()) {
            for (const QLabel *label : box->findChildren<QLabel *>()) {
                if (!label->text().contains(u'<'))
                    continue;
                QCOMPARE(label->textFormat(), Qt::PlainText);
                ++seen;
            }
        }
        QCOMPARE(seen, 3);
    }

    void oneTakesThePlaceOfTheSameBefore()
    {
        AgentStatus status;
        int answers = 0;
        Questions::quit(&m_parent, status, [&answers] { ++answers; });
        Questions::allowEverything(&m_parent, status, std::chrono::minutes(15), [] {});
        status.running = 2;
        Questions::quit(&m_parent, status, [&answers] { ++answers; });
        QTRY_COMPARE(boxes().size(), 2); // the question about something else stays
        const QMessageBox *quit = boxes().constLast();
        QVERIFY2(quit->informativeText().contains(u"2 running"_s),
                 qPrintable(quit->informativeText()));
        quit->buttons().constFirst()->click();
        QCOMPARE(answers, 1);
        Questions::allowEverything(&m_parent, status, std::chrono::minutes(60), [] {});
        QTRY_COMPARE(boxes().size(), 1);
        QVERIFY(boxes().constFirst()->text().contains(u"60"_s));
    }

    void whyItCannotStartIsSaidInALine()
    {
        Questions::cannotStart(u"/x line 1, a\u202eb: there is none"_s);
        const QWidgetList all = QApplication::topLevelWidgets();
        const auto found = std::find_if(all.cbegin(), all.cend(), [](const QWidget *widget) {
            return qobject_cast<const QMessageBox *>(widget) && widget->isVisible();
        });
        QVERIFY(found != all.cend());
        const QPointer<QMessageBox> box = qobject_cast<QMessageBox *>(*found);
        QCOMPARE(box->informativeText(), u"/x line 1, a\\u{202E}b: there is none"_s);
        QVERIFY(QTest::qWaitForWindowActive(box));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_VERIFY(!box);
    }

private:
    // Also those that are closed and not gone yet.
    [[nodiscard]] QList<QMessageBox *> boxes() const
    {
        return m_parent.findChildren<QMessageBox *>();
    }

    QWidget m_parent;
};

QTEST_MAIN(TestQuestions)
#include "tst_questions.moc"
