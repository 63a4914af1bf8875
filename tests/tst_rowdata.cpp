// SPDX-License-Identifier: Apache-2.0
#include "journalfixture.h"
#include "rowdata.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <csignal>

using namespace JournalFixture;
using namespace Qt::StringLiterals;

class tst_RowData final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheExactBytesOfACommand_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<bool>("isText");
        QTest::newRow("ASCII") << QByteArray("echo \"a\\b\"\n") << true;
        QTest::newRow("other scripts") << QByteArray("echo grüße 😀") << true;
        QTest::newRow("controls") << QByteArray("a\x01\x1b[2J\x7f") << true;
        QTest::newRow("NUL") << QByteArray("a\0b", 3) << true;
        QTest::newRow("not UTF-8") << QByteArray("echo \xff") << false;
        QTest::newRow("surrogate") << QByteArray("echo \xed\xa0\x80") << false;
        QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbfls") << false;
        QTest::newRow("replacement character") << QByteArray("\xef\xbf\xbd") << true;
    }

    void keepsTheExactBytesOfACommand()
    {
        QFETCH(const QByteArray, command);
        QFETCH(const bool, isText);
        const QJsonObject data = stored(RowData::received(request(command), scope(), {}));
        QCOMPARE(data.contains("cmd"_L1), isText);
        QCOMPARE(data.contains("cmd_base64"_L1), !isText);
        QCOMPARE(RowData::commandOf(data), std::optional(command));
        QCOMPARE(data["sha256"_L1].toString().toLatin1(), sha256(command));
    }

    void keepsWhatTheRequesterAskedFor()
    {
        Request asked = request("df");
        asked.id = {3, 17};
        asked.replyForm = Request::ReplyForm::Json;
        asked.timeout = std::chrono::seconds(30);
        asked.reason = u"disk alert"_s;
        asked.requesterId = u""_s;
        asked.ignored = {u"cwd"_s, u"env"_s};
        const QJsonObject expected = {{u"scope"_s, scope()},
                                      {u"connection"_s, 3},
                                      {u"number"_s, 17},
                                      {u"cmd"_s, u"df"_s},
                                      {u"sha256"_s, QString::fromLatin1(sha256("df"))},
                                      {u"reply"_s, u"json"_s},
                                      {u"timeout"_s, 30},
                                      {u"reason"_s, u"disk alert"_s},
                                      {u"id"_s, u""_s},
                                      {u"ignored"_s, QJsonArray{u"cwd"_s, u"env"_s}}};
        QCOMPARE(stored(RowData::received(asked, scope(), "{}")), expected);
    }

    void leavesOutWhatWasNotAskedFor()
    {
        const QJsonObject data = RowData::received(request("df"), scope(), "df");
        QCOMPARE(data.keys(),
                 (QStringList{u"cmd"_s, u"connection"_s, u"number"_s, u"reply"_s, u"scope"_s,
                              u"sha256"_s}));
        QCOMPARE(data["reply"_L1].toString(), u"raw"_s);
    }

    void keepsTheBeginningOfAnUnreadableMessage_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QString>("begin");
        QTest::newRow("nothing") << QByteArray() << u""_s;
        QTest::newRow("short") << QByteArray("{\"cmd\":\xff") << u"{\"cmd\":\\x{FF}"_s;
        QTest::newRow("a KiB") << QByteArray(1024, '[') << QString(1024, u'[');
        QTest::newRow("more") << QByteArray(1025, '[') << QString(1024, u'[');
        QTest::newRow("cut in a character")
            << QByteArray(1023, '[') + "\xc3\xbc" << QString(1023, u'[') + u"\\x{C3}"_s;
    }

    void keepsTheBeginningOfAnUnreadableMessage()
    {
        QFETCH(const QByteArray, message);
        QFETCH(const QString, begin);
        const QJsonObject data = RowData::received(request({}), scope(), message);
        QVERIFY(!RowData::commandOf(data));
        const QJsonObject kept = data["message"_L1].toObject();
        QCOMPARE(kept["bytes"_L1].toInteger(), message.size());
        QCOMPARE(kept["sha256"_L1].toString().toLatin1(), sha256(message));
        QCOMPARE(kept["begin"_L1].toString(), begin);
    }

    void namesTheOperationOfAQuery_data()
    {
        QTest::addColumn<Request::Kind>("kind");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("operation");
        QTest::newRow("status") << Request::Kind::Status << QString() << u"status"_s;
        QTest::newRow("result") << Request::Kind::Result << u"abc"_s << u"result"_s;
        QTest::newRow("cancel") << Request::Kind::Cancel << u"abc"_s << u"cancel"_s;
    }

    void namesTheOperationOfAQuery()
    {
        QFETCH(const Request::Kind, kind);
        QFETCH(const QString, target);
        QFETCH(const QString, operation);
        Request query = request({});
        query.kind = kind;
        query.target = target;
        const QJsonObject data = RowData::received(query, scope(), "{}");
        QCOMPARE(data["op"_L1].toString(), operation);
        QCOMPARE(data.contains("target"_L1), !target.isEmpty());
        QCOMPARE(data["target"_L1].toString(), target);
        QVERIFY(!data.contains("message"_L1));
    }

    void namesWhoApprovedWhat()
    {
        QCOMPARE(
            RowData::approved(request("df"), u"rule"_s),
            (QJsonObject{{u"by"_s, u"rule"_s}, {u"sha256"_s, QString::fromLatin1(sha256("df"))}}));
    }

    void tellsHowACommandEnded()
    {
        Outcome outcome = finished(0);
        outcome.standardOutput.total = 10'000'000'000;
        outcome.standardError.total = 3;
        outcome.leftBehind = 2;
        QCOMPARE(RowData::ended(outcome),
                 (QJsonObject{{u"by"_s, u"user"_s},
                              {u"exit"_s, 0},
                              {u"limit_s"_s, 300},
                              {u"left_behind"_s, 2},
                              {u"duration_ms"_s, 12},
                              {u"stdout_bytes"_s, 10'000'000'000LL},
                              {u"stderr_bytes"_s, 3}}));
    }

    void namesTheSignalThatKilledIt()
    {
        Outcome outcome = finished();
        outcome.exitCode.reset();
        outcome.signal = SIGSEGV;
        const QJsonObject data = RowData::ended(outcome);
        QCOMPARE(data["signal"_L1].toString(), u"SIGSEGV"_s);
        QVERIFY(!data.contains("exit"_L1));
    }

    void saysNothingOfACommandThatDidNotRun()
    {
        Outcome outcome;
        outcome.state = RequestState::Denied;
        outcome.exitCode = 1;
        outcome.by = u"user"_s;
        outcome.detail = u"not now"_s;
        QCOMPARE(RowData::ended(outcome),
                 (QJsonObject{{u"by"_s, u"user"_s}, {u"detail"_s, u"not now"_s}}));
        QVERIFY(RowData::ended({}).isEmpty());
    }

    void describesAnOutputFile()
    {
        QCOMPARE(RowData::file(5'000'000'000, "ab"),
                 (QJsonObject{{u"bytes"_s, 5'000'000'000LL}, {u"sha256"_s, u"ab"_s}}));
    }

private:
    // As it comes back from the database.
    [[nodiscard]] static QJsonObject stored(const QJsonObject &data)
    {
        return QJsonDocument::fromJson(QJsonDocument(data).toJson(QJsonDocument::Compact)).object();
    }
};

QTEST_GUILESS_MAIN(tst_RowData)
#include "tst_rowdata.moc"
