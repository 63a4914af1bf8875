// SPDX-License-Identifier: Apache-2.0
#include "chunkextension.h"

#include "httpgrammar.h"

using namespace HttpGrammar;

bool ChunkExtension::take(char c)
{
    switch (m_state) {
    case State::Size:
    case State::NameEnd:
    case State::QuoteEnd:
    case State::ValueEnd:
        return takeBetween(c);
    case State::NameStart:
    case State::Name:
        return takeInName(c);
    case State::ValueStart:
    case State::Value:
    case State::Quoted:
    case State::Escaped:
        return takeInValue(c);
    }
    return false;
}

// No blank may end the line: each must lead to a ';' or a '='.
bool ChunkExtension::canEnd() const
{
    return m_state == State::Name || m_state == State::Value || m_state == State::QuoteEnd;
}

bool ChunkExtension::takeBetween(char c)
{
    if (c == ';')
        return moveTo(State::NameStart);
    if (c == '=' && m_state == State::NameEnd)
        return moveTo(State::ValueStart);
    return isBlank(c) && moveTo(m_state == State::QuoteEnd ? State::ValueEnd : m_state);
}

bool ChunkExtension::takeInName(char c)
{
    if (isToken(c))
        return moveTo(State::Name);
    if (m_state == State::NameStart)
        return isBlank(c);
    if (c == '=')
        return moveTo(State::ValueStart);
    return c == ';' ? moveTo(State::NameStart) : isBlank(c) && moveTo(State::NameEnd);
}

bool ChunkExtension::takeInValue(char c)
{
    if (m_state == State::Escaped)
        return isText(c) && moveTo(State::Quoted);
    if (m_state == State::Quoted) {
        if (c == '"')
            return moveTo(State::QuoteEnd);
        return c == '\\' ? moveTo(State::Escaped) : isText(c);
    }
    if (isToken(c))
        return moveTo(State::Value);
    if (m_state == State::ValueStart)
        return c == '"' ? moveTo(State::Quoted) : isBlank(c);
    return c == ';' ? moveTo(State::NameStart) : isBlank(c) && moveTo(State::ValueEnd);
}

bool ChunkExtension::moveTo(State state)
{
    m_state = state;
    return true;
}
