// SPDX-License-Identifier: Apache-2.0
#include "linereader.h"

#include "httpgrammar.h"

LineReader::Result LineReader::take(char c)
{
    if (m_isWhole) {
        m_line.resize(0); // keeps the memory
        m_isWhole = false;
        m_hasReturn = false;
    }
    if (m_hasReturn || c == '\n') {
        m_isWhole = m_hasReturn && c == '\n';
        return m_isWhole ? Result::Line : Result::BareEnd;
    }
    if (c == '\r') {
        m_hasReturn = true;
        return Result::Incomplete;
    }
    if (!HttpGrammar::isText(c))
        return Result::BadByte;
    if (m_line.size() >= m_maximum)
        return Result::TooLong;
    m_line.append(c);
    return Result::Incomplete;
}
