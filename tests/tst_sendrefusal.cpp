// SPDX-License-Identifier: Apache-2.0
#include "sendrefusal.h"

#include "sendexit.h"

#include <QTest>

using namespace Qt::StringLiterals;

class SendRefusalTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatToDo_data();
    void saysWhatToDo();
    void quotesOnlyTheBeginningOfWhatAServerSays();
};

void SendRefusalTest::saysWhatToDo_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("words");
    QTest::newRow("redirect") << 302 << SendExit::Refused << u"not followed"_s;
    QTest::newRow("400") << 400 << SendExit::Refused << u"refuses the request (400)"_s;
    QTest::newRow("401") << 401 << SendExit::Refused << u"secret"_s;
    QTest::newRow("403") << 403 << SendExit::Refused << u"check --app and the secret"_s;
    QTest::newRow("404") << 404 << SendExit::Refused << u"is a Cometa server"_s;
    QTest::newRow("408") << 408 << SendExit::TimedOut << u"may still run"_s;
    QTest::newRow("409") << 409 << SendExit::Unavailable << u"in use"_s;
    QTest::newRow("413") << 413 << SendExit::Refused << u"too long"_s;
    QTest::newRow("418") << 418 << SendExit::Unavailable << u"lab-3 is not attached"_s;
    QTest::newRow("423") << 423 << SendExit::Unavailable << u"lab-3 is busy"_s;
    QTest::newRow("500") << 500 << SendExit::Refused << u"(500): Out of luck"_s;
}

void SendRefusalTest::saysWhatToDo()
{
    QFETCH(const int, status);
    QFETCH(const int, exitCode);
    QFETCH(const QString, words);
    SendOptions options;
    options.host = u"cometa.example.org"_s;
    options.device = u"lab-3"_s;
    const SendRefusal refusal = SendRefusal::of({status, "{\"msg\":\"Out of luck\"}"}, options);
    QCOMPARE(refusal.exitCode, exitCode);
    QVERIFY2(refusal.text.contains(words), qPrintable(refusal.text));
    QVERIFY(refusal.text.contains(QString::number(status)));
    QVERIFY(!refusal.text.contains(u'\n'));
}

void SendRefusalTest::quotesOnlyTheBeginningOfWhatAServerSays()
{
    const QByteArray body = "{\"msg\":\"" + QByteArray(10'000, 'x') + "\"}";
    QVERIFY(SendRefusal::of({500, body}, {}).text.size() < 200);
    QVERIFY(SendRefusal::of({500, "<html>"}, {}).text.endsWith("(500)"_L1));
}

QTEST_GUILESS_MAIN(SendRefusalTest)
#include "tst_sendrefusal.moc"
