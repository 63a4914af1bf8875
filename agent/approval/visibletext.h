// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

// Untrusted bytes as text that hides nothing: injective, reversible, from a closed alphabet.
// Printable ASCII stands for itself but for the backslash (\\). Letters, digits and signs of other
// scripts that are drawn alone and from left to right stand for themselves and are counted as
// non-ASCII. Everything else is an escape: \n \t \r, \s for a blank at the end or beginning of a
// line, \s{40} \n{40} \t{40} for runs of more than 8, \u{202E} for a character that is invisible or
// changes others, \x{FF} for a byte that is not UTF-8.
class VisibleText final
{
public:
    enum class Kind {
        Plain,
        Escape, // drawn in a marked style
        NonAscii, // drawn in a marked style; could look like something else
    };
    struct Segment
    {
        QString text;
        Kind kind = Kind::Plain;
        qsizetype offset = 0; // of its first byte in the original
        qsizetype length = 0; // bytes of the original
    };

    explicit VisibleText(const QByteArray &bytes);

    [[nodiscard]] QString oneLine() const; // a newline is shown as \n
    // A line each; the newline that ends a line is not part of it. A trailing one shows as \n on
    // the last line; a run of more than 8 stands on a line of its own, as \n{40}.
    [[nodiscard]] QList<QList<Segment>> lines() const;
    // For each of lines() the number of the first line of the original that it shows, from 1.
    [[nodiscard]] QList<int> lineNumbers() const;
    [[nodiscard]] int lineCount() const; // newlines + 1, as a shell counts
    // Something in it is not seen as it is: control, format, bidirectional or invisible characters,
    // invalid UTF-8. Newlines, tabs and blanks alone are not hidden.
    [[nodiscard]] bool hasHidden() const { return m_hasHidden; }
    [[nodiscard]] bool hasNonAscii() const { return m_hasNonAscii; } // hidden ones included

    // Shortcuts.
    [[nodiscard]] static QString encode(const QByteArray &bytes)
    {
        return VisibleText(bytes).oneLine();
    }
    // At most maximum characters, then " … (N more bytes)".
    [[nodiscard]] static QString encodeShort(const QByteArray &bytes, qsizetype maximum);
    // The bytes that text was made of; nothing when it was not made by oneLine().
    [[nodiscard]] static std::optional<QByteArray> decode(QStringView text);

private:
    QByteArray m_bytes;
    bool m_hasHidden = false;
    bool m_hasNonAscii = false;
};
