// SPDX-License-Identifier: Apache-2.0
#include "controlconnection.h"
#include "controlsocket.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// A program at one end, a ControlConnection at the other.
struct Pair
{
    QTemporaryDir directory;
    QLocalServer server;
    QLocalSocket client;
    QObject owner;
    QList<QJsonObject> asked;
    ControlConnection::Answer answer = [](const QJsonObject &request) { return request; };

    // early: what is written before the connection is looked after.
    bool connect(std::chrono::milliseconds patience = ControlConnection::DefaultPatience,
                 const QByteArray &early = {})
    {
        const QString path = directory.filePath(u"s"_s);
        if (!server.listen(path))
            return false;
        client.connectToServer(path);
        client.write(early);
        if (!QTest::qWaitFor([this] { return server.hasPendingConnections(); }))
            return false;
        QLocalSocket *socket = server.nextPendingConnection();
        if (!QTest::qWaitFor([&] { return socket->bytesAvailable() >= early.size(); }))
            return false;
        new ControlConnection(
            socket,
            [this](const QJsonObject &request) {
                asked += request;
                return answer(request);
            },
            &owner, patience);
        return true;
    }
    [[nodiscard]] bool isClosed() const
    {
        return client.state() == QLocalSocket::UnconnectedState && owner.children().isEmpty();
    }
    // So many lines of the other end.
    QList<QByteArray> lines(int count)
    {
        QList<QByteArray> result;
        (void)QTest::qWaitFor([&] {
            while (client.canReadLine())
                result += client.readLine();
            return result.size() >= count;
        });
        return result;
    }
};

QString errorOf(const QByteArray &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    return object.value("ok"_L1) == QJsonValue(false) ? object.value("error"_L1).toString()
                                                      : QString();
}

// {"x":"…"} of so many bytes, newline not counted.
QByteArray lineOf(qsizetype size)
{
    return "{\"x\":\"" + QByteArray(size - 8, 'x') + "\"}";
}

} // namespace

class ControlConnectionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersLineByLineInOrder();
    void answersWhatCameBeforeIt();
    void waitsForTheEndOfALine();
    void IP_02_refusesWhatIsNoObject_data();
    void IP_02_refusesWhatIsNoObject();
    void IP_02_takesTheLongestLine();
    void IP_02_refusesALongerLine_data();
    void IP_02_refusesALongerLine();
    void IP_02_closesALineThatDoesNotEnd();
    void IP_02_aDrippingLineGetsNoMoreTime();
    void IP_02_givesTimeAgainForEachLine();
    void IP_02_answersNobodyWhoDoesNotRead();
    void endsWithTheOtherEnd();
};

void ControlConnectionTest::answersLineByLineInOrder()
{
    Pair pair;
    QVERIFY(pair.connect());
    pair.client.write("{\"do\":\"a\"}\n{ \"do\" : \"b\" }\r\n{}\n");
    QCOMPARE(pair.lines(3), (QList<QByteArray>{"{\"do\":\"a\"}\n", "{\"do\":\"b\"}\n", "{}\n"}));
    QCOMPARE(pair.asked.size(), 3);
    QCOMPARE(pair.client.state(), QLocalSocket::ConnectedState);
}

void ControlConnectionTest::answersWhatCameBeforeIt()
{
    Pair pair;
    QVERIFY(pair.connect(ControlConnection::DefaultPatience, "{\"do\":\"early\"}\n"));
    QVERIFY(pair.asked.isEmpty()); // not while it is made
    QCOMPARE(pair.lines(1), QList<QByteArray>{"{\"do\":\"early\"}\n"});
}

void ControlConnectionTest::waitsForTheEndOfALine()
{
    Pair pair;
    QVERIFY(pair.connect());
    const QByteArray line = "{\"a\":\"\xC3\xA4\"}\n";
    for (const char byte : line.chopped(1)) {
        pair.client.write(&byte, 1);
        pair.client.flush();
        QCoreApplication::processEvents();
        QVERIFY(pair.asked.isEmpty());
    }
    pair.client.write("\n");
    QCOMPARE(pair.lines(1), QList<QByteArray>{line});
}

void ControlConnectionTest::IP_02_refusesWhatIsNoObject_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("binary") << QByteArray("\x00\x01\xFE\x7F\n", 5);
    QTest::newRow("bad UTF-8") << QByteArray("{\"do\":\"\xFF\"}\n");
    QTest::newRow("overlong UTF-8") << QByteArray("{\"do\":\"\xC0\xAF\"}\n");
    QTest::newRow("surrogate in UTF-8") << QByteArray("{\"do\":\"\xED\xA0\x80\"}\n");
    QTest::newRow("word") << QByteArray("status\n");
    QTest::newRow("array") << QByteArray("[{}]\n");
    QTest::newRow("number") << QByteArray("5\n");
    QTest::newRow("empty line") << QByteArray("\n");
    QTest::newRow("half an object") << QByteArray("{\"do\":\n");
    QTest::newRow("two objects") << QByteArray("{}{}\n");
    QTest::newRow("deep") << QByteArray("{\"a\":" + QByteArray(100'000, '[') + '\n');
    QTest::newRow("HTTP of a browser") << QByteArray("POST / HTTP/1.1\r\n\r\n");
}

void ControlConnectionTest::IP_02_refusesWhatIsNoObject()
{
    QFETCH(QByteArray, line);
    Pair pair;
    QVERIFY(pair.connect());
    pair.client.write(line + "{\"do\":\"next\"}\n");
    QTRY_VERIFY(pair.isClosed());
    const QByteArray answer = pair.client.readAll();
    QCOMPARE(answer.count('\n'), 1);
    QVERIFY2(!errorOf(answer).isEmpty(), answer.constData());
    QVERIFY(pair.asked.isEmpty()); // what follows is not looked at either
}

void ControlConnectionTest::IP_02_takesTheLongestLine()
{
    Pair pair;
    QVERIFY(pair.connect());
    const QByteArray line = lineOf(ControlSocket::MaximumLine);
    pair.client.write(line + '\n' + line + '\n');
    QCOMPARE(pair.lines(2), (QList<QByteArray>{line + '\n', line + '\n'}));
}

void ControlConnectionTest::IP_02_refusesALongerLine_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("one byte") << lineOf(ControlSocket::MaximumLine + 1) + '\n';
    QTest::newRow("one byte, and no end") << lineOf(ControlSocket::MaximumLine + 1);
    QTest::newRow("far longer") << QByteArray(8 * 1024 * 1024, 'x');
}

void ControlConnectionTest::IP_02_refusesALongerLine()
{
    QFETCH(QByteArray, bytes);
    Pair pair;
    QVERIFY(pair.connect());
    pair.client.write(bytes);
    QTRY_VERIFY(pair.isClosed());
    QVERIFY(pair.asked.isEmpty());
    // A peer that is still writing may lose the sentence, but is told nothing else.
    const QByteArray answer =
        pair.client.bytesAvailable() > 0 ? pair.client.readAll() : QByteArray();
    QVERIFY2(answer.isEmpty() || errorOf(answer).contains(u"131072"), answer.constData());
}

void ControlConnectionTest::IP_02_closesALineThatDoesNotEnd()
{
    Pair pair;
    QVERIFY(pair.connect(50ms));
    pair.client.write("{\"do\":");
    QTRY_VERIFY(pair.isClosed());
    QVERIFY(pair.asked.isEmpty());
    QVERIFY(pair.client.readAll().isEmpty());
}

void ControlConnectionTest::IP_02_aDrippingLineGetsNoMoreTime()
{
    Pair pair;
    QVERIFY(pair.connect(200ms));
    QTimer drip;
    connect(&drip, &QTimer::timeout, this, [&] { pair.client.write("x"); });
    drip.start(10ms);
    QTRY_VERIFY(pair.isClosed());
}

void ControlConnectionTest::IP_02_givesTimeAgainForEachLine()
{
    Pair pair;
    QVERIFY(pair.connect(300ms));
    QElapsedTimer time;
    time.start();
    QTimer ask;
    connect(&ask, &QTimer::timeout, this, [&] { pair.client.write("{}\n"); });
    ask.start(20ms);
    QVERIFY(QTest::qWaitFor([&] { return time.hasExpired(700); }));
    QCOMPARE(pair.client.state(), QLocalSocket::ConnectedState);
    ask.stop();
    QTRY_VERIFY(pair.isClosed());
}

void ControlConnectionTest::IP_02_answersNobodyWhoDoesNotRead()
{
    Pair pair;
    const QJsonObject large{{u"x"_s, QString(8 * 1024 * 1024, u'x')}};
    pair.answer = [&](const QJsonObject &) { return large; };
    QVERIFY(pair.connect(500ms));
    pair.client.setReadBufferSize(1);
    pair.client.write(QByteArray("{}\n").repeated(100));
    QTRY_VERIFY(pair.owner.children().isEmpty());
    QVERIFY2(pair.asked.size() < 12, qPrintable(QString::number(pair.asked.size()))); // 64 MiB
}

void ControlConnectionTest::endsWithTheOtherEnd()
{
    Pair pair;
    QVERIFY(pair.connect());
    pair.client.write("{\"do\":\"half");
    pair.client.disconnectFromServer();
    QTRY_VERIFY(pair.isClosed());
    QVERIFY(pair.asked.isEmpty());
}

QTEST_GUILESS_MAIN(ControlConnectionTest)
#include "tst_controlconnection.moc"
