// SPDX-License-Identifier: Apache-2.0
#include "eventlog.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString Device = u"dev1"_s;

QList<qint64> numbers(const QJsonObject &page)
{
    QList<qint64> result;
    for (const QJsonValue event : page.value("events"_L1).toArray())
        result.append(event["seq"_L1].toInteger());
    return result;
}

qint64 next(const QJsonObject &page)
{
    return page.value("next"_L1).toInteger();
}

} // namespace

class EventLogTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasAnEmptyPageForADeviceThatItDoesNotKnow()
    {
        const EventLog log;
        const QJsonObject page = log.page(Device, 0, 100);
        QVERIFY(page.value("events"_L1).isArray());
        QVERIFY(numbers(page).isEmpty());
        QCOMPARE(next(page), 1);
        QCOMPARE(next(log.page(Device, 7, 100)), 7); // whoever asks again asks for the same
    }

    void tellsNumberTimeAndEvent()
    {
        EventLog log;
        const QDateTime before = QDateTime::currentDateTimeUtc();
        log.add(Device, R"({"temp":21})");
        const QJsonObject entry =
            log.page(Device, 0, 1).value("events"_L1).toArray().first().toObject();
        QCOMPARE(entry.size(), 3);
        QCOMPARE(entry.value("seq"_L1), 1);
        QCOMPARE(entry.value("event"_L1), (QJsonObject{{u"temp"_s, 21}}));
        const QString text = entry.value("time"_L1).toString();
        QVERIFY2(text.endsWith(u'Z'), qPrintable(text));
        const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
        QVERIFY(time >= before.addMSecs(-1) && time <= QDateTime::currentDateTimeUtc());
    }

    void readsPageAfterPage()
    {
        EventLog log;
        for (int i = 0; i < 5; ++i)
            log.add(Device, QByteArray::number(i));
        QJsonObject page = log.page(Device, 0, 2);
        QCOMPARE(numbers(page), (QList<qint64>{1, 2}));
        page = log.page(Device, next(page), 2);
        QCOMPARE(numbers(page), (QList<qint64>{3, 4}));
        page = log.page(Device, next(page), 2);
        QCOMPARE(numbers(page), (QList<qint64>{5}));
        QCOMPARE(next(page), 6);
        QVERIFY(numbers(log.page(Device, next(page), 2)).isEmpty());
        QCOMPARE(next(log.page(Device, 3, 0)), 3); // nothing was handed out
    }

    void SV_07_keepsDevicesApart()
    {
        EventLog log;
        log.add(u"a"_s, "1");
        log.add(u"b"_s, "2");
        log.add(u"a"_s, "3");
        QCOMPARE(numbers(log.page(u"a"_s, 0, 10)), (QList<qint64>{1, 3}));
        QCOMPARE(numbers(log.page(u"b"_s, 0, 10)), (QList<qint64>{2}));
        QVERIFY(numbers(log.page(u"A"_s, 0, 10)).isEmpty());
    }

    void P10_keepsTheLastThousandOfADevice()
    {
        EventLog log;
        for (int i = 0; i < EventLog::MaximumEvents + 5; ++i)
            log.add(Device, "x");
        const QList<qint64> kept = numbers(log.page(Device, 0, 10'000));
        QCOMPARE(kept.size(), 1'000);
        QCOMPARE(kept.first(), 6);
        QCOMPARE(kept.last(), 1'005);
    }

    void P10_forgetsTheDeviceThatWasSilentLongest()
    {
        EventLog log;
        for (int i = 0; i < EventLog::MaximumDevices; ++i)
            log.add(QString::number(i), "x");
        log.add(u"0"_s, "not silent");
        log.add(u"new"_s, "x");
        QVERIFY(numbers(log.page(u"1"_s, 0, 10)).isEmpty());
        QCOMPARE(numbers(log.page(u"0"_s, 0, 10)).size(), 2);
        QCOMPARE(numbers(log.page(u"2"_s, 0, 10)).size(), 1);
        QCOMPARE(numbers(log.page(u"new"_s, 0, 10)).size(), 1);
    }

    void goesOnAfterARestart()
    {
        const QTemporaryDir directory;
        const QString path = directory.filePath(u"ops.events"_s);
        QString error;
        {
            EventLog log;
            QVERIFY2(log.open(path, &error), qPrintable(error));
            log.add(Device, R"({"a":1})");
            log.add(u"other"_s, "x");
            log.add(Device, QByteArray("\xFF\x00", 2));
        }
        constexpr QFile::Permissions others = QFile::ReadGroup | QFile::ReadOther;
        QVERIFY((QFile::permissions(path) & others) == QFile::Permissions());
        EventLog log;
        QVERIFY2(log.open(path, &error), qPrintable(error));
        log.add(Device, "after");
        const QJsonObject page = log.page(Device, 0, 10);
        QCOMPARE(numbers(page), (QList<qint64>{1, 3, 4}));
        const QJsonArray events = page.value("events"_L1).toArray();
        QCOMPARE(events.at(0)["event"_L1], (QJsonObject{{u"a"_s, 1}}));
        QCOMPARE(events.at(1)["event_base64"_L1], u"/wA="_s);
        QCOMPARE(events.at(2)["event"_L1], u"after"_s);
    }

    void givesNoNumberTwice()
    {
        const QTemporaryDir directory;
        const QString path = directory.filePath(u"ops.events"_s);
        QString error;
        for (int i = 0; i < 2; ++i) {
            EventLog log;
            QVERIFY(log.open(path, &error));
            log.add(Device, QByteArray(EventLog::MaximumDeviceBytes + 1, 'x'));
            QCOMPARE(numbers(log.page(Device, 0, 10)), QList<qint64>{i + 1}); // the last one only
        }
    }

    void P10_keepsItsLimitsOverARestart()
    {
        const QTemporaryDir directory;
        const QString path = directory.filePath(u"ops.events"_s);
        QString error;
        for (int round = 0; round < 2; ++round) {
            EventLog log;
            QVERIFY(log.open(path, &error));
            for (int i = 0; i < EventLog::MaximumEvents * 3 / 4; ++i)
                log.add(Device, "x");
        }
        EventLog log;
        QVERIFY(log.open(path, &error));
        const QList<qint64> kept = numbers(log.page(Device, 0, 10'000));
        QCOMPARE(kept.size(), 1'000);
        QCOMPARE(kept.first(), 501);
    }

    void saysWhyAFileCannotBeUsed()
    {
        const QTemporaryDir directory;
        const QString path = directory.filePath(u"ops.events"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(4096, 'x'));
        file.close();
        for (const QString &each : {path, directory.filePath(u"no/such"_s)}) {
            EventLog log;
            QString error;
            QVERIFY(!log.open(each, &error));
            QVERIFY2(error.contains(each) && !error.contains(u'\n'), qPrintable(error));
        }
    }

    void P10_keepsSixteenMebibytesOfADevice()
    {
        EventLog log;
        const QByteArray event(1024 * 1024, 'x');
        for (int i = 0; i < 20; ++i)
            log.add(Device, event);
        log.add(u"other"_s, event);
        QList<qint64> kept;
        for (QJsonObject page = log.page(Device, 0, 100); !numbers(page).isEmpty();
             page = log.page(Device, next(page), 100))
            kept += numbers(page);
        QCOMPARE(kept.size(), 16);
        QCOMPARE(kept.last(), 20);
        QCOMPARE(numbers(log.page(u"other"_s, 0, 10)), QList<qint64>{21});
    }

    void P10_handsOutOneMebibyteAtATime()
    {
        EventLog log;
        for (int i = 0; i < 4; ++i)
            log.add(Device, QByteArray(400 * 1024, 'x'));
        log.add(Device, QByteArray(2 * 1024 * 1024, 'x'));
        QJsonObject page = log.page(Device, 0, 100);
        QCOMPARE(numbers(page), (QList<qint64>{1, 2}));
        page = log.page(Device, next(page), 100);
        QCOMPARE(numbers(page), (QList<qint64>{3, 4}));
        page = log.page(Device, next(page), 100);
        QCOMPARE(numbers(page), QList<qint64>{5}); // one that is longer comes alone
    }

    void showsAnEventAsWhatItIs_data()
    {
        QTest::addColumn<QByteArray>("event");
        QTest::addColumn<QJsonObject>("shown");
        const auto row = [](const char *tag, const QByteArray &event, const QJsonValue &value) {
            QTest::newRow(tag) << event << QJsonObject{{u"event"_s, value}};
        };
        row("object", R"({"a":[1]})", QJsonObject{{u"a"_s, QJsonArray{1}}});
        row("number", " 21.5\n", 21.5);
        row("string", R"("x")", u"x"_s);
        row("true", "true", true);
        row("null", "null", QJsonValue::Null);
        row("text", "hello", u"hello"_s);
        row("text of more scripts", "\xC3\xA4", u"\u00E4"_s);
        row("empty", "", u""_s);
        row("two values", "1,2", u"1,2"_s);
        row("out of the array", "1],[2", u"1],[2"_s);
        row("half an object", "{\"a\":", u"{\"a\":"_s);
        QTest::newRow("binary") << QByteArray("\xFF\x00", 2)
                                << QJsonObject{{u"event_base64"_s, u"/wA="_s}};
        QTest::newRow("binary in a string")
            << QByteArray("\"\xFF\"") << QJsonObject{{u"event_base64"_s, u"Iv8i"_s}};
    }
    void showsAnEventAsWhatItIs()
    {
        QFETCH(QByteArray, event);
        QFETCH(QJsonObject, shown);
        QCOMPARE(EventLog::shown(event), shown);
    }
};

QTEST_GUILESS_MAIN(EventLogTest)
#include "tst_eventlog.moc"
