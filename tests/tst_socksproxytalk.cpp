// SPDX-License-Identifier: Apache-2.0
#include "socksproxytalk.h"

#include <QTest>

using Fault = ProxyTalk::Fault;
using State = ProxyTalk::State;
using namespace Qt::StringLiterals;

class TestSocksProxyTalk final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForTheServer_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QByteArray>("request"); // hexadecimal
        QTest::newRow("name") << u"h.example"_s << QByteArray("05010003 09682e6578616d706c65 01bb");
        QTest::newRow("IPv4") << u"192.0.2.7"_s << QByteArray("05010001 c0000207 01bb");
        QTest::newRow("IPv6") << u"2001:db8::1"_s
                              << QByteArray("05010004 20010db8000000000000000000000001 01bb");
    }

    void asksForTheServer()
    {
        QFETCH(QString, host);
        QFETCH(QByteArray, request);
        SocksProxyTalk talk({host, 443, {}, {}});
        QCOMPARE(talk.feed({}), QByteArray::fromHex("050100"));
        QCOMPARE(talk.feed(QByteArray::fromHex("0500")), QByteArray::fromHex(request));
        QVERIFY(talk.feed(QByteArray::fromHex("05000001000000000000")).isEmpty());
        QCOMPARE(talk.state(), State::Open);
    }

    void logsInWhereTheProxyWantsIt()
    {
        SocksProxyTalk talk({u"h.example"_s, 443, u"anna"_s, u"pw"_s});
        QCOMPARE(talk.feed({}), QByteArray::fromHex("05020002"));
        QCOMPARE(talk.feed(QByteArray::fromHex("0502")), QByteArray::fromHex("0104616e6e61027077"));
        QVERIFY(talk.feed(QByteArray::fromHex("0100")).startsWith("\x05\x01"));
        SocksProxyTalk open({u"h.example"_s, 443, u"anna"_s, u"pw"_s});
        (void)open.feed({});
        QVERIFY(open.feed(QByteArray::fromHex("0500")).startsWith("\x05\x01")); // no password then
    }

    void NE_08_hearsWhatTheProxySays_data()
    {
        QTest::addColumn<QString>("user");
        QTest::addColumn<QByteArray>("answer"); // hexadecimal
        QTest::addColumn<int>("fault");
        const auto row = [](const char *name, const QString &user, const QByteArray &answer,
                            Fault fault) { QTest::newRow(name) << user << answer << int(fault); };
        const QByteArray open = "05000001000000000000";
        row("IPv4", {}, "0500" + open, Fault::None);
        row("IPv6", {}, "05000500000400000000000000000000000000000000 0000", Fault::None);
        row("name", {}, "0500 05000003 02 6161 0000", Fault::None);
        row("log-in", u"anna"_s, "0502 0100" + open, Fault::None);
        row("a byte more", {}, "0500" + open + "3c", Fault::OwnPage);
        row("wants a log-in", {}, "05ff", Fault::WantsPassword);
        row("takes a log-in unasked", {}, "0502", Fault::WantsPassword);
        row("wants another log-in", u"anna"_s, "05ff", Fault::OtherLogin);
        row("GSSAPI", u"anna"_s, "0501", Fault::OtherLogin);
        row("wrong password", u"anna"_s, "0502 0101", Fault::WrongPassword);
        row("not allowed", {}, "0500 05020001000000000000", Fault::Forbidden);
        row("no way", {}, "0500 05030001000000000000", Fault::Unreachable);
        row("refused", {}, "0500 0505", Fault::Unreachable);
        row("fault", {}, "0500 05010001000000000000", Fault::Refused);
        row("SOCKS 4", {}, "005a", Fault::OtherKind);
        row("HTTP", {}, QByteArray("HTTP/1.1 400 Bad").toHex(), Fault::OtherKind);
        row("no address", {}, "0500 05000009000000000000", Fault::OtherKind);
    }

    void NE_08_hearsWhatTheProxySays()
    {
        QFETCH(QString, user);
        QFETCH(QByteArray, answer);
        QFETCH(int, fault);
        const QByteArray bytes = QByteArray::fromHex(answer);
        SocksProxyTalk whole({u"h.example"_s, 443, user, u"pw"_s});
        (void)whole.feed({});
        (void)whole.feed(bytes);
        QCOMPARE(int(whole.fault()), fault);
        QCOMPARE(whole.state(), fault == 0 ? State::Open : State::Failed);
        if (fault == int(Fault::OwnPage))
            return; // byte by byte it is the server's
        SocksProxyTalk drops({u"h.example"_s, 443, user, u"pw"_s});
        (void)drops.feed({});
        for (const char byte : bytes)
            (void)drops.feed(QByteArrayView(&byte, 1));
        QCOMPARE(int(drops.fault()), fault);
    }

    void waitsForTheRest()
    {
        const QByteArray whole = QByteArray::fromHex("050005000003026161");
        SocksProxyTalk talk({u"h.example"_s, 443, {}, {}});
        (void)talk.feed({});
        (void)talk.feed(whole);
        QCOMPARE(talk.state(), State::Talking); // for the port
        (void)talk.feed(QByteArray(2, '\0'));
        QCOMPARE(talk.state(), State::Open);
    }
};

QTEST_GUILESS_MAIN(TestSocksProxyTalk)
#include "tst_socksproxytalk.moc"
