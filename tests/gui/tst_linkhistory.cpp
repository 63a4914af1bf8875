// SPDX-License-Identifier: Apache-2.0
#include "journalrows.h"
#include "linkhistory.h"

#include <QTest>

using namespace Qt::StringLiterals;
using State = LinkHistory::State;

namespace {

const QDateTime Noon(QDate(2026, 1, 31), QTime(12, 0), Qt::UTC);

QDateTime at(int minute)
{
    return Noon.addSecs(minute * 60);
}

JournalEntry row(qint64 seq, int minute, const QString &kind, const QJsonObject &data)
{
    JournalEntry entry;
    entry.seq = seq;
    entry.time = at(minute);
    entry.kind = kind;
    entry.data = data;
    return entry;
}

JournalEntry link(qint64 seq, int minute, const QString &state, const QJsonObject &more = {})
{
    QJsonObject data = more;
    data.insert("state"_L1, state);
    return row(seq, minute, u"link"_s, data);
}

JournalEntry started(qint64 seq, int minute)
{
    return row(seq, minute, u"agent"_s, {{u"started"_s, u"1.0"_s}});
}

JournalEntry ended(qint64 seq, int minute)
{
    return row(seq, minute, u"agent"_s, {{u"ended"_s, true}});
}

// "A 0-10 W 10-20": state and minutes of each span.
QString told(const QList<LinkHistory::Span> &spans)
{
    static const QMap<State, QString> letters{
        {State::NotRunning, u"-"_s},  {State::Connecting, u"C"_s}, {State::Attached, u"A"_s},
        {State::Waiting, u"W"_s},     {State::Refused, u"R"_s},    {State::Paused, u"P"_s},
        {State::Disconnected, u"D"_s}};
    QStringList parts;
    for (const LinkHistory::Span &span : spans)
        parts.append(u"%1 %2-%3"_s.arg(letters.value(span.state))
                         .arg(Noon.secsTo(span.begin) / 60)
                         .arg(Noon.secsTo(span.end) / 60));
    return parts.join(u' ');
}

} // namespace

class TestLinkHistory final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutRowsNothingRan()
    {
        const LinkHistory history;
        QCOMPARE(told(history.spans(at(0), at(60))), u"- 0-60"_s);
        QVERIFY(!history.oldestTime().isValid());
    }

    void aDayHasItsSpans()
    {
        LinkHistory history;
        history.add(started(1, 5));
        history.add(link(2, 6, u"attached"_s));
        history.add(link(3, 20, u"waiting"_s, {{u"error"_s, 2}}));
        history.add(link(4, 22, u"attached"_s));
        history.add(link(5, 30, u"paused"_s));
        history.add(link(6, 40, u"attached"_s));
        history.add(link(7, 50, u"disconnected"_s));
        history.add(ended(8, 51));
        QCOMPARE(told(history.spans(at(0), at(60))),
                 u"- 0-5 C 5-6 A 6-20 W 20-22 A 22-30 P 30-40 A 40-50 D 50-51 - 51-60"_s);
    }

    void rowsMayComeInAnyOrder()
    {
        LinkHistory history;
        history.add(link(4, 22, u"attached"_s));
        history.add(link(3, 20, u"waiting"_s));
        history.add(started(1, 5));
        history.add(link(2, 6, u"attached"_s));
        QCOMPARE(told(history.spans(at(0), at(30))), u"- 0-5 C 5-6 A 6-20 W 20-22 A 22-30"_s);
        QCOMPARE(history.oldestTime(), at(5));
    }

    void aRefusalIsToldFromALoss_data()
    {
        QTest::addColumn<QJsonObject>("data");
        QTest::addColumn<int>("state");
        const auto row = [](const char *name, const QJsonObject &data, State state) {
            QTest::newRow(name) << data << int(state);
        };
        row("time-out", {{u"error"_s, 1}}, State::Waiting);
        row("network", {{u"error"_s, 2}}, State::Waiting);
        row("protocol", {{u"error"_s, 3}}, State::Refused);
        row("authorization", {{u"error"_s, 4}, {u"status"_s, 403}}, State::Refused);
        row("written by an older version", {}, State::Waiting);
    }
    void aRefusalIsToldFromALoss()
    {
        QFETCH(const QJsonObject, data);
        QFETCH(const int, state);
        LinkHistory history;
        history.add(link(1, 0, u"waiting"_s, data));
        QCOMPARE(int(history.spans(at(0), at(1)).first().state), state);
    }

    void aKilledAgentIsGoneFromItsLastRowOn()
    {
        LinkHistory history;
        history.add(started(1, 0));
        history.add(link(2, 1, u"attached"_s));
        history.add(started(9, 40), at(17)); // the last row of the life before
        history.add(link(10, 41, u"attached"_s));
        QCOMPARE(told(history.spans(at(0), at(60))), u"C 0-1 A 1-17 - 17-40 C 40-41 A 41-60"_s);
    }

    void anAgentThatEndedIsNotGoneTwice()
    {
        LinkHistory history;
        history.add(link(2, 1, u"attached"_s));
        history.add(ended(3, 10));
        history.add(started(4, 40), at(10));
        QCOMPARE(told(history.spans(at(1), at(60))), u"A 1-10 - 10-40 C 40-60"_s);
    }

    void anAgentWithoutSettingsDoesNotConnect()
    {
        LinkHistory history;
        history.add(row(1, 0, u"agent"_s, {{u"started"_s, u"1.0"_s}, {u"set_up"_s, false}}));
        QCOMPARE(told(history.spans(at(0), at(60))), u"D 0-60"_s);
        QCOMPARE(history.spans(at(0), at(60)).first().words, u"Not set up yet"_s);
    }

    void theFirstSpanBeginsWhereItBegan()
    {
        LinkHistory history;
        history.add(link(1, -500, u"attached"_s));
        history.add(link(2, 30, u"paused"_s));
        QCOMPARE(told(history.spans(at(0), at(60))), u"A -500-30 P 30-60"_s);
    }

    void theSameAgainIsOneSpan()
    {
        LinkHistory history;
        history.add(link(1, 0, u"waiting"_s, {{u"detail"_s, u"down"_s}}));
        history.add(link(2, 10, u"waiting"_s, {{u"detail"_s, u"down"_s}}));
        history.add(link(3, 20, u"waiting"_s, {{u"detail"_s, u"other"_s}}));
        QCOMPARE(told(history.spans(at(0), at(30))), u"W 0-20 W 20-30"_s);
    }

    void aClockThatIsSetBackMakesNoSpanRunBackwards()
    {
        LinkHistory history;
        history.add(link(1, 10, u"attached"_s));
        history.add(link(2, 5, u"waiting"_s));
        history.add(link(3, 20, u"attached"_s));
        QCOMPARE(told(history.spans(at(0), at(30))), u"- 0-10 W 10-20 A 20-30"_s);
    }

    void whatIsToComeIsNotShown()
    {
        LinkHistory history;
        history.add(link(1, 10, u"attached"_s));
        history.add(link(2, 90, u"paused"_s)); // the clock was an hour ahead
        QCOMPARE(told(history.spans(at(0), at(30))), u"- 0-10 A 10-30"_s);
    }

    void wordsAreWhatTheServerSaidAndVisible()
    {
        LinkHistory history;
        history.add(
            link(1, 0, u"waiting"_s,
                 {{u"detail"_s, u"<b>\u202Eno</b>"_s}, {u"error"_s, 4}, {u"status"_s, 403}}));
        QCOMPARE(history.spans(at(0), at(1)).first().words, u"Refused: <b>\\u{202E}no</b>"_s);
    }

    void otherRowsChangeNothing()
    {
        LinkHistory history;
        history.add(row(1, 0, u"event"_s, {{u"state"_s, u"attached"_s}}));
        QCOMPARE(told(history.spans(at(0), at(60))), u"- 0-60"_s);
        QVERIFY(!LinkHistory::kinds().contains(u"event"_s));
    }

    void whatIsOldIsForgotten()
    {
        LinkHistory history;
        const qint64 minute = Noon.toSecsSinceEpoch() / 60;
        history.add(link(1, 0, u"paused"_s));
        history.add(link(2, 10, u"attached"_s));
        history.add(link(3, 40, u"waiting"_s));
        history.addRequests({{minute + 10, 1}, {minute + 30, 2}});
        history.forget(at(20));
        QCOMPARE(history.oldestTime(), at(10));
        QCOMPARE(told(history.spans(at(20), at(60))), u"A 10-40 W 40-60"_s);
        QCOMPARE(history.requests(at(0), at(60)), 2);
    }

    void requestsAreCounted()
    {
        LinkHistory history;
        const qint64 minute = Noon.toSecsSinceEpoch() / 60;
        history.addRequests({{minute, 1}, {minute + 5, 2}});
        history.addRequests({{minute + 5, 3}, {minute + 9, 4}}); // the minute is in two slices
        QCOMPARE(history.requests(at(0), at(4)), 1);
        QCOMPARE(history.requests(at(0), at(5)), 6);
        QCOMPARE(history.requests(at(6), at(60)), 4);
        QCOMPARE(history.requestsByMinute().size(), 3);
    }
};

QTEST_GUILESS_MAIN(TestLinkHistory)
#include "tst_linkhistory.moc"
