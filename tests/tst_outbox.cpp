// SPDX-License-Identifier: Apache-2.0
#include "journalfixture.h"
#include "outbox.h"

using namespace Qt::StringLiterals;

namespace {

const QString Here = u"10.0.0.1:443/7"_s;
const QString Elsewhere = u"10.0.0.2:443/7"_s;

QList<QByteArray> payloads(const Outbox &outbox, const QString &scope = Here)
{
    QList<QByteArray> list;
    for (const Outbox::Item &item : outbox.next(scope, 0, 1000))
        list.append(item.payload);
    return list;
}

} // namespace

class tst_Outbox final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void givesEventsBackInOrder();
    void givesEachScopeOnlyItsOwn();
    void continuesAfterAnId();
    void removesWhatWasSent();
    void keepsWhatWaitsOverARestart();
    void neverUsesAnIdTwice();
    void dropsTheOldestPeriodicEventFirst();
    void dropsTheOwnersEventsBeforeResults();
    void refusesAnEventWhenAllThatWaitsIsWorthMore();
    void countsBytes();
    void refusesAnEventLargerThanTheOutbox();
    void takesAnyBytes();
    void refusesWhenTheDatabaseCannotBeWritten();

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Journal> m_journal;
};

void tst_Outbox::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_journal = std::make_unique<Journal>();
    QVERIFY(JournalFixture::open(m_journal.get(), m_directory->path()));
}

void tst_Outbox::cleanup()
{
    m_journal.reset();
    m_directory.reset();
}

void tst_Outbox::givesEventsBackInOrder()
{
    Outbox outbox(m_journal->connection());
    QVERIFY(outbox.add(Outbox::Kind::Event, Here, "one"));
    QVERIFY(outbox.add(Outbox::Kind::Result, Here, "two"));
    QVERIFY(outbox.add(Outbox::Kind::Periodic, Here, "three"));
    QCOMPARE(payloads(outbox), (QList<QByteArray>{"one", "two", "three"}));
    QCOMPARE(outbox.next(Here, 0, 1).size(), 1);
    QCOMPARE(outbox.next(Here, 0, 3).at(1).kind, Outbox::Kind::Result);
    QCOMPARE(outbox.count(), 3);
}

void tst_Outbox::givesEachScopeOnlyItsOwn()
{
    Outbox outbox(m_journal->connection());
    QVERIFY(outbox.add(Outbox::Kind::Event, Here, "for here"));
    QVERIFY(outbox.add(Outbox::Kind::Event, Elsewhere, "for elsewhere"));
    QCOMPARE(payloads(outbox), QList<QByteArray>{"for here"});
    QCOMPARE(payloads(outbox, Elsewhere), QList<QByteArray>{"for elsewhere"});
}

void tst_Outbox::continuesAfterAnId()
{
    Outbox outbox(m_journal->connection());
    for (const char *payload : {"a", "b", "c"})
        QVERIFY(outbox.add(Outbox::Kind::Event, Here, payload));
    const qint64 first = outbox.next(Here, 0, 1).constFirst().id;
    QCOMPARE(outbox.next(Here, first, 10).constFirst().payload, "b");
}

void tst_Outbox::removesWhatWasSent()
{
    Outbox outbox(m_journal->connection());
    QVERIFY(outbox.add(Outbox::Kind::Event, Here, "a"));
    QVERIFY(outbox.add(Outbox::Kind::Event, Here, "b"));
    const qint64 first = outbox.next(Here, 0, 1).constFirst().id;
    QVERIFY(outbox.remove(first));
    QVERIFY(outbox.remove(first)); // twice does no harm
    QCOMPARE(outbox.count(), 1);
    QCOMPARE(payloads(outbox), QList<QByteArray>{"b"});
}

void tst_Outbox::keepsWhatWaitsOverARestart()
{
    {
        Outbox outbox(m_journal->connection());
        QVERIFY(outbox.add(Outbox::Kind::Result, Here, "kept"));
    }
    m_journal->close();
    QVERIFY(JournalFixture::open(m_journal.get(), m_directory->path()));
    const Outbox outbox(m_journal->connection());
    QCOMPARE(outbox.count(), 1);
    QCOMPARE(payloads(outbox), QList<QByteArray>{"kept"});
}

void tst_Outbox::neverUsesAnIdTwice()
{
    Outbox outbox(m_journal->connection());
    QVERIFY(outbox.add(Outbox::Kind::Event, Here, "a"));
    const qint64 first = outbox.next(Here, 0, 1).constFirst().id;
    QVERIFY(outbox.remove(first));
    QVERIFY(outbox.add(Outbox::Kind::Event, Here, "b"));
    QVERIFY(outbox.next(Here, 0, 1).constFirst().id > first);
}

void tst_Outbox::dropsTheOldestPeriodicEventFirst()
{
    Outbox outbox(m_journal->connection(), {.events = 4, .bytes = 1000});
    QVERIFY(outbox.add(Outbox::Kind::Result, Here, "result"));
    QVERIFY(outbox.add(Outbox::Kind::Event, Here, "event"));
    QVERIFY(outbox.add(Outbox::Kind::Periodic, Here, "tick 1"));
    QVERIFY(outbox.add(Outbox::Kind::Periodic, Here, "tick 2"));
    int dropped = -1;
    QVERIFY(outbox.add(Outbox::Kind::Periodic, Here, "tick 3", &dropped));
    QCOMPARE(dropped, 1);
    QCOMPARE(payloads(outbox), (QList<QByteArray>{"result", "event", "tick 2", "tick 3"}));
    QVERIFY(outbox.add(Outbox::Kind::Result, Here, "result 2", &dropped));
    QCOMPARE(payloads(outbox), (QList<QByteArray>{"result", "event", "tick 3", "result 2"}));
}

void tst_Outbox::dropsTheOwnersEventsBeforeResults()
{
    Outbox outbox(m_journal->connection(), {.events = 2, .bytes = 1000});
    QVERIFY(outbox.add(Outbox::Kind::Result, Here, "result 1"));
    QVERIFY(outbox.add(Outbox::Kind::Event, Here, "event"));
    int dropped = -1;
    QVERIFY(outbox.add(Outbox::Kind::Result, Here, "result 2", &dropped));
    QCOMPARE(dropped, 1);
    QCOMPARE(payloads(outbox), (QList<QByteArray>{"result 1", "result 2"}));
    QVERIFY(outbox.add(Outbox::Kind::Result, Here, "result 3", &dropped));
    QCOMPARE(payloads(outbox), (QList<QByteArray>{"result 2", "result 3"}));
}

void tst_Outbox::refusesAnEventWhenAllThatWaitsIsWorthMore()
{
    Outbox outbox(m_journal->connection(), {.events = 1, .bytes = 1000});
    QVERIFY(outbox.add(Outbox::Kind::Result, Here, "result"));
    int dropped = -1;
    QVERIFY(!outbox.add(Outbox::Kind::Periodic, Here, "tick", &dropped));
    QCOMPARE(dropped, 0);
    QVERIFY(!outbox.add(Outbox::Kind::Event, Here, "event"));
    QCOMPARE(payloads(outbox), QList<QByteArray>{"result"});
    QCOMPARE(outbox.count(), 1);
}

void tst_Outbox::countsBytes()
{
    Outbox outbox(m_journal->connection(), {.events = 100, .bytes = 10});
    QVERIFY(outbox.add(Outbox::Kind::Event, Here, "1234"));
    QVERIFY(outbox.add(Outbox::Kind::Event, Here, "5678"));
    int dropped = -1;
    QVERIFY(outbox.add(Outbox::Kind::Event, Here, "9ab", &dropped));
    QCOMPARE(dropped, 1);
    QCOMPARE(payloads(outbox), (QList<QByteArray>{"5678", "9ab"}));
}

void tst_Outbox::refusesAnEventLargerThanTheOutbox()
{
    Outbox outbox(m_journal->connection(), {.events = 100, .bytes = 10});
    QVERIFY(outbox.add(Outbox::Kind::Event, Here, "small"));
    QVERIFY(!outbox.add(Outbox::Kind::Result, Here, "larger than ten"));
    QCOMPARE(payloads(outbox), QList<QByteArray>{"small"}); // it did not go for nothing
    QVERIFY(outbox.add(Outbox::Kind::Event, Here, "b"));
}

void tst_Outbox::takesAnyBytes()
{
    Outbox outbox(m_journal->connection());
    const QByteArray bytes("a\0b\xff\n", 5);
    QVERIFY(outbox.add(Outbox::Kind::Event, Here, bytes));
    QVERIFY(outbox.add(Outbox::Kind::Event, Here, QByteArray()));
    QCOMPARE(payloads(outbox), (QList<QByteArray>{bytes, ""}));
}

void tst_Outbox::refusesWhenTheDatabaseCannotBeWritten()
{
    Outbox outbox(m_journal->connection());
    QVERIFY(outbox.add(Outbox::Kind::Event, Here, "before"));
    QVERIFY(m_journal->connection()->execute(u"PRAGMA query_only=1"_s));
    QVERIFY(!outbox.add(Outbox::Kind::Event, Here, "during"));
    QVERIFY(!outbox.remove(outbox.next(Here, 0, 1).constFirst().id));
    QCOMPARE(outbox.count(), 1);
    QVERIFY(m_journal->connection()->execute(u"PRAGMA query_only=0"_s));
    QVERIFY(outbox.add(Outbox::Kind::Event, Here, "after"));
    QCOMPARE(payloads(outbox), (QList<QByteArray>{"before", "after"}));
}

QTEST_GUILESS_MAIN(tst_Outbox)
#include "tst_outbox.moc"
