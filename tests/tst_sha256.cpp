// SPDX-License-Identifier: Apache-2.0
#include "sha256.h"

#include <QCryptographicHash>
#include <QTest>

class Sha256Test final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesTheKnownDigests_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("digest");
        // FIPS 180-2, appendix B.
        QTest::newRow("empty")
            << QByteArray()
            << QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        QTest::newRow("abc")
            << QByteArray("abc")
            << QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        QTest::newRow("two blocks")
            << QByteArray("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
            << QByteArray("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
        QTest::newRow("a million")
            << QByteArray(1'000'000, 'a')
            << QByteArray("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }
    void givesTheKnownDigests()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, digest);
        QCOMPARE(Sha256::hex(bytes), digest);
    }

    void doesNotDependOnThePieces()
    {
        QByteArray bytes(257, '\0');
        for (qsizetype i = 0; i < bytes.size(); ++i)
            bytes[i] = char(i);
        const QByteArray expected =
            QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
        for (qsizetype at = 0; at <= bytes.size(); ++at) {
            Sha256 hash;
            hash.addData(QByteArrayView(bytes).first(at));
            hash.addData({});
            hash.addData(QByteArrayView(bytes).sliced(at));
            QCOMPARE(hash.takeHex(), expected);
        }
    }

    void beginsAnewOnceItIsTaken()
    {
        Sha256 hash;
        hash.addData("abc");
        (void)hash.takeHex();
        hash.addData("abc");
        QCOMPARE(hash.takeHex(), Sha256::hex("abc"));
        QCOMPARE(hash.takeHex(), Sha256::hex({}));
    }
};

QTEST_GUILESS_MAIN(Sha256Test)
#include "tst_sha256.moc"
