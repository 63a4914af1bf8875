// SPDX-License-Identifier: Apache-2.0
#include "httpgrammar.h"

#include <QByteArray>
#include <QTest>

// Of all 256 bytes the ones that belong to a class.
template<typename Class>
static QByteArray bytesOf(Class isIn)
{
    QByteArray bytes;
    for (int byte = 0; byte < 256; ++byte) {
        if (isIn(char(byte)))
            bytes.append(char(byte));
    }
    return bytes;
}

class TestHttpGrammar final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheDigits() { QCOMPARE(bytesOf(HttpGrammar::isDigit), "0123456789"); }

    void knowsTheBlanks() { QCOMPARE(bytesOf(HttpGrammar::isBlank), "\t "); }

    // RFC 9110 section 5.6.2, written out in the order of the bytes.
    void knowsTheCharactersOfATokenAndNoOther()
    {
        QCOMPARE(bytesOf(HttpGrammar::isToken),
                 "!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~");
    }

    void takesNoControlCharacterButTheTabForText()
    {
        const QByteArray never = bytesOf([](char c) { return !HttpGrammar::isText(c); });
        QByteArray expected;
        for (int byte = 0; byte < 0x20; ++byte) {
            if (byte != 0x09)
                expected.append(char(byte));
        }
        expected.append(0x7f);
        QCOMPARE(never.toHex(), expected.toHex());
    }

    void readsHexDigitsOfEitherCase()
    {
        QCOMPARE(bytesOf([](char c) { return HttpGrammar::hexValue(c) >= 0; }),
                 "0123456789ABCDEFabcdef");
        QCOMPARE(HttpGrammar::hexValue('0'), 0);
        QCOMPARE(HttpGrammar::hexValue('9'), 9);
        QCOMPARE(HttpGrammar::hexValue('a'), 10);
        QCOMPARE(HttpGrammar::hexValue('F'), 15);
        QCOMPARE(HttpGrammar::hexValue('g'), -1);
        QCOMPARE(HttpGrammar::hexValue('\0'), -1);
    }

    void canBeAskedWhileCompiling()
    {
        static_assert(HttpGrammar::isToken('!') && !HttpGrammar::isToken(':'));
        static_assert(HttpGrammar::isText('\t') && !HttpGrammar::isText('\n'));
        static_assert(HttpGrammar::hexValue('f') == 15);
    }
};

QTEST_GUILESS_MAIN(TestHttpGrammar)
#include "tst_httpgrammar.moc"
