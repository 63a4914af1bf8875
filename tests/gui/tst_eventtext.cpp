// SPDX-License-Identifier: Apache-2.0
#include "eventtext.h"
#include "plain.h"
#include "ruleeventtext.h"

#include <QJsonArray>
#include <QPalette>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

JournalEntry entry(const QString &kind, const QJsonObject &data)
{
    JournalEntry made;
    made.kind = kind;
    made.data = data;
    return made;
}

const QJsonObject Refusal{
    {u"state"_s, u"waiting"_s}, {u"detail"_s, u"Go away."_s}, {u"error"_s, 4}, {u"status"_s, 403}};
const QJsonObject Loss{{u"state"_s, u"waiting"_s}, {u"detail"_s, u"Gone."_s}, {u"error"_s, 2}};

} // namespace

class TestEventText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesSentences_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QJsonObject>("data");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *name, const QString &kind, const QJsonObject &data,
                            const QString &sentence) {
            QTest::newRow(name) << kind << data << sentence;
        };
        row("attached", u"link"_s,
            {{u"state"_s, u"attached"_s}, {u"to"_s, u"h:1/a"_s}, {u"device"_s, u"d"_s}},
            u"Attached to h:1/a as d, not encrypted"_s);
        row("refused", u"link"_s, Refusal, u"Refused: Go away."_s);
        row("lost", u"link"_s, Loss, u"Not connected: Gone."_s);
        row("paused", u"link"_s, {{u"state"_s, u"paused"_s}}, u"Paused by you"_s);
        row("detached", u"link"_s, {{u"state"_s, u"disconnected"_s}}, u"Detached"_s);
        row("started", u"agent"_s, {{u"started"_s, u"1.0"_s}}, u"Cometa Agent 1.0 started"_s);
        row("not set up", u"agent"_s, {{u"started"_s, u"1.0"_s}, {u"set_up"_s, false}},
            u"Cometa Agent 1.0 started, not set up yet"_s);
        row("ended", u"agent"_s, {{u"ended"_s, true}}, u"Cometa Agent ended"_s);
        row("event", u"event"_s, {{u"event"_s, u"{\"t\":1}\n<b>"_s}}, u"{\"t\":1}\\n<b>"_s);
        row("bytes", u"event"_s, {{u"event_base64"_s, u"AP8="_s}}, u"\\u{0000}\\x{FF}"_s);
        row("dropped", u"outbox"_s, {{u"dropped"_s, 3}},
            u"3 waiting events were dropped, since there was no more room"_s);
        row("settings", u"settings"_s, {{u"changed"_s, QJsonArray{u"port"_s, u"tls"_s}}},
            u"Settings changed: port, tls"_s);
        row("window", u"window"_s, {{u"minutes"_s, 15}}, u"Everything is approved for 15 min"_s);
        row("window ends", u"window"_s, {{u"minutes"_s, 0}}, u"“Allow everything” has ended"_s);
        row("away", u"owner"_s, {{u"present"_s, false}},
            u"The screen is locked, or you are away"_s);
        row("rule", u"rule"_s,
            {{u"change"_s, u"added"_s},
             {u"verdict"_s, u"deny"_s},
             {u"cmd"_s, u"ls\\n"_s},
             {u"scope"_s, u"h:1/a"_s}},
            u"Rule added: deny “ls\\n” from h:1/a"_s);
        row("rule that is no VisibleText", u"rule"_s,
            {{u"change"_s, u"over"_s}, {u"verdict"_s, u"allow"_s}, {u"cmd"_s, u"\u202E"_s}},
            u"Rule is over: allow “\\u{202E}” from "_s);
        row("checkpoint", u"checkpoint"_s, {{u"from"_s, 1}, {u"through"_s, 9}},
            u"Old history was removed, rows 1 to 9"_s);
        row("unknown", u"novel"_s, {{u"n"_s, 1}}, u"{\"n\":1}"_s);
    }
    void writesSentences()
    {
        QFETCH(const QString, kind);
        QFETCH(const QJsonObject, data);
        QTEST(EventText::sentence(entry(kind, data)), "sentence");
        QVERIFY(!EventText::kind(kind).isEmpty());
    }

    void knowsProblemsAndTheirRemedies()
    {
        const JournalEntry refusal = entry(u"link"_s, Refusal);
        const JournalEntry loss = entry(u"link"_s, Loss);
        const JournalEntry dropped = entry(u"outbox"_s, {{u"dropped"_s, 3}});
        const JournalEntry damaged = entry(u"chain"_s, {{u"event"_s, u"head-missing"_s}});
        for (const JournalEntry &problem : {refusal, loss, dropped, damaged}) {
            QVERIFY(EventText::isProblem(problem));
            QVERIFY(!EventText::remedy(problem).isEmpty());
        }
        QVERIFY(EventText::isRefusal(refusal));
        QVERIFY(!EventText::isRefusal(loss));
        QVERIFY(EventText::remedy(refusal) != EventText::remedy(loss));
        for (const JournalEntry &fine :
             {entry(u"link"_s, {{u"state"_s, u"attached"_s}}), entry(u"event"_s, {}),
              entry(u"chain"_s, {{u"event"_s, u"begin"_s}})}) {
            QVERIFY(!EventText::isProblem(fine));
            QVERIFY(EventText::remedy(fine).isEmpty());
        }
    }

    void statesOfTheLinkDifferBySymbol()
    {
        QSet<QString> symbols;
        for (const JournalEntry &one :
             {entry(u"link"_s, Refusal), entry(u"link"_s, Loss),
              entry(u"link"_s, {{u"state"_s, u"attached"_s}}),
              entry(u"link"_s, {{u"state"_s, u"paused"_s}}), entry(u"event"_s, {})})
            symbols.insert(EventText::symbol(one));
        QCOMPARE(symbols.size(), 5);
        QVERIFY(EventText::colour(entry(u"link"_s, Refusal), QPalette())
                != EventText::colour(entry(u"link"_s, Loss), QPalette()));
    }

    void writesTimesAsAPersonWould()
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        QCOMPARE(EventText::when(now.addSecs(-9), now), u"just now"_s);
        QCOMPARE(EventText::when(now.addSecs(-59), now), u"59 s ago"_s);
        QCOMPARE(EventText::when(now.addSecs(-60), now), u"1 min ago"_s);
        QCOMPARE(EventText::when(now.addSecs(-3599), now), u"59 min ago"_s);
        QCOMPARE(EventText::when(now.addSecs(-3600), now), Plain::shortTime(now.addSecs(-3600)));
        QCOMPARE(EventText::when(now.addSecs(90), now), Plain::shortTime(now.addSecs(90)));
        QCOMPARE(EventText::length(59s), u"59 s"_s);
        QCOMPARE(EventText::length(3599s), u"59 min"_s);
        QCOMPARE(EventText::length(2h), u"2 h"_s);
        QCOMPARE(EventText::length(2h + 3min), u"2 h 3 min"_s);
        QCOMPARE(EventText::length(49h), u"2 d 1 h"_s);
        QCOMPARE(EventText::length(-5s), u"0 s"_s);
        QCOMPARE(EventText::heartbeats(1, {}), u"1 heartbeat"_s);
        QVERIFY(EventText::heartbeats(12, now).startsWith(u"12 heartbeats, the last at "_s));
    }

    void tellsOfRules()
    {
        for (const auto *change : {"used", "read", "kept", "trusted", "discarded"}) {
            const QString text = RuleEventText::sentence({{u"change"_s, QLatin1String(change)}});
            QVERIFY2(!text.contains(QLatin1String("Rules: ")), change);
        }
        QCOMPARE(RuleEventText::sentence({{u"change"_s, u"<x>\n"_s}}), u"Rules: <x>\\n"_s);
    }
};

QTEST_GUILESS_MAIN(TestEventText)
#include "tst_eventtext.moc"
