// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

// The classes of bytes that RFC 9110 section 5.6 and RFC 9112 build on. No locale has a say in
// them.
namespace HttpGrammar {

[[nodiscard]] constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

// tchar
[[nodiscard]] constexpr bool isToken(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || (c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos);
}

// HTAB, SP, VCHAR and obs-text: what may stand in a field value, a reason or a quoted string.
[[nodiscard]] constexpr bool isText(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return c == '\t' || (byte >= 0x20 && byte != 0x7f);
}

// The value of a hex digit, or -1.
[[nodiscard]] constexpr int hexValue(char c)
{
    if (isDigit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

} // namespace HttpGrammar
