// SPDX-License-Identifier: Apache-2.0
#include "armguard.h"

#include <QTest>

using namespace std::chrono_literals;

class TestArmGuard final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_now = {1000s, 50s};
        m_guard = ArmGuard([this] { return m_now; });
    }

    void isNotArmedBeforeItIsInFront()
    {
        m_now.awake += 1h;
        QVERIFY(!m_guard.isArmed());
        QCOMPARE(m_guard.remaining(), ArmGuard::Delay);
    }

    void AC_03_armsAfter700MillisecondsInFront()
    {
        m_guard.setInFront(true);
        m_now.awake += 699ms;
        QVERIFY(!m_guard.isArmed());
        QCOMPARE(m_guard.remaining(), 1ms);
        m_now.awake += 1ms;
        QVERIFY(m_guard.isArmed());
    }

    void AC_03_eachDisturbanceStartsTheTimeAnew()
    {
        m_guard.setInFront(true);
        m_now.awake += 10s;
        QVERIFY(m_guard.isArmed());
        m_guard.disturb();
        QVERIFY(!m_guard.isArmed());
        m_now.awake += 699ms;
        m_guard.disturb();
        m_now.awake += 699ms;
        QVERIFY(!m_guard.isArmed());
        m_now.awake += 1ms;
        QVERIFY(m_guard.isArmed());
    }

    void AC_03_losingTheFrontDisarms()
    {
        arm();
        m_guard.setInFront(false);
        QVERIFY(!m_guard.isArmed());
        m_now.awake += 10s;
        m_guard.setInFront(true);
        QVERIFY(!m_guard.isArmed());
        m_now.awake += 700ms;
        QVERIFY(m_guard.isArmed());
    }

    void stayingInFrontDoesNotStartTheTimeAnew()
    {
        arm();
        m_guard.setInFront(true);
        QVERIFY(m_guard.isArmed());
    }

    void aPressAndReleaseThatAreArmedCountOnce()
    {
        arm();
        m_guard.press();
        QVERIFY(m_guard.release());
        QVERIFY(!m_guard.release());
    }

    void AC_03_aPressBeforeArmingDoesNotCountAfterIt()
    {
        m_guard.setInFront(true);
        m_now.awake += 699ms;
        m_guard.press();
        m_now.awake += 10s;
        QVERIFY(m_guard.isArmed());
        QVERIFY(!m_guard.release());
    }

    void AC_03_aDisturbanceBetweenPressAndReleaseDropsThePress()
    {
        arm();
        m_guard.press();
        m_guard.disturb();
        m_now.awake += 10s;
        QVERIFY(!m_guard.release());
    }

    void aReleaseWithoutAPressDoesNotCount()
    {
        arm();
        QVERIFY(!m_guard.release());
    }

    void AC_07_armsAnewAfterSleep()
    {
        arm();
        m_now.asleep += 1h;
        QVERIFY(!m_guard.isArmed());
        m_now.awake += 699ms;
        QVERIFY(!m_guard.isArmed());
        m_now.awake += 1ms;
        QVERIFY(m_guard.isArmed());
    }

    void AC_07_sleepBetweenPressAndReleaseDropsThePress()
    {
        arm();
        m_guard.press();
        m_now.asleep += 1h;
        QVERIFY(!m_guard.release());
        m_now.awake += 10s;
        QVERIFY(!m_guard.release());
    }

    void theSystemsClockGoesOn()
    {
        const ArmGuard::Now first = ArmGuard::systemNow();
        QVERIFY(first.awake > 0ms);
        QTRY_VERIFY(ArmGuard::systemNow().awake > first.awake);
    }

private:
    void arm()
    {
        m_guard.setInFront(true);
        m_now.awake += 700ms;
        QVERIFY(m_guard.isArmed());
    }

    ArmGuard::Now m_now;
    ArmGuard m_guard;
};

QTEST_GUILESS_MAIN(TestArmGuard)
#include "tst_armguard.moc"
