// SPDX-License-Identifier: Apache-2.0
#include "httpconnectiontalk.h"
#include "wire.h"

#include <QLoggingCategory>

using namespace HttpConnectionTalk;
using Clock = HttpConnection::Clock;
using HttpTalk::answersIn;

namespace {

constexpr qsizetype EventSize = qsizetype{1024} * 1024;

// Answers of 1 MiB each, asked for by requests that all come at once, and none is read.
bool askAndDoNotRead(Talk *talk, int count)
{
    TcpPeer device;
    const DeviceSession *session = talk->attach(&device, u"dev1"_s);
    device.send(Wire::frame(Wire::EventByte + QByteArray(EventSize - 1, 'x')));
    if (!QTest::qWaitFor([session] { return session->statistics().messages() == 1; }))
        return false;
    talk->connection->start();
    talk->requester.stopReading();
    talk->requester.send(request("GET " + Devices + "dev1/events", Secret).repeated(count));
    return QTest::qWaitFor(
        [talk] { return talk->socket->backlog() > HttpConnection::MaximumUnread; });
}

} // namespace

class HttpPatienceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void SV_03_tellsAnUploaderThatItsBodyIsTooLarge();
    void SV_03_givesAHeadItsTime();
    void SV_03_givesADrippingHeadNoMoreTime();
    void SV_03_givesABodyItsTime();
    void givesEachRequestItsOwnTime();
    void closesAnIdleConnectionWithoutAWord_data();
    void closesAnIdleConnectionWithoutAWord();
    void waitsForADeviceHoweverLongItTakes();
    void countsTheTimeBetweenRequestsFromTheAnswer();
    void P10_keepsAnswersWithinBoundsForARequesterWhoDoesNotRead();
    void P10_dropsARequesterWhoDoesNotRead();
};

void HttpPatienceTest::initTestCase()
{
    QLoggingCategory::setFilterRules(u"cometa.server*.info=false"_s); // a line for each request
}

void HttpPatienceTest::SV_03_tellsAnUploaderThatItsBodyIsTooLarge()
{
    Talk talk;
    talk.connection->start();
    talk.requester.send(sendRequest(QByteArray(qsizetype{32} * 1024 * 1024, 'x')));
    QTRY_COMPARE(talk.statuses(), QList<int>{413});
    QVERIFY(talk.requester.isOpen());
    talk.connection->checkDeadlines(Clock::now() + 2s);
    QTRY_VERIFY(!talk.requester.isOpen());
}

void HttpPatienceTest::SV_03_givesAHeadItsTime()
{
    Talk talk;
    talk.connection->start();
    const auto before = Clock::now();
    QVERIFY(talk.deliver("GET /healthz HTTP/1.1\r\nHo"));
    const auto after = Clock::now();
    talk.connection->checkDeadlines(before + 10s - OneTick);
    QVERIFY(talk.isOpen());
    talk.connection->checkDeadlines(after + 10s);
    QTRY_COMPARE(talk.statuses(), QList<int>{408});
    talk.connection->checkDeadlines(Clock::now() + 2s);
    QTRY_VERIFY(!talk.requester.isOpen());
    QCOMPARE(talk.statuses().size(), 1);
    QCOMPARE(answersIn(talk.requester.received()).first().field("Connection"), "close");
    QTRY_VERIFY(!talk.connection);
}

void HttpPatienceTest::SV_03_givesADrippingHeadNoMoreTime()
{
    Talk talk;
    talk.connection->start();
    QVERIFY(talk.deliver("GET /healthz HTTP/1.1\r\n"));
    const auto between = Clock::now();
    QVERIFY(talk.deliver("Host: h\r\n"));
    QVERIFY(talk.deliver("X"));
    talk.connection->checkDeadlines(between + 10s);
    QTRY_COMPARE(talk.statuses(), QList<int>{408});
}

void HttpPatienceTest::SV_03_givesABodyItsTime()
{
    Talk talk;
    TcpPeer device;
    (void)talk.attach(&device, u"dev1"_s);
    talk.connection->start();
    const auto before = Clock::now();
    QVERIFY(talk.deliver(sendRequest("ping").chopped(6)));
    const auto between = Clock::now();
    QVERIFY(talk.deliver("\r\npin"));
    talk.connection->checkDeadlines(before + 30s - OneTick);
    QVERIFY(talk.isOpen());
    talk.connection->checkDeadlines(between + 30s);
    QTRY_COMPARE(talk.statuses(), QList<int>{408});
    QVERIFY(talk.deliver("g")); // comes too late
    QVERIFY(device.received().isEmpty());
}

void HttpPatienceTest::givesEachRequestItsOwnTime()
{
    Talk talk;
    talk.connection->start();
    const auto first = Clock::now();
    QVERIFY(talk.deliver(Health));
    const auto second = Clock::now();
    QVERIFY(talk.deliver("GET "));
    const auto third = Clock::now();
    talk.connection->checkDeadlines(first + 10s);
    talk.connection->checkDeadlines(second + 10s - OneTick);
    QVERIFY(talk.isOpen());
    talk.connection->checkDeadlines(third + 10s);
    QTRY_COMPARE(talk.statuses(), (QList<int>{200, 408}));
}

void HttpPatienceTest::closesAnIdleConnectionWithoutAWord_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no request yet") << QByteArray();
    QTest::newRow("behind a request") << Health;
}

void HttpPatienceTest::closesAnIdleConnectionWithoutAWord()
{
    QFETCH(QByteArray, bytes);
    const auto before = Clock::now();
    Talk talk;
    talk.connection->start();
    talk.requester.send(bytes);
    QTRY_COMPARE(talk.statuses().size(), bytes.isEmpty() ? 0 : 1);
    talk.connection->checkDeadlines(before + 10s);
    QVERIFY(talk.isOpen());
    talk.connection->checkDeadlines(Clock::now() + 10s);
    QTRY_VERIFY(!talk.requester.isOpen());
    QCOMPARE(talk.statuses().size(), bytes.isEmpty() ? 0 : 1);
    QTRY_VERIFY(!talk.connection);
}

void HttpPatienceTest::waitsForADeviceHoweverLongItTakes()
{
    Talk talk;
    TcpPeer device;
    (void)talk.attach(&device, u"dev1"_s);
    talk.connection->start();
    QVERIFY(talk.deliver(sendRequest("ping") + "GET /hea")); // begins while the device is asked
    talk.connection->checkDeadlines(Clock::now() + 1h);
    QVERIFY(talk.isOpen());
    device.send(Wire::frame("pong"));
    QTRY_COMPARE(talk.statuses(), QList<int>{200});
    talk.requester.send("lthz HTTP/1.1\r\nHost: h\r\n\r\n");
    QTRY_COMPARE(talk.statuses(), (QList<int>{200, 200}));
}

void HttpPatienceTest::countsTheTimeBetweenRequestsFromTheAnswer()
{
    Talk talk;
    TcpPeer device;
    (void)talk.attach(&device, u"dev1"_s);
    talk.connection->start();
    talk.requester.send(sendRequest("ping"));
    QTRY_COMPARE(device.received(), "4\r\nping\r\n");
    const auto before = Clock::now(); // the device has taken its time so far
    device.send(Wire::frame("pong"));
    QTRY_COMPARE(talk.statuses(), QList<int>{200});
    talk.connection->checkDeadlines(before + 10s);
    QVERIFY(talk.isOpen());
}

void HttpPatienceTest::P10_keepsAnswersWithinBoundsForARequesterWhoDoesNotRead()
{
    constexpr int Count = 64;
    Talk talk;
    QVERIFY(askAndDoNotRead(&talk, Count));
    QVERIFY(talk.reads.size() > 0);
    const qint64 bound = HttpConnection::MaximumUnread + EventSize + 1024;
    QVERIFY2(talk.socket->backlog() <= bound, qPrintable(QString::number(talk.socket->backlog())));

    talk.requester.startReading();
    QTRY_COMPARE_WITH_TIMEOUT(talk.statuses().size(), Count, 60'000); // none is lost
    QVERIFY(talk.isOpen());
}

void HttpPatienceTest::P10_dropsARequesterWhoDoesNotRead()
{
    Talk talk;
    QVERIFY(askAndDoNotRead(&talk, 32)); // more than all buffers take
    talk.connection->checkDeadlines(Clock::now() + HttpConnection::HeadTime);
    QVERIFY(talk.isOpen()); // a long answer takes its time
    talk.connection->checkDeadlines(Clock::now() + HttpConnection::ReadTime);
    QTRY_VERIFY(!talk.connection);
}

QTEST_GUILESS_MAIN(HttpPatienceTest)

#include "tst_httppatience.moc"
