// SPDX-License-Identifier: Apache-2.0
#pragma once

// Checks what stands between a chunk's size and its CR LF, byte by byte, and forgets it:
// *( BWS ";" BWS token [ BWS "=" BWS ( token / quoted-string ) ] ), RFC 9112 section 7.1.1.
class ChunkExtension final
{
public:
    // False when c cannot stand here. CR and LF never can.
    [[nodiscard]] bool take(char c);
    [[nodiscard]] bool hasBegun() const { return m_state != State::Size; } // a ';' came
    [[nodiscard]] bool canEnd() const; // the line may end here

private:
    enum class State {
        Size, // blanks behind the size
        NameStart,
        Name,
        NameEnd, // blanks behind the name
        ValueStart,
        Value,
        Quoted,
        Escaped,
        QuoteEnd,
        ValueEnd, // blanks behind the value
    };
    [[nodiscard]] bool takeBetween(char c);
    [[nodiscard]] bool takeInName(char c);
    [[nodiscard]] bool takeInValue(char c);
    [[nodiscard]] bool moveTo(State state);

    State m_state = State::Size;
};
