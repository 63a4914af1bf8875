// SPDX-License-Identifier: Apache-2.0
#include "wire.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestWire : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesTheAttachRequestInOnePiece();
    void NE_04_writesNoAttachRequestThatItsPartsCouldChange_data();
    void NE_04_writesNoAttachRequestThatItsPartsCouldChange();
    void writesFrames_data();
    void writesFrames();
    void writesNoFrameOfSizeZero();
    void writesTheHeartbeat();
    void writesEvents_data();
    void writesEvents();
    void writesNoEventBeyondItsLimit();
    void knowsRepliesThatWouldBeTakenForSomethingElse_data();
    void knowsRepliesThatWouldBeTakenForSomethingElse();
    void SV_02_takesOnlyIdsThatAreSafeInAPath_data();
    void SV_02_takesOnlyIdsThatAreSafeInAPath();
};

void TestWire::writesTheAttachRequestInOnePiece()
{
    const QByteArray plain = "POST /v1/applications/0a1b2c3d4e5f/devices/0242AC110002 HTTP/1.1\r\n"
                             "Host: cometa.example.org:7007\r\n"
                             "Content-Length: 12\r\n"
                             "\r\n"
                             "Linux-device";
    QCOMPARE(Wire::attachRequest("cometa.example.org:7007", u"0a1b2c3d4e5f"_s, u"0242AC110002"_s,
                                 "Linux-device"),
             plain);
    const QByteArray withoutInfo = "POST /v1/applications/a/devices/d HTTP/1.1\r\n"
                                   "Host: [::1]\r\n"
                                   "Content-Length: 0\r\n"
                                   "\r\n";
    QCOMPARE(Wire::attachRequest("[::1]", u"a"_s, u"d"_s, {}), withoutInfo);
    const QByteArray withLineEnds = "POST /v1/applications/a/devices/d HTTP/1.1\r\n"
                                    "Host: h\r\n"
                                    "Content-Length: 9\r\n"
                                    "\r\n"
                                    "a\r\n\r\nb\xc3\xbc\n";
    QCOMPARE(Wire::attachRequest("h", u"a"_s, u"d"_s, "a\r\n\r\nb\xc3\xbc\n"), withLineEnds);
}

void TestWire::NE_04_writesNoAttachRequestThatItsPartsCouldChange_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QString>("application");
    QTest::addColumn<QString>("device");

    QTest::newRow("line end in host") << "h\r\nX: y"_ba << u"a"_s << u"d"_s;
    QTest::newRow("blank in host") << "h h"_ba << u"a"_s << u"d"_s;
    QTest::newRow("host beyond ASCII") << "b\xc3\xbc"_ba << u"a"_s << u"d"_s;
    QTest::newRow("no host") << QByteArray() << u"a"_s << u"d"_s;
    QTest::newRow("line end in application") << "h"_ba << u"a\r\n"_s << u"d"_s;
    QTest::newRow("way out of the path") << "h"_ba << u".."_s << u"d"_s;
    QTest::newRow("slash in device") << "h"_ba << u"a"_s << u"d/e"_s;
    QTest::newRow("no device") << "h"_ba << u"a"_s << QString();
}

void TestWire::NE_04_writesNoAttachRequestThatItsPartsCouldChange()
{
    QFETCH(QByteArray, host);
    QFETCH(QString, application);
    QFETCH(QString, device);
    QCOMPARE(Wire::attachRequest(host, application, device, "info"), QByteArray());
}

void TestWire::writesFrames_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("one byte") << "x"_ba
                              << "1\r\nx\r\n"_ba;
    QTest::newRow("nine bytes") << "123456789"_ba
                                << "9\r\n123456789\r\n"_ba;
    QTest::newRow("lower-case digit") << "0123456789"_ba
                                      << "a\r\n0123456789\r\n"_ba;
    QTest::newRow("two digits") << "0123456789abcdef"_ba
                                << "10\r\n0123456789abcdef\r\n"_ba;
    QTest::newRow("any bytes") << QByteArray("\0\r\n\xff", 4)
                               << QByteArray("4\r\n\0\r\n\xff\r\n", 9);
    QTest::newRow("1 MiB") << QByteArray(1048576, 'z')
                           << "100000\r\n"_ba + QByteArray(1048576, 'z') + "\r\n";
}

void TestWire::writesFrames()
{
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, bytes);
    QCOMPARE(Wire::frame(data), bytes);
}

void TestWire::writesNoFrameOfSizeZero()
{
    QVERIFY(Wire::frame({}).isEmpty());
    QVERIFY(Wire::frame("").isEmpty());
}

void TestWire::writesTheHeartbeat()
{
    QCOMPARE(Wire::heartbeat(), "1\r\n\x06\r\n"_ba);
}

void TestWire::writesEvents_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("JSON") << R"({"temp":21})"_ba
                          << "c\r\n\x07{\"temp\":21}\r\n"_ba;
    QTest::newRow("empty") << QByteArray() << "1\r\n\x07\r\n"_ba;
    QTest::newRow("begins with the event byte") << "\x07\x06"_ba
                                                << "3\r\n\x07\x07\x06\r\n"_ba;
    QTest::newRow("longest") << QByteArray(32755, 'e')
                             << "7ff4\r\n\x07"_ba + QByteArray(32755, 'e') + "\r\n";
}

void TestWire::writesEvents()
{
    QFETCH(QByteArray, payload);
    QFETCH(QByteArray, bytes);
    QCOMPARE(Wire::event(payload), bytes);
}

void TestWire::writesNoEventBeyondItsLimit()
{
    QVERIFY(Wire::event(QByteArray(32756, 'e')).isEmpty());
}

void TestWire::knowsRepliesThatWouldBeTakenForSomethingElse_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<bool>("isAmbiguous");

    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("heartbeat") << "\x06"_ba << true;
    QTest::newRow("event without payload") << "\x07"_ba << true;
    QTest::newRow("event") << "\x07ready\n"_ba << true;
    QTest::newRow("longer than a heartbeat") << "\x06\n"_ba << false;
    QTest::newRow("bell later on") << "a\x07"_ba << false;
    QTest::newRow("newline") << "\n"_ba << false;
    QTest::newRow("NUL") << QByteArray(1, '\0') << false;
}

void TestWire::knowsRepliesThatWouldBeTakenForSomethingElse()
{
    QFETCH(QByteArray, reply);
    QTEST(Wire::isAmbiguousReply(reply), "isAmbiguous");
}

void TestWire::SV_02_takesOnlyIdsThatAreSafeInAPath_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("isApplication");
    QTest::addColumn<bool>("isDevice");

    QTest::newRow("MAC") << u"0242AC110002"_s << true << true;
    QTest::newRow("all signs") << u"aZ09_.:-"_s << true << true;
    QTest::newRow("three dots") << u"..."_s << true << true;
    QTest::newRow("32") << QString(32, u'x') << true << true;
    QTest::newRow("33") << QString(33, u'x') << true << false;
    QTest::newRow("64") << QString(64, u'x') << true << false;
    QTest::newRow("65") << QString(65, u'x') << false << false;
    const QStringList refused = {u""_s,       u"."_s,   u".."_s,     u"a/b"_s, u"a b"_s,
                                 u"%2e%2e"_s, u"a\n"_s, u"\u00fc"_s, u"a?b"_s, u"\uff41"_s,
                                 u"\u0661"_s, u"a@b"_s, u"a\\b"_s,   u"a;b"_s};
    for (const QString &id : refused)
        QTest::addRow("refused %d", static_cast<int>(refused.indexOf(id))) << id << false << false;
    QTest::newRow("NUL") << QString(QChar(0)) << false << false;
    QTest::newRow("10 kB") << QString(10000, u'a') << false << false;
}

void TestWire::SV_02_takesOnlyIdsThatAreSafeInAPath()
{
    QFETCH(QString, id);
    QTEST(Wire::isApplicationId(id), "isApplication");
    QTEST(Wire::isDeviceId(id), "isDevice");
}

QTEST_GUILESS_MAIN(TestWire)
#include "tst_wire.moc"
