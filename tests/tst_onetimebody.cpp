// SPDX-License-Identifier: Apache-2.0
#include "onetimebody.h"

#include <QTest>

class OneTimeBodyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesItsBytesOnce();
    void cannotBeReadAgain();
    void takesNothing();
};

void OneTimeBodyTest::givesItsBytesOnce()
{
    OneTimeBody body("abcdef");
    QVERIFY(body.isSequential());
    QCOMPARE(body.bytesAvailable(), 6);
    QCOMPARE(body.read(4), "abcd");
    QCOMPARE(body.bytesAvailable(), 2);
    QVERIFY(!body.atEnd());
    QCOMPARE(body.read(4), "ef");
    QVERIFY(body.atEnd());
    QCOMPARE(body.read(4), QByteArray());
}

void OneTimeBodyTest::cannotBeReadAgain()
{
    OneTimeBody body("abc");
    QCOMPARE(body.readAll(), "abc");
    QVERIFY(!body.reset());
    QCOMPARE(body.readAll(), QByteArray());
}

void OneTimeBodyTest::takesNothing()
{
    OneTimeBody body("abc");
    QTest::ignoreMessage(QtWarningMsg, "QIODevice::write (OneTimeBody): ReadOnly device");
    QCOMPARE(body.write("x"), -1);
    QCOMPARE(body.readAll(), "abc");
}

QTEST_GUILESS_MAIN(OneTimeBodyTest)
#include "tst_onetimebody.moc"
