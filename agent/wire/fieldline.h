// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <optional>

// A field of an HTTP head: token ":" OWS value OWS.
struct FieldLine
{
    QByteArray name; // lower case
    QByteArray value; // without blanks at its ends

    // line: without its CR LF. Nothing for a folded line, a blank before the colon, an empty
    // name, or a control character other than HTAB.
    [[nodiscard]] static std::optional<FieldLine> parse(QByteArrayView line);
};
