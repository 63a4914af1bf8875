// SPDX-License-Identifier: Apache-2.0
#include "fieldline.h"

#include "httpgrammar.h"

#include <algorithm>

std::optional<FieldLine> FieldLine::parse(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    if (colon < 1)
        return std::nullopt;
    const QByteArrayView name = line.first(colon);
    QByteArrayView value = line.sliced(colon + 1);
    if (!std::all_of(name.begin(), name.end(), HttpGrammar::isToken)
        || !std::all_of(value.begin(), value.end(), HttpGrammar::isText))
        return std::nullopt;
    while (!value.isEmpty() && HttpGrammar::isBlank(value.front()))
        value = value.sliced(1);
    while (!value.isEmpty() && HttpGrammar::isBlank(value.back()))
        value.chop(1);
    return FieldLine{name.toByteArray().toLower(), value.toByteArray()};
}
