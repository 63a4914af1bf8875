// SPDX-License-Identifier: Apache-2.0
#include "httptalk.h"
#include "webhook.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Whoever the events are posted to: takes requests apart, and answers as it is told.
class Receiver final : public QObject
{
public:
    Receiver()
    {
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        });
        listen(0);
    }

    void listen(quint16 port)
    {
        if (!m_server.listen(QHostAddress::LocalHost, port))
            qFatal("no port on loopback");
    }
    quint16 close()
    {
        const quint16 port = m_server.serverPort();
        m_server.close();
        return port;
    }
    [[nodiscard]] WebhookTarget target() const
    {
        WebhookTarget target;
        QString error;
        if (!target.setUrl(u"http://127.0.0.1:%1/hook?a=b"_s.arg(m_server.serverPort()), &error))
            qFatal("%s", qPrintable(error));
        return target;
    }

    QList<QByteArray> answers; // the next ones; then 204
    QList<QByteArray> heads;
    QList<QByteArray> bodies;
    bool isSilent = false;

private:
    void read(QTcpSocket *socket)
    {
        QByteArray &bytes = m_bytes[socket];
        bytes += socket->readAll();
        const qsizetype end = bytes.indexOf("\r\n\r\n") + 4;
        if (end < 4)
            return;
        const HttpTalk::Answer request{0, bytes.first(end), {}};
        const qsizetype length = request.field("Content-Length").toLongLong();
        if (bytes.size() < end + length)
            return;
        heads.append(request.head);
        bodies.append(bytes.sliced(end, length));
        bytes.remove(0, end + length);
        if (isSilent)
            return;
        const QByteArray answer =
            answers.isEmpty() ? "HTTP/1.1 204 No Content\r\n\r\n" : answers.takeFirst();
        socket->write(answer);
        if (answer.isEmpty())
            socket->abort();
    }

    QTcpServer m_server;
    QHash<QTcpSocket *, QByteArray> m_bytes;
};

QByteArray status(int number, const QByteArray &fields = {})
{
    return "HTTP/1.1 " + QByteArray::number(number) + " X\r\nContent-Length: 0\r\n" + fields
        + "\r\n";
}

} // namespace

class WebhookTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // A line for each failure. Errors of Qt stay.
        QLoggingCategory::setFilterRules(u"cometa.server.warning=false"_s);
    }

    void makesTheDocumentedObject()
    {
        const auto object = [](const QByteArray &event) {
            return QJsonDocument::fromJson(Webhook::body(u"ops"_s, u"dev1"_s, event)).object();
        };
        const QJsonObject json = object(R"({"temp":21})");
        QCOMPARE(json.keys(), QStringList({u"app_id"_s, u"device_id"_s, u"event"_s, u"time"_s}));
        QCOMPARE(json.value("app_id"_L1), u"ops"_s);
        QCOMPARE(json.value("device_id"_L1), u"dev1"_s);
        QCOMPARE(json.value("event"_L1), (QJsonObject{{u"temp"_s, 21}}));
        const QString time = json.value("time"_L1).toString();
        QVERIFY(time.endsWith(u'Z') && QDateTime::fromString(time, Qt::ISODate).isValid());
        QCOMPARE(object("plain").value("event"_L1), u"plain"_s);
        QCOMPARE(object("\xFF").value("event_base64"_L1), u"/w=="_s);
        QVERIFY(!object("\xFF").contains("event"_L1));
    }

    void postsInOrder()
    {
        Receiver receiver;
        WebhookTarget target = receiver.target();
        target.fieldName = "X-Key";
        target.fieldValue = "word";
        Webhook webhook(u"ops"_s);
        webhook.setTarget(target);
        for (const char *event : {"1", "2", "3"})
            webhook.post(event);
        QTRY_COMPARE(receiver.bodies, (QList<QByteArray>{"1", "2", "3"}));
        QVERIFY(receiver.heads.first().startsWith("POST /hook?a=b HTTP/1.1\r\n"));
        const HttpTalk::Answer head{0, receiver.heads.first(), {}};
        QCOMPARE(head.field("Content-Type"), "application/json");
        QCOMPARE(head.field("X-Key"), "word");
        QTRY_COMPARE(webhook.waiting(), 0);
        QCOMPARE(webhook.delivered(), 3);
        QCOMPARE(webhook.failures(), 0);
    }

    void hasOneUnderWayAtATime()
    {
        Receiver receiver;
        receiver.isSilent = true;
        Webhook webhook(u"ops"_s);
        webhook.setTarget(receiver.target());
        webhook.post("1");
        webhook.post("2");
        QTRY_COMPARE(receiver.bodies.size(), 1);
        QCOMPARE(webhook.waiting(), 2);
    }

    void triesAgain_data()
    {
        QTest::addColumn<QByteArray>("answer");
        for (const int number : {408, 429, 500, 503, 599})
            QTest::addRow("%d", number) << status(number);
        QTest::newRow("closed") << QByteArray();
        QTest::newRow("no HTTP") << QByteArray("SSH-2.0-x\r\n\r\n");
    }
    void triesAgain()
    {
        QFETCH(QByteArray, answer);
        Receiver receiver;
        receiver.answers = {answer, answer};
        Webhook webhook(u"ops"_s, 1ms);
        webhook.setTarget(receiver.target());
        webhook.post("1");
        webhook.post("2");
        QTRY_COMPARE(webhook.delivered(), 2);
        QCOMPARE(receiver.bodies.last(), "2");
        QCOMPARE(receiver.bodies, (QList<QByteArray>{"1", "1", "1", "2"}));
        QCOMPARE(webhook.failures(), 2); // thus Qt has not asked on its own
        QCOMPARE(webhook.dropped(), 0);
    }

    void triesAgainUntilSomebodyListens()
    {
        Receiver receiver;
        Webhook webhook(u"ops"_s, 1ms);
        webhook.setTarget(receiver.target());
        const quint16 port = receiver.close();
        webhook.post("1");
        QTRY_VERIFY(webhook.failures() >= 3);
        QCOMPARE(webhook.waiting(), 1);
        receiver.listen(port);
        QTRY_COMPARE(webhook.delivered(), 1);
        QCOMPARE(receiver.bodies, QList<QByteArray>{"1"});
    }

    void dropsWhatIsRefused_data()
    {
        QTest::addColumn<QByteArray>("answer");
        for (const int number : {400, 401, 404, 410})
            QTest::addRow("%d", number) << status(number);
        for (const int number : {301, 302, 307, 308}) {
            QTest::addRow("%d: no redirect is followed", number)
                << status(number, "Location: /other\r\n");
        }
    }
    void dropsWhatIsRefused()
    {
        QFETCH(QByteArray, answer);
        Receiver receiver;
        receiver.answers = {answer};
        Webhook webhook(u"ops"_s);
        webhook.setTarget(receiver.target());
        webhook.post("1");
        webhook.post("2");
        QTRY_COMPARE(webhook.delivered(), 1);
        QCOMPARE(receiver.bodies, (QList<QByteArray>{"1", "2"}));
        QCOMPARE(webhook.dropped(), 1);
        QCOMPARE(webhook.waiting(), 0);
    }

    void P10_keepsTheLastTenThousand()
    {
        Receiver receiver;
        receiver.isSilent = true;
        Webhook webhook(u"ops"_s);
        webhook.setTarget(receiver.target());
        webhook.post("first"); // under way
        for (int i = 0; i < Webhook::MaximumEvents + 5; ++i)
            webhook.post(QByteArray::number(i));
        QCOMPARE(webhook.waiting(), Webhook::MaximumEvents);
        QCOMPARE(webhook.dropped(), 6);
    }

    void P10_keepsTheLastSixteenMebibytes()
    {
        Webhook webhook(u"ops"_s); // without a target nothing goes
        const QByteArray event(1024 * 1024, 'x');
        for (int i = 0; i < 20; ++i)
            webhook.post(event);
        QCOMPARE(webhook.waiting(), 16);
        QCOMPARE(webhook.dropped(), 4);
        webhook.post(QByteArray(Webhook::MaximumBytes + 1, 'x')); // one alone is kept
        QCOMPARE(webhook.waiting(), 1);
    }

    void goesOnAtAnotherAddress()
    {
        Receiver receiver;
        Webhook webhook(u"ops"_s, 1h);
        WebhookTarget nobody;
        QString error;
        QVERIFY(nobody.setUrl(u"http://127.0.0.1:1/"_s, &error));
        webhook.setTarget(nobody);
        webhook.post("1");
        QTRY_COMPARE(webhook.failures(), 1);
        webhook.setTarget(receiver.target());
        QTRY_COMPARE(receiver.bodies, QList<QByteArray>{"1"});
    }

    void P10_readsNoEndlessAnswer()
    {
        Receiver receiver;
        receiver.answers = {"HTTP/1.1 200 OK\r\n\r\n" + QByteArray(1024 * 1024, 'x')};
        Webhook webhook(u"ops"_s);
        webhook.setTarget(receiver.target());
        webhook.post("1");
        webhook.post("2");
        QTRY_COMPARE(webhook.delivered(), 2);
        QCOMPARE(webhook.failures(), 0);
    }

    void endsWhileOneIsUnderWay()
    {
        Receiver receiver;
        receiver.isSilent = true;
        auto webhook = std::make_unique<Webhook>(u"ops"_s);
        webhook->setTarget(receiver.target());
        webhook->post("1");
        QTRY_COMPARE(receiver.bodies.size(), 1);
        webhook.reset();
        QCOMPARE(receiver.bodies.size(), 1);
    }
};

QTEST_GUILESS_MAIN(WebhookTest)
#include "tst_webhook.moc"
