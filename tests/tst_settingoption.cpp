// SPDX-License-Identifier: Apache-2.0
#include "settingoption.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

class SettingOptionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsEachOptionOnce()
    {
        QSet<QString> names;
        for (const SettingOption &option : SettingOption::all()) {
            const QString name(option.name);
            QVERIFY2(!names.contains(name), qPrintable(name));
            names.insert(name);
            QCOMPARE(SettingOption::find(name), &option);
        }
        QCOMPARE(SettingOption::all().size(), Settings::optionNames().size());
    }

    void findsNothingElse_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name :
             {"", "Port", "port ", "--port", "por", "ports", "config", "data-dir"})
            QTest::addRow("'%s'", name) << QString::fromLatin1(name);
    }
    void findsNothingElse()
    {
        QFETCH(QString, name);
        QVERIFY(!SettingOption::find(name));
    }

    // What is written to the file can be read from it.
    void takesTheTextOfItsDefaultBack()
    {
        for (const SettingOption &option : SettingOption::all()) {
            Settings settings;
            const std::optional<QString> message = option.set(settings, option.get(settings));
            QVERIFY2(!message, qPrintable(QString(option.name)));
            QCOMPARE(settings, Settings());
        }
    }

    void keepsToItsRange_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<qint64>("lowest");
        QTest::addColumn<qint64>("highest");
        const auto row = [](const char *name, qint64 lowest, qint64 highest) {
            QTest::newRow(name) << QString::fromLatin1(name) << lowest << highest;
        };
        row("port", 1, 65'535);
        row("event-interval", 0, 86'400);
        row("reply-budget", 1, 3'600);
        row("approval-deadline", 1, 86'400);
        row("time-limit", 1, 86'400);
        row("max-awaiting", 1, 100);
        row("max-running", 1, 100);
        row("process-limit", 0, 1'000'000);
        row("automatic-runs", 0, 1'000);
        row("reply-limit", 1'024, 1'048'576);
        row("outbox-events", 1, 1'000'000);
        row("outbox-bytes", 65'536, 1'073'741'824);
        row("keep-days", 1, 36'500);
        row("keep-megabytes", 16, 1'048'576);
    }
    void keepsToItsRange()
    {
        QFETCH(QString, name);
        QFETCH(qint64, lowest);
        QFETCH(qint64, highest);
        const SettingOption *option = SettingOption::find(name);
        QVERIFY(option);
        Settings settings;
        for (const qint64 number : {lowest, highest}) {
            QVERIFY(!option->set(settings, QString::number(number)));
            QCOMPARE(option->get(settings), QString::number(number));
        }
        const Settings before = settings;
        for (const QString &value :
             {QString::number(lowest - 1), QString::number(highest + 1), u"-1"_s, u"+5"_s, u" 5"_s,
              u"5 "_s, u"5.0"_s, u"0x5"_s, u"1e3"_s, u"٣"_s, u"99999999999999999999"_s, u"x"_s}) {
            const std::optional<QString> message = option->set(settings, value);
            QVERIFY2(message, qPrintable(value));
            QVERIFY2(message->contains(QString::number(highest)), qPrintable(*message));
        }
        QCOMPARE(settings, before); // what was refused has changed nothing
    }

    void readsYesAndNo_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("yes");
        for (const char *value : {"yes", "true", "1", "on", "YES", "On"})
            QTest::newRow(value) << QString::fromLatin1(value) << true;
        for (const char *value : {"no", "false", "0", "off", "NO", "Off"})
            QTest::newRow(value) << QString::fromLatin1(value) << false;
    }
    void readsYesAndNo()
    {
        QFETCH(QString, value);
        QFETCH(bool, yes);
        for (const char *name : {"accept-text", "trust-plaintext", "notifications", "tls"}) {
            const SettingOption *option = SettingOption::find(QString::fromLatin1(name));
            Settings settings;
            QVERIFY(!option->set(settings, yes ? u"no"_s : u"yes"_s));
            QVERIFY(!option->set(settings, value));
            QCOMPARE(option->get(settings), yes ? u"yes"_s : u"no"_s);
        }
    }

    void leavesTlsAndBudgetToTheServerAgain()
    {
        for (const QString &value : {u""_s, u"auto"_s}) {
            Settings settings;
            settings.tls = true;
            settings.replyBudget = std::chrono::seconds(7);
            QVERIFY(!SettingOption::find(u"tls")->set(settings, value));
            QVERIFY(!SettingOption::find(u"reply-budget")->set(settings, value));
            QCOMPARE(settings, Settings());
            QCOMPARE(SettingOption::find(u"tls")->get(settings), u"auto"_s);
            QCOMPARE(SettingOption::find(u"reply-budget")->get(settings), u"auto"_s);
        }
    }

    void canBeEmptiedAgain_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name :
             {"server", "app", "device", "info", "ca-file", "pin", "cert-file", "key-file"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void canBeEmptiedAgain()
    {
        QFETCH(QString, name);
        Settings settings;
        settings.server = settings.application = settings.device = settings.info = settings.caFile =
            settings.pin = settings.certFile = settings.keyFile = u"x"_s;
        const SettingOption *option = SettingOption::find(name);
        QVERIFY(!option->set(settings, {}));
        QCOMPARE(option->get(settings), QString());
    }

    // A message is one line of an error, whatever was given.
    void quotesAWrongValueInOneShortLine()
    {
        const QString value = u"\u001B[2J\r\n\u202E"_s + QString(10'000, u'x');
        for (const SettingOption &option : SettingOption::all()) {
            Settings settings;
            const std::optional<QString> message = option.set(settings, value);
            QVERIFY2(message, qPrintable(QString(option.name)));
            QVERIFY2(message->size() < 300, qPrintable(QString(option.name)));
            QVERIFY(
                std::all_of(message->begin(), message->end(), [](QChar c) { return c.isPrint(); }));
            QCOMPARE(settings, Settings());
        }
    }

    void readsFilesThatAreThereAndMakesThemAbsolute()
    {
        const QString file = QFileInfo(QFINDTESTDATA("data/tls/ca.pem")).absoluteFilePath();
        const SettingOption *option = SettingOption::find(u"ca-file");
        Settings settings;
        const QString relative = QDir::current().relativeFilePath(file);
        QVERIFY(!option->set(settings, relative));
        QCOMPARE(option->get(settings), file);
        QVERIFY(option->set(settings, QFileInfo(file).path())); // a directory
        QVERIFY(option->set(settings, file + u".not"_s));
        QVERIFY(option->set(settings, QString::fromLocal8Bit(__FILE__))); // no certificate
        QCOMPARE(option->get(settings), file);
    }

    void P6_knowsNoOtherWayToApprove()
    {
        const SettingOption *option = SettingOption::find(u"approve");
        for (const QString &value : {u""_s, u"ALL"_s, u"always"_s, u"yes"_s, u"ask,all"_s}) {
            Settings settings;
            QVERIFY(option->set(settings, value));
            QCOMPARE(settings.approval, Settings::Approval::Ask);
        }
    }
};

QTEST_GUILESS_MAIN(SettingOptionTest)
#include "tst_settingoption.moc"
