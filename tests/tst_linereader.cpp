// SPDX-License-Identifier: Apache-2.0
#include "linereader.h"

#include <QTest>

using Result = LineReader::Result;

class TestLineReader final : public QObject
{
    Q_OBJECT

    // The result of the last byte; the ones before must not have ended anything.
    static Result lastOf(LineReader *reader, const QByteArray &bytes)
    {
        for (qsizetype i = 0; i + 1 < bytes.size(); ++i) {
            if (reader->take(bytes.at(i)) != Result::Incomplete)
                qFatal("ended early");
        }
        return reader->take(bytes.back());
    }

private Q_SLOTS:
    void collectsALineUpToItsEnd()
    {
        LineReader reader(100);
        QCOMPARE(lastOf(&reader, "HTTP/1.1 200 OK\r\n"), Result::Line);
        QCOMPARE(reader.line(), "HTTP/1.1 200 OK");
    }

    void beginsANewLineBehindTheEnd()
    {
        LineReader reader(100);
        QCOMPARE(lastOf(&reader, "one\r\n"), Result::Line);
        QCOMPARE(lastOf(&reader, "two\r\n"), Result::Line);
        QCOMPARE(reader.line(), "two");
        QCOMPARE(lastOf(&reader, "\r\n"), Result::Line);
        QVERIFY(reader.line().isEmpty());
        QCOMPARE(lastOf(&reader, "\r\n"), Result::Line);
        QVERIFY(reader.line().isEmpty());
    }

    void takesTabAndObsText()
    {
        LineReader reader(100);
        QCOMPARE(lastOf(&reader, "a\t\x80\xFF\r\n"), Result::Line);
        QCOMPARE(reader.line(), "a\t\x80\xFF");
    }

    void PA_04_refusesABareEnd_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("LF") << QByteArray("abc\n");
        QTest::newRow("LF at once") << QByteArray("\n");
        QTest::newRow("CR in the line") << QByteArray("ab\rc");
        QTest::newRow("two CRs") << QByteArray("abc\r\r");
        QTest::newRow("CR and NUL") << QByteArray("abc\r\0", 5);
    }
    void PA_04_refusesABareEnd()
    {
        QFETCH(QByteArray, bytes);
        LineReader reader(100);
        QCOMPARE(lastOf(&reader, bytes), Result::BareEnd);
    }

    void P1_refusesControlCharacters()
    {
        for (int byte = 0; byte < 0x80; ++byte) {
            if ((byte >= 0x20 && byte != 0x7F) || byte == '\t' || byte == '\n' || byte == '\r')
                continue;
            LineReader reader(100);
            QCOMPARE(lastOf(&reader, QByteArray("ab") + char(byte)), Result::BadByte);
        }
    }

    void PA_09_endsALineThatIsTooLong()
    {
        const QByteArray longest(8192, 'x');
        LineReader reader(8192);
        QCOMPARE(lastOf(&reader, longest + "\r\n"), Result::Line);
        QCOMPARE(reader.line(), longest);
        QCOMPARE(lastOf(&reader, longest + 'x'), Result::TooLong);
    }

    void knowsAnEmptyLineAtAMaximumOfZero()
    {
        LineReader reader(0);
        QCOMPARE(lastOf(&reader, "\r\n"), Result::Line);
        QCOMPARE(lastOf(&reader, "x"), Result::TooLong);
    }
};

QTEST_GUILESS_MAIN(TestLineReader)
#include "tst_linereader.moc"
