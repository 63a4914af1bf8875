// SPDX-License-Identifier: Apache-2.0
#include "chunkextension.h"

#include <QByteArray>
#include <QTest>

class TestChunkExtension final : public QObject
{
    Q_OBJECT

    // How many bytes were taken before one that cannot stand there.
    static qsizetype taken(ChunkExtension *extension, const QByteArray &bytes)
    {
        qsizetype count = 0;
        while (count < bytes.size() && extension->take(bytes.at(count)))
            ++count;
        return count;
    }

private Q_SLOTS:
    void PA_05_takesWhatTheGrammarAllows_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("name") << QByteArray(";name");
        QTest::newRow("name and token") << QByteArray(";name=value");
        QTest::newRow("name and string") << QByteArray(";q=\"a b\"");
        QTest::newRow("empty string") << QByteArray(";q=\"\"");
        QTest::newRow("quoted quote") << QByteArray(";q=\"a\\\"b\\\\\"");
        QTest::newRow("separators in a string") << QByteArray(";q=\";a=b\"");
        QTest::newRow("tab and obs-text in a string") << QByteArray(";q=\"\t\x80\xFF\"");
        QTest::newRow("two") << QByteArray(";a;b=1");
        QTest::newRow("string, then another") << QByteArray(";a=\"1\";b");
        QTest::newRow("blanks around all") << QByteArray(" \t; a = \"1\" ;\tb\t=\t2");
    }
    void PA_05_takesWhatTheGrammarAllows()
    {
        QFETCH(QByteArray, text);
        ChunkExtension extension;
        QCOMPARE(taken(&extension, text), text.size());
        QVERIFY(extension.hasBegun());
        QVERIFY(extension.canEnd());
    }

    void PA_05_stopsAtTheFirstByteThatCannotStandThere_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qsizetype>("good");
        QTest::newRow("no semicolon") << QByteArray("name") << qsizetype{0};
        QTest::newRow("begins with =") << QByteArray("=1") << qsizetype{0};
        QTest::newRow("no name") << QByteArray(";=1") << qsizetype{1};
        QTest::newRow("no name, another") << QByteArray(";;a") << qsizetype{1};
        QTest::newRow("name in two words") << QByteArray(";a b") << qsizetype{3};
        QTest::newRow("value in two words") << QByteArray(";a=b c") << qsizetype{5};
        QTest::newRow("no value") << QByteArray(";a=;b") << qsizetype{3};
        QTest::newRow("two values") << QByteArray(";a=b=c") << qsizetype{4};
        QTest::newRow("quote in a token") << QByteArray(";a=b\"c\"") << qsizetype{4};
        QTest::newRow("token behind a string") << QByteArray(";a=\"b\"c") << qsizetype{6};
        QTest::newRow("quoted name") << QByteArray(";\"a\"") << qsizetype{1};
        QTest::newRow("NUL in a string") << QByteArray(";a=\"\0\"", 6) << qsizetype{4};
        QTest::newRow("escaped control") << QByteArray(";a=\"\\\x1B\"") << qsizetype{5};
        QTest::newRow("DEL in a name") << QByteArray(";a\x7F") << qsizetype{2};
        QTest::newRow("obs-text in a name") << QByteArray(";\xC3\xA4") << qsizetype{1};
        QTest::newRow("CR") << QByteArray(";a\r") << qsizetype{2};
        QTest::newRow("LF") << QByteArray(";a\n") << qsizetype{2};
        QTest::newRow("CR in a string") << QByteArray(";a=\"\r\"") << qsizetype{4};
        QTest::newRow("LF in a string") << QByteArray(";a=\"\n\"") << qsizetype{4};
    }
    void PA_05_stopsAtTheFirstByteThatCannotStandThere()
    {
        QFETCH(QByteArray, text);
        QFETCH(qsizetype, good);
        ChunkExtension extension;
        QCOMPARE(taken(&extension, text), good);
    }

    void PA_05_cannotEndHalfWay_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"", " ", ";", "; ", ";a ", ";a=", ";a= ", ";a=\"", ";a=\"b",
                                 ";a=\"b\\", ";a=\"\\\"", ";a=b ", ";a=\"b\" ", ";a;"})
            QTest::addRow("'%s'", text) << QByteArray(text);
    }
    void PA_05_cannotEndHalfWay()
    {
        QFETCH(QByteArray, text);
        ChunkExtension extension;
        QCOMPARE(taken(&extension, text), text.size());
        QVERIFY(!extension.canEnd());
    }

    void beginsWithTheSemicolon()
    {
        ChunkExtension extension;
        QVERIFY(!extension.hasBegun());
        QVERIFY(extension.take(' '));
        QVERIFY(!extension.hasBegun());
        QVERIFY(extension.take(';'));
        QVERIFY(extension.hasBegun());
    }
};

QTEST_GUILESS_MAIN(TestChunkExtension)
#include "tst_chunkextension.moc"
