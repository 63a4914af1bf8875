// SPDX-License-Identifier: Apache-2.0
#include "attachedagent.h"
#include "commandlabel.h"
#include "missedline.h"
#include "missedrequests.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// With real requests that expire.
class TestMissedLine final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_attached = std::make_unique<AttachedAgent>(Agent::Owner::Window);
        QVERIFY(m_attached->start());
        m_missed = std::make_unique<MissedRequests>(m_attached->agent.get());
        m_line = std::make_unique<MissedLine>(m_missed.get());
        m_line->resize(800, m_line->sizeHint().height());
    }
    void cleanup()
    {
        m_line.reset();
        m_missed.reset();
        m_attached.reset();
    }

    void isThereOnlyOnceSomethingWasMissed()
    {
        QVERIFY(m_line->isHidden());
        expire("df -h");
        QVERIFY(!m_line->isHidden());
        QVERIFY(label("missedSentence")->text().startsWith(u"A command expired"_s));
        QCOMPARE(label("missedCommand")->text(), u"df -h"_s);
        expire("id");
        QVERIFY(label("missedSentence")->text().startsWith(u"2 commands expired"_s));
        QCOMPARE(label("missedCommand")->text(), u"id"_s);
        QCOMPARE(m_missed->count(), 2);
    }

    void whatSomebodyDecidedWasNotMissed()
    {
        QString error;
        QVERIFY(m_attached->agent->deny(m_attached->ask(R"({"cmd":"id"})"), {}, &error));
        QVERIFY(!m_attached->ask(R"({"cmd":"id"})").isEmpty());
        m_attached->agent->pause(); // withdrawn
        QTRY_VERIFY(m_attached->agent->requests().isEmpty());
        QCOMPARE(m_missed->count(), 0);
        QVERIFY(m_line->isHidden());
    }

    void goesWhenItIsDismissed()
    {
        expire("id");
        button("dismissMissed")->click();
        QVERIFY(m_line->isHidden());
        QCOMPARE(m_missed->count(), 0);
        expire("df -h"); // and counts anew
        QVERIFY(!m_line->isHidden());
        QCOMPARE(m_missed->count(), 1);
    }

    void showNamesTheNewestAndGoes()
    {
        const QSignalSpy shown(m_line.get(), &MissedLine::showRequested);
        expire("id");
        const QString newest = expire("df -h");
        button("showMissed")->click();
        QCOMPARE(shown.size(), 1);
        QCOMPARE(shown.first().first().toString(), newest);
        QVERIFY(m_line->isHidden());
    }

    void SP_05_theCommandIsShownAsItIs()
    {
        expire(R"(ls \u202e '<b>x</b>'\nid)");
        auto *command = m_line->findChild<CommandLabel *>(u"missedCommand"_s);
        QCOMPARE(command->textFormat(), Qt::PlainText);
        QCOMPARE(command->text(), u"ls \\u{202E} '<b>x</b>'\\nid"_s);
        QCOMPARE(button("showMissed")->accessibleName(),
                 u"Show what was missed: ls \\u{202E} '<b>x</b>'\\nid"_s);
    }

private:
    // command: as in JSON. The name of the request.
    QString expire(const QByteArray &command)
    {
        const QString name = m_attached->ask("{\"cmd\":\"" + command + "\"}");
        ActiveRequest *request = m_attached->agent->request(name);
        if (!request)
            return {};
        request->await(1ms); // by its own clock
        const bool ended = QTest::qWaitFor([&] { return !m_attached->agent->request(name); });
        return ended ? name : QString();
    }
    QLabel *label(const char *name)
    {
        return m_line->findChild<QLabel *>(QString::fromLatin1(name));
    }
    QPushButton *button(const char *name)
    {
        return m_line->findChild<QPushButton *>(QString::fromLatin1(name));
    }

    std::unique_ptr<AttachedAgent> m_attached;
    std::unique_ptr<MissedRequests> m_missed;
    std::unique_ptr<MissedLine> m_line;
};

QTEST_MAIN(TestMissedLine)
#include "tst_missedline.moc"
