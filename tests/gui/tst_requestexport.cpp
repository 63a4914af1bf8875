// SPDX-License-Identifier: Apache-2.0
#include "journalfixture.h"
#include "requestexport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>

#include <sys/stat.h>

using namespace JournalFixture;
using namespace Qt::StringLiterals;

using Format = RequestExport::Format;

class TestRequestExport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_journal = std::make_unique<Journal>();
        QVERIFY(open(m_journal.get(), m_directory->filePath(u"data"_s)));
    }
    void cleanup() { m_journal.reset(); }

    void exportsEachRequestOnce_data()
    {
        QTest::addColumn<RequestFilter>("filter");
        QTest::addColumn<int>("count");
        RequestFilter filter;
        QTest::newRow("all") << filter << 1200;
        filter.text = u"odd"_s;
        QTest::newRow("text") << filter << 600;
        filter.states = {RequestState::Finished};
        QTest::newRow("text and state") << filter << 600;
        filter.failuresOnly = true;
        QTest::newRow("failures") << filter << 0;
        filter.text = u"x"_s;
        QTest::newRow("none") << filter << 0;
        filter = {};
        filter.since = QDateTime::currentDateTime().addDays(-1);
        QTest::newRow("date") << filter << 1200;
        filter.since = QDateTime::currentDateTime().addDays(1);
        QTest::newRow("later") << filter << 0;
    }
    void exportsEachRequestOnce()
    {
        QFETCH(const RequestFilter, filter);
        QFETCH(const int, count);
        for (int i = 0; i < 1200; ++i)
            QVERIFY(finish(request((i % 2 == 1 ? "odd " : "even ") + QByteArray::number(i))));
        QCOMPARE(exportTo(filter, Format::Json), QString());
        const QJsonArray array = QJsonDocument::fromJson(readFile(target())).array();
        QCOMPARE(array.size(), count);
        QSet<QString> commands;
        for (const QJsonValue object : array)
            commands.insert(object[u"cmd"_s].toString());
        QCOMPARE(commands.size(), count);
        QCOMPARE(exportTo(filter, Format::Csv), QString());
        QCOMPARE(readFile(target()).count("\r\n"), count + 1);
    }

    void whatComesMeanwhileIsNotInIt()
    {
        QVERIFY(finish(request("first")));
        RequestExport exporting(m_journal.get());
        const QSignalSpy spy(&exporting, &RequestExport::finished);
        QString error;
        QVERIFY(exporting.start({}, target(), Format::Csv, &error));
        QVERIFY(finish(request("second")));
        QTRY_COMPARE(spy.size(), 1);
        QCOMPARE(exporting.count(), 1);
        QVERIFY(readFile(target()).contains("first") && !readFile(target()).contains("second"));
    }

    void tellsHowFarItIs()
    {
        for (int i = 0; i < 1200; ++i)
            QVERIFY(finish(request("df")));
        RequestExport exporting(m_journal.get());
        QSignalSpy progress(&exporting, &RequestExport::progressed);
        const QSignalSpy spy(&exporting, &RequestExport::finished);
        QString error;
        QVERIFY(exporting.start({}, target(), Format::Csv, &error));
        QTRY_COMPARE(spy.size(), 1);
        QVERIFY(progress.size() >= 3);
        QVERIFY(progress.first().first().toInt() > 0 && progress.first().first().toInt() < 100);
        QCOMPARE(progress.last().first().toInt(), 100);
    }

    void cancelledThereIsNoFile()
    {
        for (int i = 0; i < 1200; ++i)
            QVERIFY(finish(request("df")));
        QVERIFY(writeFile(target(), "what was there"));
        RequestExport exporting(m_journal.get());
        QSignalSpy progress(&exporting, &RequestExport::progressed);
        QString error;
        QVERIFY(exporting.start({}, target(), Format::Csv, &error));
        QVERIFY(progress.wait());
        exporting.cancel();
        QVERIFY(!exporting.isRunning());
        QCOMPARE(readFile(target()), "what was there");
        QCOMPARE(QDir(m_directory->path()).entryList(QDir::Files), QStringList{u"export"_s});
    }

    void P17_isForTheOwnerAlone()
    {
        QCOMPARE(exportTo({}, Format::Csv), QString());
        struct stat status = {};
        QCOMPARE(stat(QFile::encodeName(target()).constData(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);
    }

    void saysThatItCannotBeWritten()
    {
        RequestExport exporting(m_journal.get());
        QString error;
        QVERIFY(!exporting.start({}, m_directory->filePath(u"missing/x"_s), Format::Csv, &error));
        QVERIFY(error.contains(u"missing/x"_s));
        QVERIFY(!exporting.isRunning());
    }

    void csvCellsAreNoFormulas_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<QByteArray>("cell");
        QTest::newRow("plain") << QByteArray("df -h") << QByteArray("\"df -h\"");
        QTest::newRow("equals") << QByteArray("=1+1") << QByteArray("\"'=1+1\"");
        QTest::newRow("plus") << QByteArray("+1") << QByteArray("\"'+1\"");
        QTest::newRow("minus") << QByteArray("-x") << QByteArray("\"'-x\"");
        QTest::newRow("at") << QByteArray("@SUM(A1)") << QByteArray("\"'@SUM(A1)\"");
        QTest::newRow("tab") << QByteArray("\t=1") << QByteArray("\"\\t=1\"");
        QTest::newRow("quotes") << QByteArray("a\"b,c") << QByteArray("\"a\"\"b,c\"");
        QTest::newRow("line end") << QByteArray("a\r\nb") << QByteArray("\"a\\r\\nb\"");
        QTest::newRow("hidden") << QByteArray("a\xe2\x80\xae\x1b\xff")
                                << QByteArray("\"a\\u{202E}\\u{001B}\\x{FF}\"");
    }
    void csvCellsAreNoFormulas()
    {
        QFETCH(const QByteArray, command);
        QFETCH(const QByteArray, cell);
        RequestRow row;
        row.request = request(command, u"abc"_s);
        const QByteArray line = RequestExport::csvLine(row);
        QVERIFY2(line.contains(",\"received\"," + cell + ",\"\","), line.constData());
        QVERIFY(line.endsWith("\r\n"));
        QCOMPARE(line.count('\n'), 1);
    }

    void everyTextIsGuarded()
    {
        RequestRow row;
        row.request = request("x", u"=n"_s);
        row.scope = u"=s"_s;
        row.by = u"=b"_s;
        row.request.reason = u"=r"_s;
        row.request.requesterId = u"=i"_s;
        row.outcome.detail = u"=d"_s;
        const QByteArray line = RequestExport::csvLine(row);
        for (const char *text : {"=n", "=s", "=b", "=r", "=i", "=d"})
            QVERIFY2(line.contains(QByteArray("\"'") + text + '"'), text);
        QVERIFY(!line.contains("\"="));
    }

    void headAndLineHaveTheSameCells()
    {
        const RequestRow row;
        QCOMPARE(RequestExport::csvLine(row).count(','), RequestExport::csvHead().count(','));
    }

    void jsonHoldsAll()
    {
        RequestRow row;
        row.request = request("ls \xc3\xbc\xe2\x80\xae", u"abc"_s);
        row.request.reason = u"why"_s;
        row.state = RequestState::Finished;
        row.scope = scope();
        row.by = u"rule"_s;
        row.received = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC);
        row.outcome = finished(3);
        row.outputBytes = 5;
        const QByteArray json = RequestExport::jsonObject(row);
        for (const char c : json)
            QVERIFY(c >= ' ' && c < '\x7f');
        const QJsonObject object = QJsonDocument::fromJson(json).object();
        QCOMPARE(object[u"cmd"_s].toString().toUtf8(), row.request.command);
        QCOMPARE(object[u"time"_s].toString(), u"2023-11-14T22:13:20.123Z"_s);
        QCOMPARE(object[u"state"_s].toString(), u"finished"_s);
        QCOMPARE(object[u"exit"_s].toInt(), 3);
        QVERIFY(object[u"signal"_s].isNull());
        QCOMPARE(object[u"stdout_bytes"_s].toInt(), 5);
        QCOMPARE(object[u"by"_s].toString(), u"rule"_s);
        QVERIFY(!object.contains(u"id"_s));
    }

    void jsonKeepsAnyBytes()
    {
        RequestRow row;
        row.request = request(QByteArray("a\0\xff", 3), u"abc"_s);
        const QJsonObject object = QJsonDocument::fromJson(RequestExport::jsonObject(row)).object();
        QVERIFY(!object.contains(u"cmd"_s));
        QCOMPARE(QByteArray::fromBase64(object[u"cmd_base64"_s].toString().toLatin1()),
                 row.request.command);
    }

private:
    [[nodiscard]] bool finish(const Request &request)
    {
        return m_journal->received(request, scope(), request.command)
            && m_journal->ended(request, finished());
    }
    [[nodiscard]] QString target() const { return m_directory->filePath(u"export"_s); }
    [[nodiscard]] QString exportTo(const RequestFilter &filter, Format format)
    {
        RequestExport exporting(m_journal.get());
        QSignalSpy spy(&exporting, &RequestExport::finished);
        QString error;
        if (!exporting.start(filter, target(), format, &error))
            return error;
        if (!QTest::qWaitFor([&spy] { return !spy.isEmpty(); }, 20'000))
            return u"it did not end"_s;
        return spy.first().first().toString();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Journal> m_journal;
};

Q_DECLARE_METATYPE(RequestFilter)
QTEST_GUILESS_MAIN(TestRequestExport)
#include "tst_requestexport.moc"
