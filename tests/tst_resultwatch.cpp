// SPDX-License-Identifier: Apache-2.0
#include "resultwatch.h"

#include "scriptedapi.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Answer = ScriptedApi::Answer;

namespace {

const QByteArray finished = R"("code":"finished","msg":"Finished.","request":"R1","exit":4,)"
                            R"("signal":null,"stdout":"late\n","stderr":"",)";
const QByteArray whole = finished + R"("stdout_bytes":5,"stderr_bytes":0,"truncated":false)";
const QByteArray cut = finished + R"("stdout_bytes":99,"stderr_bytes":0,"truncated":true)";
const QByteArray pending =
    R"({"msg":"Pending.","code":"pending","request":"R1","state":"running"})";

Answer page(const QByteArray &events, int next)
{
    return {200, "{\"events\":[" + events + "],\"next\":" + QByteArray::number(next) + '}', {}, 0};
}

Answer result(const QByteArray &members, int next)
{
    return page(R"({"seq":1,"time":"x","event":{"event":"result",)" + members + "}}", next);
}

Answer answer(int status, const QByteArray &body = {})
{
    return {status, body, {}, 0};
}

} // namespace

// A watch of request R1 and what it told.
struct Watched
{
    explicit Watched(const QList<Answer> &answers, const ResultWatch::Pace &pace = {1ms, 1h, 1ms})
        : options(optionsFor(server.port())), request(options), watch(options, &request)
    {
        server.setAnswers(answers);
        watch.setPace(pace);
        QObject::connect(&watch, &ResultWatch::ended, &watch,
                         [this](const SendReply &reply) { ended.append(reply); });
        QObject::connect(&watch, &ResultWatch::refused, &watch,
                         [this](const SendRefusal &refusal) { refused.append(refusal); });
        QObject::connect(&watch, &ResultWatch::stateChanged, &watch,
                         [this](const QString &state) { states.append(state); });
        QObject::connect(&watch, &ResultWatch::troubled, &watch,
                         [this](const QString &why) { troubles.append(why); });
        watch.start(u"R1"_s);
    }
    static SendOptions optionsFor(quint16 port)
    {
        SendOptions options;
        options.host = u"127.0.0.1"_s;
        options.port = port;
        options.application = u"ops"_s;
        options.device = u"lab-3"_s;
        options.secret = "s3cr3t";
        return options;
    }
    [[nodiscard]] bool ends() const
    {
        return QTest::qWaitFor([this] { return ended.size() + refused.size() > 0; }, 20'000);
    }

    ScriptedApi server;
    SendOptions options;
    SendRequest request;
    ResultWatch watch;
    QList<SendReply> ended;
    QList<SendRefusal> refused;
    QStringList states;
    QStringList troubles;
};

class ResultWatchTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheResultAmongTheEvents();
    void readsOnWhereItWas();
    void asksTheDeviceForWhatAnEventCannotHold();
    void takesTheCutResultWhenTheDeviceIsAway();
    void asksTheDeviceWhenTheServerKeepsNoEvents_data();
    void asksTheDeviceWhenTheServerKeepsNoEvents();
    void asksTheDeviceNowAndThen();
    void endsWhenTheDeviceKnowsNothingOfIt();
    void goesOnWhileSomethingIsAway();
    void endsWhenTheSecretIsRefused();
    void stops();
};

void ResultWatchTest::findsTheResultAmongTheEvents()
{
    const QByteArray others = R"({"seq":1,"time":"x","event":{"temp":21}},)"
                              R"({"seq":2,"time":"x","event":"result"},)"
                              R"({"seq":3,"time":"x","event_base64":"/w=="},)"
                              R"({"seq":4,"time":"x","event":{"event":"result","request":"R2",)"
                              R"("code":"finished","exit":9}})";
    Watched watched({page({}, 1), page(others, 5), page({}, 5), result(whole, 6)});
    QVERIFY(watched.ends());
    QCOMPARE(watched.ended.size(), 1);
    QCOMPARE(watched.ended.constFirst().exitCode, 4);
    QCOMPARE(watched.ended.constFirst().output, "late\n");
    QVERIFY(watched.troubles.isEmpty());
    for (const ScriptedApi::Request &request : watched.server.requests())
        QVERIFY(request.line.startsWith("GET "));
}

void ResultWatchTest::readsOnWhereItWas()
{
    Watched watched(
        {page(R"({"seq":40,"time":"x","event":1})", 41), page({}, 41), result(whole, 42)});
    QVERIFY(watched.ends());
    QVERIFY(watched.server.requests().at(0).line.contains("since=0&"));
    QVERIFY(watched.server.requests().at(1).line.contains("since=41&"));
    QVERIFY(watched.server.requests().at(2).line.contains("since=41&"));
}

void ResultWatchTest::asksTheDeviceForWhatAnEventCannotHold()
{
    Watched watched({result(cut, 2), answer(423), answer(200, '{' + whole + '}')});
    QVERIFY(watched.ends());
    QCOMPARE(watched.server.bodies().count(R"({"op":"result","request":"R1"})"), 2);
    QVERIFY(!watched.ended.constFirst().isCut);
}

void ResultWatchTest::takesTheCutResultWhenTheDeviceIsAway()
{
    Watched watched({result(cut, 2), answer(418)});
    QVERIFY(watched.ends());
    QVERIFY(watched.ended.constFirst().isCut);
    QCOMPARE(watched.ended.constFirst().exitCode, 4);
}

void ResultWatchTest::asksTheDeviceWhenTheServerKeepsNoEvents_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {400, 404, 405})
        QTest::addRow("%d", status) << status;
}

void ResultWatchTest::asksTheDeviceWhenTheServerKeepsNoEvents()
{
    QFETCH(const int, status);
    Watched watched({answer(status), answer(200, pending), answer(423), answer(200, pending),
                     answer(200, '{' + whole + '}')});
    QVERIFY(watched.ends());
    QCOMPARE(watched.ended.constFirst().output, "late\n");
    QCOMPARE(watched.states.value(0), u"running"_s);
    QCOMPARE(watched.server.requests().size(), 5);
    QVERIFY(watched.server.requests().at(1).line.contains("/send "));
}

void ResultWatchTest::asksTheDeviceNowAndThen()
{
    Watched watched({page({}, 1), answer(200, pending), answer(200, '{' + whole + '}')},
                    {1ms, 0ms, 1ms}); // the events may be lost
    QVERIFY(watched.ends());
    QCOMPARE(watched.states, QStringList{u"running"_s});
    QCOMPARE(watched.ended.constFirst().exitCode, 4);
}

void ResultWatchTest::endsWhenTheDeviceKnowsNothingOfIt()
{
    Watched watched({answer(404),
                     answer(200, R"({"msg":"Unknown request.","code":"unknown","request":"R1"})")});
    QVERIFY(watched.ends());
    QCOMPARE(watched.ended.constFirst().kind, SendReply::Kind::Unknown);
}

void ResultWatchTest::goesOnWhileSomethingIsAway()
{
    Watched watched({answer(503), answer(0), answer(418), page({}, 1), result(whole, 2)});
    QVERIFY(watched.ends());
    QCOMPARE(watched.ended.constFirst().exitCode, 4);
    QVERIFY(watched.troubles.size() >= 2);
    QVERIFY(watched.troubles.constFirst().contains("503"_L1));
    QCOMPARE(watched.troubles.constLast(), QString()); // it is over
}

void ResultWatchTest::endsWhenTheSecretIsRefused()
{
    Watched watched({page({}, 1), answer(403)});
    QVERIFY(watched.ends());
    QCOMPARE(watched.refused.size(), 1);
    QVERIFY(watched.ended.isEmpty());
}

void ResultWatchTest::stops()
{
    Watched watched({page({}, 1)});
    QTRY_VERIFY_WITH_TIMEOUT(watched.server.requests().size() >= 2, 20'000);
    watched.watch.stop();
    const qsizetype asked = watched.server.requests().size();
    watched.server.setAnswers({answer(200, "x")});
    watched.request.post("last"); // what was under way would have come before it
    QTRY_VERIFY_WITH_TIMEOUT(watched.server.bodies().contains("last"), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(!watched.request.isBusy(), 20'000);
    QVERIFY(watched.server.requests().size() <= asked + 2);
    QVERIFY(watched.ended.isEmpty());
}

QTEST_GUILESS_MAIN(ResultWatchTest)
#include "tst_resultwatch.moc"
