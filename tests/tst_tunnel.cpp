// SPDX-License-Identifier: Apache-2.0
#include "tunnel.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(LinkFailure)

namespace {

// A proxy that a test plays by hand, and our end of the connection to it.
struct Talk
{
    explicit Talk(ProxyOptions::Kind kind = ProxyOptions::Kind::Http, const QString &user = {})
    {
        ok = server.listen(QHostAddress::LocalHost, 0);
        ours.connectToHost(QHostAddress::LocalHost, server.serverPort());
        ok = ok && QTest::qWaitFor([this] {
                 return ours.state() == QAbstractSocket::ConnectedState
                     && server.hasPendingConnections();
             });
        theirs = server.nextPendingConnection();
        const ProxyOptions proxy{kind, u"proxy.example"_s, 3128, user, u"hush-hush"_s};
        tunnel = std::make_unique<Tunnel>(&ours, proxy, u"h.example"_s, quint16(443));
        opened = std::make_unique<QSignalSpy>(tunnel.get(), &Tunnel::opened);
        failed = std::make_unique<QSignalSpy>(tunnel.get(), &Tunnel::failed);
        tunnel->open();
        ok = ok && QTest::qWaitFor([this] { return theirs->bytesAvailable() > 0; });
        asked = theirs->readAll();
    }
    void answer(const QByteArray &bytes) const
    {
        theirs->write(bytes);
        theirs->flush();
    }
    [[nodiscard]] LinkFailure failure() const
    {
        return failed->constFirst().constFirst().value<LinkFailure>();
    }

    bool ok = false;
    QTcpServer server;
    QTcpSocket ours;
    QTcpSocket *theirs = nullptr;
    QByteArray asked;
    std::unique_ptr<Tunnel> tunnel;
    std::unique_ptr<QSignalSpy> opened;
    std::unique_ptr<QSignalSpy> failed;
};

} // namespace

class TestTunnel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensAndLeavesTheRestToOthers()
    {
        Talk talk;
        QVERIFY(talk.ok);
        QVERIFY(talk.asked.startsWith("CONNECT h.example:443 "));
        talk.answer("HTTP/1.1 200 OK\r\n\r\n");
        QTRY_COMPARE(talk.opened->size(), 1);
        talk.answer("from the server");
        QTRY_COMPARE(talk.ours.bytesAvailable(), 15);
        QCOMPARE(talk.failed->size(), 0);
        talk.theirs->disconnectFromHost(); // is told by whoever reads now
        QTRY_COMPARE(talk.ours.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(talk.failed->size(), 0);
    }

    void speaksSocks()
    {
        Talk talk(ProxyOptions::Kind::Socks5);
        QVERIFY(talk.ok);
        QCOMPARE(talk.asked, QByteArray::fromHex("050100"));
        talk.answer(QByteArray::fromHex("0500"));
        QTRY_VERIFY(talk.theirs->bytesAvailable() > 0);
        QVERIFY(talk.theirs->readAll().contains("h.example"));
        talk.answer(QByteArray::fromHex("05000001000000000000"));
        QTRY_COMPARE(talk.opened->size(), 1);
    }

    void NE_08_saysWhatToDo_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("user");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const QByteArray &answer, const QString &user,
                            int status, const QString &words) {
            QTest::newRow(name) << answer << user << status << words;
        };
        row("password", "HTTP/1.1 407 Who\r\n\r\n", {}, 407, u"--proxy-password-file"_s);
        row("wrong", "HTTP/1.1 407 Who\r\n\r\n", u"anna"_s, 407, u"does not accept"_s);
        row("NTLM", "HTTP/1.1 407 Who\r\nProxy-Authenticate: NTLM\r\n\r\n", {}, 407,
            u"way to log in"_s);
        row("forbidden", "HTTP/1.1 403 No\r\n\r\n", {}, 0, u"does not allow"_s);
        row("gateway", "HTTP/1.1 502 Bad\r\n\r\n", {}, 0, u"cannot reach h.example port 443"_s);
        row("fault", "HTTP/1.1 500 Oops\r\n\r\n", {}, 0, u"(500 Oops)"_s);
        row("page", "HTTP/1.1 200 OK\r\n\r\n<html>", {}, 0, u"not a Cometa server"_s);
        row("other", "220 smtp\r\n", {}, 0, u"address and kind"_s);
    }

    void NE_08_saysWhatToDo()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, user);
        QFETCH(QString, words);
        Talk talk(ProxyOptions::Kind::Http, user);
        QVERIFY(talk.ok);
        talk.answer(answer);
        QTRY_COMPARE(talk.failed->size(), 1);
        QTEST(talk.failure().status, "status");
        QVERIFY2(talk.failure().text.contains(words), qPrintable(talk.failure().text));
        QVERIFY(!talk.failure().text.contains("hush"_L1));
        QCOMPARE(talk.opened->size(), 0);
    }

    void P22_showsNothingOfTheProxyButPlainWords()
    {
        Talk talk;
        QVERIFY(talk.ok);
        talk.answer("HTTP/1.1 502 <b>\xe2\x80\xae" + QByteArray(500, 'x') + "\r\n\r\n");
        QTRY_COMPARE(talk.failed->size(), 1);
        QVERIFY(!talk.failure().text.contains(QChar(0x202e)));
        QVERIFY(talk.failure().text.size() < 400);
    }

    void saysThatTheProxyHungUp()
    {
        Talk talk;
        QVERIFY(talk.ok);
        talk.theirs->disconnectFromHost();
        QTRY_COMPARE(talk.failed->size(), 1);
        QVERIFY(talk.failure().text.contains("hung up"_L1));
    }

    void hearsWhyBeforeTheProxyHangsUp()
    {
        Talk talk;
        QVERIFY(talk.ok);
        talk.answer("HTTP/1.1 502 Bad\r\n\r\n");
        talk.theirs->disconnectFromHost();
        QTRY_COMPARE(talk.failed->size(), 1);
        QVERIFY(talk.failure().text.contains("502"_L1));
    }
};

QTEST_GUILESS_MAIN(TestTunnel)
#include "tst_tunnel.moc"
