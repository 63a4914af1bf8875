// SPDX-License-Identifier: Apache-2.0
#include "splits.h"
#include "websocketdecoder.h"
#include "websockettalk.h"

#include <QTest>

using namespace WebSocketTalk;
using Item = WebSocketDecoder::Item;
using Kind = WebSocketDecoder::Kind;
using Code = WebSocketFrame::CloseCode;

namespace {

struct Decoding
{
    QList<Item> items;
    Code error = Code::Normal;

    bool operator==(const Decoding &) const = default;
};

Decoding decode(const QList<QByteArray> &pieces)
{
    WebSocketDecoder decoder;
    Decoding decoding;
    for (const QByteArray &piece : pieces)
        decoding.items += decoder.feed(piece);
    decoding.error = decoder.error();
    return decoding;
}

// As decoded from the whole, after making sure that no split gives anything else.
Decoding decodeInAllSplits(const QByteArray &stream)
{
    Decoding whole = decode({stream});
    const QList<QList<QByteArray>> splits = splitsOf(stream);
    for (const QList<QByteArray> &pieces : splits) {
        if (decode(pieces) != whole) {
            QTest::qFail("a split gives something else", __FILE__, __LINE__);
            break;
        }
    }
    return whole;
}

QList<QByteArray> messagesOf(const Decoding &decoding)
{
    QList<QByteArray> messages;
    for (const Item &item : decoding.items) {
        if (item.kind == Kind::Message)
            messages.append(item.data);
    }
    return messages;
}

} // namespace

Q_DECLARE_METATYPE(WebSocketFrame::CloseCode)

class WebSocketDecoderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTheFramesOfTheStandard()
    {
        const Decoding decoding = decodeInAllSplits(
            QByteArray::fromHex("818537fa213d7f9f4d5158") // "Hello"
            + QByteArray::fromHex("898537fa213d7f9f4d5158") + masked(Final | Pong, "x"));
        QCOMPARE(decoding.error, Code::Normal);
        QCOMPARE(decoding.items,
                 (QList<Item>{{Kind::Message, "Hello"}, {Kind::Ping, "Hello"}, {Kind::Pong, "x"}}));
    }

    void takesEachFormOfALength_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {0, 1, 125, 126, 65'535, 65'536, 1024 * 1024})
            QTest::addRow("%d", size) << size;
    }
    void takesEachFormOfALength()
    {
        QFETCH(int, size);
        const QByteArray data(size, 'x');
        const QByteArray stream = masked(Final | Binary, data) + text("next");
        const Decoding decoding = size > 70'000 ? decode({stream}) : decodeInAllSplits(stream);
        QCOMPARE(decoding.error, Code::Normal);
        QVERIFY(messagesOf(decoding) == (QList<QByteArray>{data, "next"}));
    }

    void joinsFragmentsAroundControlFrames()
    {
        const Decoding decoding = decodeInAllSplits(
            masked(Text, "on") + masked(Final | Ping, "p") + masked(Continuation, {})
            + masked(Final | Continuation, "e", "\x01\x02\x03\x04")
            + masked(Final | Binary, "two"));
        QCOMPARE(decoding.error, Code::Normal);
        QCOMPARE(decoding.items,
                 (QList<Item>{{Kind::Ping, "p"}, {Kind::Message, "one"}, {Kind::Message, "two"}}));
    }

    void checksTextAcrossFragments()
    {
        const QByteArray euro = "\xe2\x82\xac";
        QCOMPARE(messagesOf(decodeInAllSplits(masked(Text, euro.first(1))
                                              + masked(Final | Continuation, euro.sliced(1)))),
                 QList<QByteArray>{euro});
        QCOMPARE(decodeInAllSplits(masked(Text, euro.first(2)) + masked(Final | Continuation, "x"))
                     .error,
                 Code::NotUtf8);
        // What came first says what it is.
        QCOMPARE(
            messagesOf(decode({masked(Binary, "\xff") + masked(Final | Continuation, "\xfe")})),
            QList<QByteArray>{"\xff\xfe"});
    }

    void failsAtWhatTheStandardForbids_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<Code>("error");
        const auto wrong = [](const char *name, const QByteArray &stream,
                              Code error = Code::ProtocolError) {
            QTest::newRow(name) << stream << error;
        };
        wrong("not masked", QByteArray::fromHex("810548656c6c6f"));
        wrong("control not masked", QByteArray::fromHex("8900"));
        for (const int bit : {0x40, 0x20, 0x10}) {
            wrong(qPrintable(QStringLiteral("reserved bit %1").arg(bit)),
                  masked(Final | bit | Text, "x"));
        }
        for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
            wrong(qPrintable(QStringLiteral("opcode %1").arg(opcode)), masked(Final | opcode, "x"));
        wrong("ping in fragments", masked(Ping, "x"));
        wrong("close in fragments", masked(Close, {}));
        wrong("ping of 126 bytes", masked(Final | Ping, QByteArray(126, 'x')));
        wrong("continuation of nothing", masked(Final | Continuation, "x"));
        wrong("text inside a message", masked(Text, "x") + text("y"));
        wrong("binary inside a message", masked(Text, "x") + masked(Binary, "y"));
        wrong("length not the shortest, 2", QByteArray::fromHex("81fe007d") + QByteArray(200, 'x'));
        wrong("length not the shortest, 8",
              QByteArray::fromHex("81ff000000000000ffff") + QByteArray(200, 'x'));
        wrong("negative length", QByteArray::fromHex("81ff8000000000000000") + QByteArray(4, 'x'));
        wrong("close with half a code", masked(Final | Close, "x"));
        for (const int code : {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65'535})
            wrong(qPrintable(QStringLiteral("close %1").arg(code)), closing(code));
        wrong("close with a reason that is no text", closing(1000, "\xff"), Code::NotUtf8);
        wrong("no text", text("\xff"), Code::NotUtf8);
        wrong("half a character", text("\xe2\x82"), Code::NotUtf8);
        wrong("overlong", text("\xc0\xaf"), Code::NotUtf8);
        wrong("surrogate", text("\xed\xa0\x80"), Code::NotUtf8);
        wrong("beyond Unicode", text("\xf4\x90\x80\x80"), Code::NotUtf8);
        wrong("one byte more than fits",
              QByteArray::fromHex("82ff0000000000100001") + QByteArray(4, 'x'), Code::TooLarge);
        wrong("more than there is",
              QByteArray::fromHex("82ff7fffffffffffffff") + QByteArray(4, 'x'), Code::TooLarge);
    }
    void failsAtWhatTheStandardForbids()
    {
        QFETCH(QByteArray, stream);
        QFETCH(Code, error);
        const Decoding decoding = decodeInAllSplits(text("before") + stream + text("behind"));
        QCOMPARE(decoding.error, error);
        QCOMPARE(messagesOf(decoding), QList<QByteArray>{"before"}); // nothing behind a fault
    }

    void failsWhenFragmentsGrowTooLarge()
    {
        const QByteArray half(WebSocketDecoder::MaximumMessage / 2, 'x');
        const QByteArray two = masked(Binary, half) + masked(Continuation, half);
        const Decoding full = decode({two + masked(Final | Continuation, {})});
        QCOMPARE(full.error, Code::Normal);
        QCOMPARE(messagesOf(full).first().size(), WebSocketDecoder::MaximumMessage);
        QCOMPARE(decode({two + masked(Final | Continuation, "x")}).error, Code::TooLarge);
    }

    void takesACloseAndNothingBehindIt_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::newRow("without a code") << masked(Final | Close, {});
        for (const int code : {1000, 1001, 1003, 1007, 1014, 3000, 4999})
            QTest::addRow("%d", code) << closing(code);
        QTest::newRow("with a reason") << closing(1000, "\xe2\x82\xac");
    }
    void takesACloseAndNothingBehindIt()
    {
        QFETCH(QByteArray, frame);
        const Decoding decoding = decodeInAllSplits(masked(Text, "half") + frame + text("behind"));
        QCOMPARE(decoding.error, Code::Normal);
        QCOMPARE(decoding.items.size(), 1);
        QCOMPARE(decoding.items.first().kind, Kind::Close);
    }
};

QTEST_GUILESS_MAIN(WebSocketDecoderTest)
#include "tst_websocketdecoder.moc"
