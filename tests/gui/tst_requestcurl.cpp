// SPDX-License-Identifier: Apache-2.0
#include "request.h"
#include "requestcurl.h"
#include "requestparser.h"

#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

class TestRequestCurl final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aShellReadsTheSameBytes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QByteArray all;
        for (int byte = 1; byte < 256; ++byte)
            all += char(byte);
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a word") << QByteArray("plain-word_1.2/3:4");
        QTest::newRow("blanks") << QByteArray(" a  b ");
        QTest::newRow("apostrophes") << QByteArray("'it''s'");
        QTest::newRow("quotes") << QByteArray("\"$(id)`id`$HOME\\\"");
        QTest::newRow("line ends") << QByteArray("a\nb\n\n");
        QTest::newRow("pattern") << QByteArray("*?[a]{b,c}~#!&;|<>()");
        QTest::newRow("option") << QByteArray("-n");
        QTest::newRow("assignment") << QByteArray("PATH=x");
        QTest::newRow("every byte") << all;
        QTest::newRow("no UTF-8") << QByteArray("\xff\xfe\x80");
    }
    void aShellReadsTheSameBytes()
    {
        QFETCH(const QByteArray, bytes);
        const QByteArray printed = shell("printf '%s' " + RequestCurl::quoted(bytes));
        QCOMPARE(printed, bytes);
    }

    void theLineSendsTheRequest()
    {
        Request request;
        request.command = "echo 'a\"b' \\ $HOME\n\xe2\x80\xae%s";
        request.replyForm = Request::ReplyForm::Json;
        request.timeout = std::chrono::seconds(30);
        request.reason = u"it's \"4711\""_s;
        request.requesterId = u"ops-17"_s;
        const QString url = u"http://h:1/v1/applications/a/devices/b'c/send"_s;
        const QString line = RequestCurl::of(request, url);
        for (const QChar c : line)
            QVERIFY(c >= u' ' && c < u'\x7f');
        // printf in the place of curl: each argument, ended by a line end.
        const QByteArrayList words =
            shell("curl() { printf '%s\\n' \"$@\"; }; " + line.toUtf8()).split('\n');
        QCOMPARE(words.size(), 6);
        QCOMPARE(words.at(0), "-H");
        QCOMPARE(words.at(1), "Authorization: OAuth APPLICATION-SECRET");
        QCOMPARE(words.at(2), "-d");
        QCOMPARE(words.at(4), url.toUtf8());
        const auto parsed = parseRequest(words.at(3), false);
        const auto *again = std::get_if<Request>(&parsed);
        QVERIFY(again);
        QCOMPARE(again->command, request.command);
        QCOMPARE(again->replyForm, request.replyForm);
        QCOMPARE(again->timeout, request.timeout);
        QCOMPARE(again->reason, request.reason);
        QCOMPARE(again->requesterId, request.requesterId);
    }

    void whatNobodySentIsLeftOut()
    {
        Request request;
        request.command = "df";
        QCOMPARE(RequestCurl::message(request), "{\"cmd\":\"df\"}");
    }

    void whatNoMessageCanHoldHasNone()
    {
        Request request;
        request.command = "echo \xff";
        QVERIFY(RequestCurl::message(request).isEmpty());
        QVERIFY(RequestCurl::of(request, u"http://h"_s).isEmpty());
    }

private:
    static QByteArray shell(const QByteArray &script)
    {
        QProcess process;
        process.start(u"/bin/sh"_s, {});
        process.write(script + '\n');
        process.closeWriteChannel();
        if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }))
            return "it did not end";
        return process.readAllStandardOutput();
    }
};

QTEST_GUILESS_MAIN(TestRequestCurl)
#include "tst_requestcurl.moc"
