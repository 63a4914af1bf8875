// SPDX-License-Identifier: Apache-2.0
#include "attachedagent.h"
#include "statuswatch.h"

#include <memory>

using namespace Qt::StringLiterals;

class TestStatusWatch final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_attached = std::make_unique<AttachedAgent>(Agent::Owner::Window);
        m_watch = std::make_unique<StatusWatch>(agent());
        QVERIFY(m_attached->start());
        QTRY_VERIFY(m_watch->status().attachedSince.isValid());
    }
    void cleanup()
    {
        m_watch.reset();
        m_attached.reset();
    }

    void sinceIsWhenItWasAttached()
    {
        const QDateTime since = m_watch->status().attachedSince;
        QVERIFY(!m_attached->ask(R"({"cmd":"id"})").isEmpty());
        QTRY_COMPARE(m_watch->status().awaiting, 1);
        QCOMPARE(m_watch->status().attachedSince, since);
    }

    // Within a tenth of a second, so that nobody has seen it detached.
    void sinceIsThatOfTheNewAttach()
    {
        const QDateTime since = m_watch->status().attachedSince;
        QTest::qWait(10); // it differs
        ScriptedServer other;
        Settings settings = agent()->settings();
        settings.port = other.port();
        agent()->setSettings(settings);
        QTRY_VERIFY(other.hasDevice());
        QTRY_COMPARE(agent()->state(), CometaClient::State::Attached);
        QTRY_VERIFY(m_watch->status().attachedSince > since);
    }

private:
    Agent *agent() { return m_attached->agent.get(); }

    std::unique_ptr<AttachedAgent> m_attached;
    std::unique_ptr<StatusWatch> m_watch;
};

QTEST_MAIN(TestStatusWatch)
#include "tst_statuswatch.moc"
