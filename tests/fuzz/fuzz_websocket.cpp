// SPDX-License-Identifier: Apache-2.0
// The input is what a WebSocket client sends behind its handshake.
#include "check.h"
#include "websocketdecoder.h"
#include "websocketframe.h"

#include <algorithm>
#include <cstdint>
#include <random>

using Item = WebSocketDecoder::Item;
using Kind = WebSocketDecoder::Kind;

namespace {

struct Decoding
{
    QList<Item> items;
    WebSocketFrame::CloseCode error = WebSocketFrame::CloseCode::Normal;

    bool operator==(const Decoding &) const = default;
};

Decoding decode(QByteArrayView input, qsizetype longest)
{
    WebSocketDecoder decoder;
    Decoding decoding;
    std::minstd_rand random(static_cast<unsigned>(qHash(input) | 1U));
    while (!input.isEmpty()) {
        const auto size =
            std::min<qsizetype>(1 + static_cast<qsizetype>(random()) % longest, input.size());
        decoding.items += decoder.feed(input.first(size));
        input = input.sliced(size);
    }
    decoding.error = decoder.error();
    return decoding;
}

void checkItem(const Item &item)
{
    check(item.data.size() <= WebSocketDecoder::MaximumMessage, "no message is too large");
    check(item.kind == Kind::Message || item.data.size() <= 125, "control frames are short");
    check(item.kind != Kind::Close || item.data.size() != 1, "no close has half a code");
}

// What a server makes of a message, turned into a client's frame: masked with zeros.
void checkReencoding(const Item &item)
{
    if (item.kind != Kind::Message)
        return;
    QByteArray frame = WebSocketFrame::message(item.data);
    const qsizetype head = frame.size() - item.data.size();
    frame[1] = static_cast<char>(frame[1] | 0x80);
    frame.insert(head, QByteArray(4, '\0'));
    WebSocketDecoder decoder;
    check(decoder.feed(frame) == QList<Item>{item}, "a message survives encoding and decoding");
    check(!decoder.hasFailed(), "what we encode we accept");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView input(data, static_cast<qsizetype>(size));
    const Decoding whole = decode(input, 1'000'000'000);
    check(decode(input, 1) == whole && decode(input, 7) == whole, "splits do not matter");
    qsizetype total = 0;
    for (const Item &item : whole.items) {
        checkItem(item);
        checkReencoding(item);
        total += item.data.size();
        check(item.kind != Kind::Close || &item == &whole.items.last(), "a close is the last");
    }
    check(total <= input.size(), "messages hold nothing that did not come");
    return 0;
}
