// SPDX-License-Identifier: Apache-2.0
#include "jsontext.h"

#include "visiblescanner.h"

#include <QJsonDocument>
#include <QStringDecoder>

namespace {

// A pair of surrogates beyond the first plane.
QByteArray escaped(QByteArrayView character)
{
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    const QString units = decode(character); // QString::fromUtf8() would drop U+FEFF
    QByteArray text;
    for (const QChar unit : units)
        text += "\\u" + QByteArray::number(unit.unicode(), 16).rightJustified(4, '0');
    return text;
}

} // namespace

QByteArray JsonText::line(const QJsonDocument &document)
{
    const QByteArray json = document.toJson(QJsonDocument::Compact);
    QByteArray text;
    text.reserve(json.size());
    VisibleScanner scanner(json);
    while (!scanner.atEnd()) {
        const VisibleScanner::Piece piece = scanner.next();
        const QByteArrayView bytes = QByteArrayView(json).sliced(piece.offset, piece.length);
        if (piece.isHidden)
            text += escaped(bytes);
        else
            text += bytes;
    }
    return text;
}
