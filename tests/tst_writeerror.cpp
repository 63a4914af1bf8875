// SPDX-License-Identifier: Apache-2.0
#include "sqlconnection.h"
#include "writeerror.h"

#include <QTest>

using namespace Qt::StringLiterals;

class tst_WriteError final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ST_03_saysWhyAndWhere_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("reason");
        QTest::newRow("SQLITE_FULL") << 13 << u"disk full"_s;
        QTest::newRow("SQLITE_READONLY") << 8 << u"read-only"_s;
        QTest::newRow("SQLITE_IOERR") << 10 << u"input/output error"_s;
        QTest::newRow("SQLITE_CORRUPT") << 11 << u"damaged"_s;
        QTest::newRow("SQLITE_ERROR") << 1 << u"damaged"_s;
        QTest::newRow("SQLITE_CONSTRAINT") << 19 << u"damaged"_s;
        QTest::newRow("SQLITE_NOTADB") << 26 << u"damaged"_s;
        QTest::newRow("SQLITE_BUSY") << 5 << u"in SQLite's words"_s;
    }

    void ST_03_saysWhyAndWhere()
    {
        QFETCH(const int, code);
        QFETCH(const QString, reason);
        const QString text = writeErrorText({code, u"in SQLite's\n words"_s}, u"/data/agent"_s);
        QVERIFY2(text.contains(reason), qPrintable(text));
        QVERIFY2(text.contains(u"/data/agent"), qPrintable(text));
        QVERIFY2(text.contains(u"Nothing will be run"), qPrintable(text));
        QVERIFY(!text.contains(u'\n'));
        QVERIFY(!text.contains(u'%'));
    }
};

QTEST_GUILESS_MAIN(tst_WriteError)
#include "tst_writeerror.moc"
