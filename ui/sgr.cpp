// SPDX-License-Identifier: Apache-2.0
#include "sgr.h"

#include "colours.h"

#include <QPalette>
#include <QTextCharFormat>

#include <algorithm>
#include <array>
#include <cmath>

namespace {

constexpr std::array<QRgb, 16> Sixteen{
    0xff000000, 0xffcc0000, 0xff4e9a06, 0xffc4a000, 0xff3465a4, 0xff75507b, 0xff06989a, 0xffd3d7cf,
    0xff555753, 0xffef2929, 0xff8ae234, 0xfffce94f, 0xff729fcf, 0xffad7fa8, 0xff34e2e2, 0xffeeeeec,
};
constexpr double FaintShare = 0.4; // of the background in faint text

// 16 named ones, a cube of 6 x 6 x 6, 24 greys.
std::optional<QRgb> colourOf256(int number)
{
    if (number < 0 || number > 255)
        return std::nullopt;
    if (number < 16)
        return Sixteen.at(size_t(number));
    if (number >= 232) {
        const int grey = 8 + (number - 232) * 10;
        return qRgb(grey, grey, grey);
    }
    const auto level = [](int step) { return step == 0 ? 0 : 55 + 40 * step; };
    const int cube = number - 16;
    return qRgb(level(cube / 36), level(cube / 6 % 6), level(cube % 6));
}

QList<int> numbersOf(const QByteArray &text, char separator)
{
    QList<int> numbers;
    const QList<QByteArray> parts = text.split(separator);
    for (const QByteArray &part : parts)
        numbers.append(part.left(4).toInt()); // empty: 0
    return numbers;
}

// After 38 or 48: 5;N or 2;R;G;B, of which colons may set a colour space between.
std::optional<QRgb> extendedColour(const QList<int> &numbers, qsizetype *used)
{
    const int form = numbers.value(0, -1);
    if (form == 5) {
        *used = 2;
        return colourOf256(numbers.value(1, -1));
    }
    *used = form == 2 ? 4 : numbers.size();
    if (form != 2 || numbers.size() < 4)
        return std::nullopt;
    const auto level = [&numbers](qsizetype i) { return std::clamp(numbers.at(i), 0, 255); };
    return qRgb(level(1), level(2), level(3));
}

double luminance(const QColor &colour)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(double(colour.redF())) + 0.7152 * linear(double(colour.greenF()))
        + 0.0722 * linear(double(colour.blueF()));
}

QColor readable(const QColor &text, const QColor &ground)
{
    const QColor end =
        Sgr::contrast(Qt::black, ground) > Sgr::contrast(Qt::white, ground) ? Qt::black : Qt::white;
    for (int tenths = 0; tenths < 10; ++tenths) {
        const QColor candidate = Colours::blend(text, end, tenths / 10.0);
        if (Sgr::contrast(candidate, ground) >= Sgr::LeastContrast)
            return candidate;
    }
    return end;
}

} // namespace

double Sgr::contrast(const QColor &one, const QColor &other)
{
    const auto [dark, light] = std::minmax({luminance(one), luminance(other)});
    return (light + 0.05) / (dark + 0.05);
}

void Sgr::apply(const QByteArray &parameters)
{
    const QList<QByteArray> fields = parameters.split(';');
    for (qsizetype i = 0; i < fields.size(); ++i) {
        const bool hasParts = fields.at(i).contains(':');
        QList<int> numbers =
            numbersOf(hasParts ? fields.at(i) : fields.mid(i).join(';'), hasParts ? ':' : ';');
        const int number = numbers.takeFirst();
        if (number != 38 && number != 48) {
            applyNumber(hasParts && number == 4 && numbers.constFirst() == 0 ? 24 : number);
            continue;
        }
        if (hasParts && numbers.size() > 4)
            numbers.removeAt(1); // the colour space
        qsizetype used = 0;
        if (const auto colour = extendedColour(numbers, &used))
            (number == 38 ? foreground : background) = colour;
        i += hasParts ? 0 : used;
    }
}

void Sgr::applyNumber(int number)
{
    if (number == 0)
        *this = {};
    else if (number == 1)
        bold = true;
    else if (number == 2)
        faint = true;
    else if (number == 3 || number == 23)
        italic = number == 3;
    else if (number == 4 || number == 21 || number == 24)
        underlined = number != 24;
    else if (number == 7 || number == 27)
        inverse = number == 7;
    else if (number == 9 || number == 29)
        struck = number == 9;
    else if (number == 22)
        bold = faint = false;
    else if (number >= 30 && number <= 37)
        foreground = colourOf256(number - 30);
    else if (number == 39)
        foreground.reset();
    else if (number >= 40 && number <= 47)
        background = colourOf256(number - 40);
    else if (number == 49)
        background.reset();
    else if (number >= 90 && number <= 97)
        foreground = colourOf256(number - 90 + 8);
    else if (number >= 100 && number <= 107)
        background = colourOf256(number - 100 + 8);
}

QTextCharFormat Sgr::format(const QPalette &palette) const
{
    QColor text = foreground ? QColor::fromRgb(*foreground) : palette.color(QPalette::Text);
    QColor ground = background ? QColor::fromRgb(*background) : palette.color(QPalette::Base);
    if (inverse)
        std::swap(text, ground);
    if (faint)
        text = Colours::blend(text, ground, FaintShare);
    QTextCharFormat format;
    format.setForeground(readable(text, ground));
    if (background || inverse)
        format.setBackground(ground);
    if (bold)
        format.setFontWeight(QFont::Bold);
    format.setFontItalic(italic);
    format.setFontUnderline(underlined);
    format.setFontStrikeOut(struck);
    return format;
}
