// SPDX-License-Identifier: Apache-2.0
#include "websocketframe.h"

#include <QTest>

// Golden bytes are those of RFC 6455 section 5.7, and written out by hand from section 5.2.
class WebSocketFrameTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesTextAsTheStandardShowsIt()
    {
        QCOMPARE(WebSocketFrame::message("Hello"), QByteArray::fromHex("810548656c6c6f"));
    }

    void writesWhatIsNoUtf8AsBinary()
    {
        QCOMPARE(WebSocketFrame::message(QByteArray("\xff\x00", 2)),
                 QByteArray::fromHex("8202ff00"));
        QCOMPARE(WebSocketFrame::message("\xed\xa0\x80"),
                 QByteArray::fromHex("8203eda080")); // D800
        QCOMPARE(WebSocketFrame::message("\xc0\xaf"), QByteArray::fromHex("8202c0af")); // overlong
    }

    void writesAnEmptyMessage()
    {
        QCOMPARE(WebSocketFrame::message({}), QByteArray::fromHex("8100"));
    }

    void writesEachLengthInItsShortestForm_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("125") << 125 << QByteArray::fromHex("817d");
        QTest::newRow("126") << 126 << QByteArray::fromHex("817e007e");
        QTest::newRow("256") << 256 << QByteArray::fromHex("817e0100");
        QTest::newRow("65535") << 65'535 << QByteArray::fromHex("817effff");
        QTest::newRow("65536") << 65'536 << QByteArray::fromHex("817f0000000000010000");
    }
    void writesEachLengthInItsShortestForm()
    {
        QFETCH(int, size);
        QFETCH(QByteArray, head);
        const QByteArray data(size, 'x');
        QVERIFY(WebSocketFrame::message(data) == head + data);
    }

    void writesControlFrames()
    {
        using Code = WebSocketFrame::CloseCode;
        QCOMPARE(WebSocketFrame::ping(), QByteArray::fromHex("8900"));
        QCOMPARE(WebSocketFrame::pong("Hello"), QByteArray::fromHex("8a0548656c6c6f"));
        QCOMPARE(WebSocketFrame::close(Code::Normal), QByteArray::fromHex("880203e8"));
        QCOMPARE(WebSocketFrame::close(Code::TooLarge), QByteArray::fromHex("880203f1"));
    }
};

QTEST_GUILESS_MAIN(WebSocketFrameTest)
#include "tst_websocketframe.moc"
