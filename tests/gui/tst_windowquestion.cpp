// SPDX-License-Identifier: Apache-2.0
#include "attachedagent.h"
#include "windowquestion.h"

#include <QMessageBox>
#include <QPushButton>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Who said yes for one server has not said it for another.
class TestWindowQuestion final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_attached = std::make_unique<AttachedAgent>(Agent::Owner::Window);
        QVERIFY(m_attached->start());
        m_parent = std::make_unique<QWidget>();
        m_parent->show();
    }
    void cleanup()
    {
        m_parent.reset();
        m_attached.reset();
    }

    void yesAllowsEverythingForSoLong()
    {
        ask();
        QVERIFY(box());
        QVERIFY(
            box()->informativeText().contains(u"127.0.0.1:%1"_s.arg(m_attached->server.port())));
        yes()->click();
        QVERIFY(agent()->windowUntil().isValid());
        QVERIFY(agent()->windowUntil() <= QDateTime::currentDateTimeUtc().addSecs(5 * 60));
        QTRY_VERIFY(!box());
    }

    void noAllowsNothing()
    {
        ask();
        box()->reject();
        QTRY_VERIFY(!box());
        QVERIFY(!agent()->windowUntil().isValid());
    }

    void staysWhileWhatItNamesIsAttached()
    {
        ask();
        Settings settings = agent()->settings();
        settings.keepDays += 1;
        agent()->setSettings(settings);
        QVERIFY(box());
    }

    void P5_aYesForOneServerIsNoneForAnother_data() { changes(); }
    void P5_aYesForOneServerIsNoneForAnother()
    {
        QFETCH(const QString, change);
        ScriptedServer other;
        ask();
        attachAnew(change, other.port());
        QTRY_VERIFY(!box());
        QTRY_COMPARE(agent()->state(), CometaClient::State::Attached);
    }

    // Even where the question has not heard of it.
    void P5_aYesThatIsTooLateAllowsNothing_data() { changes(); }
    void P5_aYesThatIsTooLateAllowsNothing()
    {
        QFETCH(const QString, change);
        ScriptedServer other;
        ask();
        const quint64 before = agent()->client().generation();
        {
            const QSignalBlocker blocker(agent());
            attachAnew(change, other.port());
            QTRY_COMPARE(agent()->client().generation(), before + 1);
        }
        QVERIFY(box());
        yes()->click();
        QVERIFY(!agent()->windowUntil().isValid());
    }

    void closesWhenNothingMayBeAllowed()
    {
        ask();
        QFile rules(agent()->settings().dataDirectory + u"/rules.json"_s);
        QVERIFY(rules.open(QIODevice::WriteOnly) && rules.write("{}") == 2);
        rules.close();
        Rule rule;
        rule.verdict = Rule::Verdict::Deny;
        rule.command = "id";
        rule.scope = agent()->scope();
        QString error;
        QVERIFY(!agent()->rules()->add(rule, &error)); // it looks at the file
        QTRY_VERIFY(!box());
    }

    void isNotAskedWhileNothingIsAttached()
    {
        agent()->pause();
        ask();
        QVERIFY(!box());
        agent()->openWindow(5min); // whoever asks
        QVERIFY(!agent()->windowUntil().isValid());
    }

private:
    static void changes()
    {
        QTest::addColumn<QString>("change");
        QTest::newRow("another server") << u"server"_s;
        QTest::newRow("another application") << u"application"_s;
        QTest::newRow("attached anew") << u"link"_s;
    }
    void attachAnew(const QString &change, quint16 port)
    {
        Settings settings = agent()->settings();
        if (change == "server"_L1)
            settings.port = port;
        else if (change == "application"_L1)
            settings.application = u"other"_s;
        else
            m_attached->server.resetLink();
        agent()->setSettings(settings);
    }
    void ask() { WindowQuestion::ask(agent(), m_parent.get(), 5min); }
    QMessageBox *box()
    {
        auto *found = m_parent->findChild<QMessageBox *>();
        return found && found->isVisible() ? found : nullptr;
    }
    QPushButton *yes()
    {
        const QList<QAbstractButton *> buttons = box()->buttons();
        for (QAbstractButton *one : buttons) {
            if (box()->buttonRole(one) == QMessageBox::AcceptRole)
                return qobject_cast<QPushButton *>(one);
        }
        return nullptr;
    }
    Agent *agent() { return m_attached->agent.get(); }

    std::unique_ptr<AttachedAgent> m_attached;
    std::unique_ptr<QWidget> m_parent;
};

QTEST_MAIN(TestWindowQuestion)
#include "tst_windowquestion.moc"
