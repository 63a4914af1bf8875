// SPDX-License-Identifier: Apache-2.0
#include "qtsocket.h"
#include "servedpeer.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace {

constexpr qsizetype Long = qsizetype{16} * 1024 * 1024; // more than all buffers of TCP take

std::unique_ptr<PeerSocket> served(TcpPeer *peer)
{
    QFETCH_GLOBAL(bool, isPlain);
    return std::unique_ptr<PeerSocket>(isPlain ? connectServed(peer)
                                               : new QtSocket(peer->connectPair()));
}

// A socket and the peer at its other end. What comes is read at once.
struct Pair
{
    TcpPeer peer;
    std::unique_ptr<PeerSocket> socket = served(&peer);
    QSignalSpy reads{socket.get(), &PeerSocket::readyRead};
    QSignalSpy writes{socket.get(), &PeerSocket::written};
    QSignalSpy ends{socket.get(), &PeerSocket::disconnected};
    QByteArray received;

    void readAll()
    {
        QObject::connect(socket.get(), &PeerSocket::readyRead, socket.get(), [this] {
            while (socket->hasBytes()) {
                const QByteArray bytes = socket->read();
                QVERIFY(bytes.size() <= PeerSocket::ReadSize);
                received += bytes;
            }
        });
    }
};

} // namespace

class PeerSocketTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void knowsItsPeer();
    void readsWhatComes();
    void readsALongMessageInPieces();
    void tellsOnceOfWhatIsNotRead();
    void writesAtOnce();
    void keepsWhatThePeerDoesNotTake();
    void keepsTheOrderOfWhatIsWritten();
    void closesWhenAllIsWritten();
    void closesWithoutAResetOfWhatIsUnread();
    void writesNothingAfterItWasClosed();
    void abortsAtOnce();
    void tellsThatThePeerLeft();
    void readsAllBeforeThePeersEnd();
    void tellsThatThePeerLeftWhenNobodyReads();
    void survivesAWriteToAPeerWhoLeft();
};

void PeerSocketTest::initTestCase_data()
{
    QTest::addColumn<bool>("isPlain");
    QTest::newRow("plain") << true;
    QTest::newRow("of Qt") << false;
}

void PeerSocketTest::knowsItsPeer()
{
    const Pair pair;
    QVERIFY(pair.socket->isOpen());
    QCOMPARE(pair.socket->peerAddress(), QHostAddress(QHostAddress::LocalHost));
    QCOMPARE(pair.socket->peerPort(), pair.peer.port());
}

void PeerSocketTest::readsWhatComes()
{
    Pair pair;
    pair.readAll();
    QVERIFY(!pair.socket->hasBytes());
    pair.peer.send("one");
    QTRY_COMPARE(pair.received, "one");
    QVERIFY(!pair.socket->hasBytes());
    pair.peer.send("two");
    QTRY_COMPARE(pair.received, "onetwo");
}

void PeerSocketTest::readsALongMessageInPieces()
{
    Pair pair;
    pair.readAll();
    const QByteArray message = QByteArray("0123456789abcdefg").repeated(100'000);
    pair.peer.send(message);
    QTRY_COMPARE(pair.received.size(), message.size());
    QCOMPARE(pair.received, message);
}

void PeerSocketTest::tellsOnceOfWhatIsNotRead()
{
    Pair pair;
    Pair other;
    other.readAll();
    pair.peer.send("one");
    QTRY_VERIFY(pair.socket->hasBytes());
    QCOMPARE(pair.reads.size(), 1);
    other.peer.send("turns of the event loop");
    QTRY_COMPARE(other.received.size(), 23);
    QCOMPARE(pair.reads.size(), 1);
    QCOMPARE(pair.socket->read(), "one");
    QVERIFY(!pair.socket->hasBytes());
    pair.peer.send("two");
    QTRY_COMPARE(pair.reads.size(), 2);
    QCOMPARE(pair.socket->read(), "two");
}

void PeerSocketTest::writesAtOnce()
{
    Pair pair;
    pair.socket->write("hello");
    QCOMPARE(pair.socket->backlog(), 0);
    QTRY_COMPARE(pair.peer.received(), "hello");
}

void PeerSocketTest::keepsWhatThePeerDoesNotTake()
{
    Pair pair;
    pair.peer.stopReading();
    pair.socket->write(QByteArray(Long, 'x'));
    const qint64 before = pair.socket->backlog();
    QVERIFY(before > 0);
    pair.writes.clear();
    pair.peer.startReading();
    QTRY_COMPARE_WITH_TIMEOUT(pair.peer.received().size(), Long, 30'000);
    QVERIFY(pair.writes.size() > 0);
    QCOMPARE(pair.socket->backlog(), 0);
    QCOMPARE(pair.ends.size(), 0);
}

void PeerSocketTest::keepsTheOrderOfWhatIsWritten()
{
    Pair pair;
    pair.peer.stopReading();
    pair.socket->write(QByteArray(Long, 'x'));
    pair.socket->write("behind it");
    pair.peer.startReading();
    QTRY_COMPARE_WITH_TIMEOUT(pair.peer.received().size(), Long + 9, 30'000);
    QVERIFY(pair.peer.received().endsWith("xbehind it"));
}

void PeerSocketTest::closesWhenAllIsWritten()
{
    Pair pair;
    pair.peer.stopReading();
    pair.socket->write(QByteArray(Long, 'x'));
    pair.socket->close();
    QVERIFY(!pair.socket->isOpen());
    QCOMPARE(pair.ends.size(), 0);
    pair.peer.startReading();
    QTRY_COMPARE_WITH_TIMEOUT(pair.peer.received().size(), Long, 30'000);
    QTRY_COMPARE(pair.ends.size(), 1);
    QTRY_VERIFY(!pair.peer.isOpen());
}

void PeerSocketTest::closesWithoutAResetOfWhatIsUnread()
{
    Pair pair;
    pair.peer.send("never read");
    QTRY_VERIFY(pair.socket->hasBytes());
    pair.socket->write("the answer");
    pair.socket->close();
    QTRY_VERIFY(!pair.peer.isOpen());
    QCOMPARE(pair.peer.received(), "the answer");
    QCOMPARE(pair.ends.size(), 1);
}

void PeerSocketTest::writesNothingAfterItWasClosed()
{
    Pair pair;
    pair.socket->write("last");
    pair.socket->close();
    QTRY_VERIFY(!pair.peer.isOpen());
    QCOMPARE(pair.peer.received(), "last");
    QVERIFY(!pair.socket->isOpen());
    QCOMPARE(pair.socket->backlog(), 0);
    QVERIFY(!pair.socket->hasBytes());
}

void PeerSocketTest::abortsAtOnce()
{
    Pair pair;
    pair.peer.stopReading();
    pair.socket->write(QByteArray(Long, 'x'));
    pair.socket->abort();
    QVERIFY(!pair.socket->isOpen());
    QCOMPARE(pair.ends.size(), 1);
    QCOMPARE(pair.socket->backlog(), 0);
    pair.socket->abort();
    pair.socket->close();
    QCOMPARE(pair.ends.size(), 1);
    pair.peer.startReading();
    QTRY_VERIFY(!pair.peer.isOpen());
    QVERIFY(pair.peer.received().size() < Long);
}

void PeerSocketTest::tellsThatThePeerLeft()
{
    Pair pair;
    pair.readAll();
    pair.peer.close();
    QTRY_COMPARE(pair.ends.size(), 1);
    QVERIFY(!pair.socket->isOpen());
    QVERIFY(pair.received.isEmpty());
}

void PeerSocketTest::readsAllBeforeThePeersEnd()
{
    Pair pair;
    pair.readAll();
    const QByteArray message(1'000'000, 'x');
    pair.peer.send(message);
    pair.peer.close();
    QTRY_COMPARE(pair.ends.size(), 1);
    QCOMPARE(pair.received.size(), message.size());
}

void PeerSocketTest::tellsThatThePeerLeftWhenNobodyReads()
{
    Pair pair;
    pair.peer.send("never read");
    QTRY_COMPARE(pair.reads.size(), 1);
    pair.peer.close();
    QTRY_COMPARE(pair.ends.size(), 1);
    QVERIFY(!pair.socket->isOpen());
}

void PeerSocketTest::survivesAWriteToAPeerWhoLeft()
{
    Pair pair;
    pair.readAll();
    pair.peer.close();
    QTRY_VERIFY(!pair.peer.isOpen());
    for (int i = 0; i < 3; ++i) {
        pair.socket->write(QByteArray(100'000, 'x'));
        QTest::qWait(0);
    }
    QTRY_COMPARE(pair.ends.size(), 1);
    QCOMPARE(pair.socket->backlog(), 0);
}

QTEST_GUILESS_MAIN(PeerSocketTest)
#include "tst_peersocket.moc"
