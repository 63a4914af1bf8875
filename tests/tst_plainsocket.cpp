// SPDX-License-Identifier: Apache-2.0
#include "servedpeer.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <memory>
#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace {

// Two connected sockets of one poll.
struct Pair
{
    std::shared_ptr<SocketPoll> poll = std::make_shared<SocketPoll>();
    std::unique_ptr<PlainSocket> first;
    std::unique_ptr<PlainSocket> second;

    Pair()
    {
        std::array<int, 2> ends{};
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
            qFatal("no pair of sockets");
        first = std::make_unique<PlainSocket>(ends[0], poll);
        second = std::make_unique<PlainSocket>(ends[1], poll);
    }
};

} // namespace

class PlainSocketTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAgainWhatCameWhileNobodyRead()
    {
        Pair pair;
        pair.first->write("one");
        QTRY_VERIFY(pair.second->hasBytes());
        pair.first->write("two");
        QCOMPARE(pair.second->read(), "onetwo");
        QVERIFY(pair.second->read().isEmpty());
        QVERIFY(pair.second->isOpen());
    }

    // Both are ready in one turn, and the first that is told of it ends the other.
    void tellsNothingToOneThatAnotherHasEnded()
    {
        Pair pair;
        QSignalSpy reads(pair.first.get(), &PeerSocket::readyRead);
        QSignalSpy otherReads(pair.second.get(), &PeerSocket::readyRead);
        connect(pair.first.get(), &PeerSocket::readyRead, pair.second.get(),
                [&pair] { pair.second.reset(); });
        connect(pair.second.get(), &PeerSocket::readyRead, pair.first.get(),
                [&pair] { pair.first.reset(); });
        pair.first->write("to the second");
        pair.second->write("to the first");
        QTRY_COMPARE(reads.size() + otherReads.size(), 1);
        QTest::qWait(0);
        QCOMPARE(reads.size() + otherReads.size(), 1);
        QVERIFY(!pair.first != !pair.second);
    }

    void mayBeAbortedWhileItTellsThatBytesCame()
    {
        Pair pair;
        QSignalSpy ends(pair.second.get(), &PeerSocket::disconnected);
        connect(pair.second.get(), &PeerSocket::readyRead, pair.second.get(), &PeerSocket::abort);
        pair.first->write("x");
        QTRY_COMPARE(ends.size(), 1);
        QVERIFY(pair.second->read().isEmpty());
        QVERIFY(!pair.second->hasBytes());
    }

    void knowsNoPeerOnceItEnded()
    {
        TcpPeer peer;
        const std::unique_ptr<PeerSocket> socket(connectServed(&peer));
        socket->abort();
        QVERIFY(socket->peerAddress().isNull());
        QCOMPARE(socket->peerPort(), 0);
    }

    void closesItsDescriptor()
    {
        TcpPeer peer;
        {
            const std::unique_ptr<PeerSocket> socket(connectServed(&peer));
            QVERIFY(peer.isOpen());
        }
        QTRY_VERIFY(!peer.isOpen());
    }

    void isNotOpenWhereTheSystemCannotWatchIt()
    {
        const QTemporaryDir directory;
        QFile file(directory.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const int descriptor = dup(file.handle());
        QVERIFY(descriptor >= 0);
        PlainSocket socket(descriptor, std::make_shared<SocketPoll>());
        QVERIFY(!socket.isOpen());
        QVERIFY(socket.read().isEmpty());
        socket.write("x");
        socket.close();
        QCOMPARE(file.size(), 0);
        QCOMPARE(dup(descriptor), -1); // it was closed
    }
};

QTEST_GUILESS_MAIN(PlainSocketTest)
#include "tst_plainsocket.moc"
