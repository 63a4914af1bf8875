// SPDX-License-Identifier: Apache-2.0
#include "websocketkeys.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class WebSocketKeysTest final : public QObject
{
    Q_OBJECT

    const WebSocketKeys::Clock::time_point m_now = WebSocketKeys::Clock::now();

private Q_SLOTS:
    void issuesKeysOfFortyHexDigits()
    {
        WebSocketKeys keys;
        QSet<QByteArray> all;
        for (int i = 0; i < 100; ++i) {
            const QByteArray key = keys.issue(u"app"_s, u"dev"_s, m_now);
            static const QRegularExpression pattern(u"^[0-9a-f]{40}$"_s);
            QVERIFY2(pattern.match(QString::fromLatin1(key)).hasMatch(), key.constData());
            all.insert(key);
        }
        QCOMPARE(all.size(), 100);
    }

    void SV_04_opensTheDeviceItWasIssuedFor()
    {
        WebSocketKeys keys;
        const QByteArray one = keys.issue(u"app"_s, u"dev1"_s, m_now);
        const QByteArray two = keys.issue(u"other"_s, u"dev2"_s, m_now);
        QCOMPARE(keys.application(one, u"dev1"_s, m_now), u"app"_s);
        QCOMPARE(keys.application(two, u"dev2"_s, m_now), u"other"_s);
        QVERIFY(!keys.application(one, u"dev2"_s, m_now));
        QVERIFY(!keys.application(one, {}, m_now));
    }

    void SV_04_refusesWhatWasNeverIssued()
    {
        WebSocketKeys keys;
        const QByteArray key = keys.issue(u"app"_s, u"dev"_s, m_now);
        for (const QByteArray &wrong :
             {QByteArray(), key.chopped(1), key + '0', key.toUpper() + "x", QByteArray(40, '0')})
            QVERIFY2(!keys.application(wrong, u"dev"_s, m_now), wrong.constData());
    }

    void SV_04_isGoodOnce()
    {
        WebSocketKeys keys;
        const QByteArray one = keys.issue(u"app"_s, u"dev"_s, m_now);
        const QByteArray two = keys.issue(u"app"_s, u"dev"_s, m_now);
        keys.useUp(one);
        QVERIFY(!keys.application(one, u"dev"_s, m_now));
        QVERIFY(keys.application(two, u"dev"_s, m_now));
    }

    void SV_04_isGoodForHalfAMinute()
    {
        WebSocketKeys keys;
        const QByteArray key = keys.issue(u"app"_s, u"dev"_s, m_now);
        QVERIFY(keys.application(key, u"dev"_s, m_now + 30s));
        QVERIFY(!keys.application(key, u"dev"_s, m_now + 30s + 1ns));
        const QByteArray later = keys.issue(u"app"_s, u"dev"_s, m_now + 31s); // the old one is gone
        QVERIFY(!keys.application(key, u"dev"_s, m_now));
        QVERIFY(keys.application(later, u"dev"_s, m_now + 31s));
    }

    void dropsTheOldestOfTooMany()
    {
        WebSocketKeys keys;
        const QByteArray first = keys.issue(u"app"_s, u"dev"_s, m_now);
        const QByteArray second = keys.issue(u"app"_s, u"dev"_s, m_now);
        for (qsizetype i = 2; i < WebSocketKeys::MaximumKeys; ++i)
            (void)keys.issue(u"app"_s, u"dev"_s, m_now);
        QVERIFY(keys.application(first, u"dev"_s, m_now));
        (void)keys.issue(u"app"_s, u"dev"_s, m_now);
        QVERIFY(!keys.application(first, u"dev"_s, m_now));
        QVERIFY(keys.application(second, u"dev"_s, m_now));
    }
};

QTEST_GUILESS_MAIN(WebSocketKeysTest)
#include "tst_websocketkeys.moc"
