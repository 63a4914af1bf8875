// SPDX-License-Identifier: Apache-2.0
#include "terminaltext.h"

#include "visiblescanner.h"

#include <algorithm>

namespace {

// Escaped in a command, where every blank counts; harmless in an output.
bool isLayout(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char byte) {
        return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\\';
    });
}

} // namespace

QByteArray TerminalText::visible(const QByteArray &output)
{
    QByteArray text;
    text.reserve(output.size() + output.size() / 8);
    VisibleScanner scanner(output);
    while (!scanner.atEnd()) {
        const VisibleScanner::Piece piece = scanner.next();
        const QByteArrayView bytes = QByteArrayView(output).sliced(piece.offset, piece.length);
        if (isLayout(bytes))
            text += bytes;
        else
            text += piece.text.toUtf8();
    }
    return text;
}
