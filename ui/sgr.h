// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QColor>

#include <optional>

class QPalette;
class QTextCharFormat;

// The colours and styles of a terminal, as "Select Graphic Rendition" (ECMA-48) sets them: 16
// colours, 256 colours, any colour.
struct Sgr
{
    std::optional<QRgb> foreground; // as asked for; none: the usual one
    std::optional<QRgb> background;
    bool bold = false;
    bool faint = false;
    bool italic = false;
    bool underlined = false;
    bool struck = false;
    bool inverse = false;

    // What is between ESC [ and m: digits, ';' and ':'. What is unknown has no effect, and nothing
    // hides text.
    void apply(const QByteArray &parameters);
    // Readable on the palette's base whatever was asked for.
    [[nodiscard]] QTextCharFormat format(const QPalette &palette) const;
    [[nodiscard]] bool operator==(const Sgr &) const = default;

    static constexpr double LeastContrast = 4.5;
    [[nodiscard]] static double contrast(const QColor &one, const QColor &other); // 1..21

private:
    void applyNumber(int number);
};
