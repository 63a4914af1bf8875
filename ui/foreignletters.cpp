// SPDX-License-Identifier: Apache-2.0
#include "foreignletters.h"

#include "visibletext.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ForeignLetters)
};

// A known letter that is drawn in another way; null: it is not.
const char *styleOf(char32_t letter)
{
    switch (QChar::decompositionTag(letter)) {
    case QChar::Wide:
        return QT_TRANSLATE_NOOP("ForeignLetters", "full-width");
    case QChar::Narrow:
        return QT_TRANSLATE_NOOP("ForeignLetters", "half-width");
    case QChar::Font:
        return QT_TRANSLATE_NOOP("ForeignLetters", "in another style");
    case QChar::Circle:
        return QT_TRANSLATE_NOOP("ForeignLetters", "circled");
    case QChar::Super:
        return QT_TRANSLATE_NOOP("ForeignLetters", "superscript");
    case QChar::Sub:
        return QT_TRANSLATE_NOOP("ForeignLetters", "subscript");
    default:
        return nullptr;
    }
}

const char *scriptOf(char32_t letter)
{
    static const QHash<QChar::Script, const char *> names{
        {QChar::Script_Common, QT_TRANSLATE_NOOP("ForeignLetters", "sign")},
        {QChar::Script_Latin, QT_TRANSLATE_NOOP("ForeignLetters", "Latin")},
        {QChar::Script_Greek, QT_TRANSLATE_NOOP("ForeignLetters", "Greek")},
        {QChar::Script_Coptic, QT_TRANSLATE_NOOP("ForeignLetters", "Coptic")},
        {QChar::Script_Cyrillic, QT_TRANSLATE_NOOP("ForeignLetters", "Cyrillic")},
        {QChar::Script_Armenian, QT_TRANSLATE_NOOP("ForeignLetters", "Armenian")},
        {QChar::Script_Georgian, QT_TRANSLATE_NOOP("ForeignLetters", "Georgian")},
        {QChar::Script_Cherokee, QT_TRANSLATE_NOOP("ForeignLetters", "Cherokee")},
        {QChar::Script_CanadianAboriginal,
         QT_TRANSLATE_NOOP("ForeignLetters", "Canadian syllabic")},
        {QChar::Script_Lisu, QT_TRANSLATE_NOOP("ForeignLetters", "Lisu")},
        {QChar::Script_Runic, QT_TRANSLATE_NOOP("ForeignLetters", "Runic")},
        {QChar::Script_Ethiopic, QT_TRANSLATE_NOOP("ForeignLetters", "Ethiopic")},
        {QChar::Script_Devanagari, QT_TRANSLATE_NOOP("ForeignLetters", "Devanagari")},
        {QChar::Script_Bengali, QT_TRANSLATE_NOOP("ForeignLetters", "Bengali")},
        {QChar::Script_Tamil, QT_TRANSLATE_NOOP("ForeignLetters", "Tamil")},
        {QChar::Script_Thai, QT_TRANSLATE_NOOP("ForeignLetters", "Thai")},
        {QChar::Script_Hangul, QT_TRANSLATE_NOOP("ForeignLetters", "Hangul")},
        {QChar::Script_Hiragana, QT_TRANSLATE_NOOP("ForeignLetters", "Hiragana")},
        {QChar::Script_Katakana, QT_TRANSLATE_NOOP("ForeignLetters", "Katakana")},
        {QChar::Script_Han, QT_TRANSLATE_NOOP("ForeignLetters", "Chinese")},
    };
    return names.value(QChar::script(letter),
                       QT_TRANSLATE_NOOP("ForeignLetters", "of another script"));
}

struct Kind
{
    const char *name;
    char32_t first;
    QSet<char32_t> letters;

    [[nodiscard]] QString sentence() const
    {
        const QString number = QString::number(first, 16).toUpper().rightJustified(4, u'0');
        const QString letter = QStringView(QChar::fromUcs4(first)).toString();
        const QString words = u"%1 %2 (U+%3)"_s.arg(Text::tr(name), letter, number);
        return letters.size() == 1 ? words
                                   : Text::tr("%1 and %2 more").arg(words).arg(letters.size() - 1);
    }
};

void add(QList<Kind> *kinds, char32_t letter)
{
    const char *style = styleOf(letter);
    const char *name = style ? style : scriptOf(letter);
    const auto known = std::find_if(kinds->begin(), kinds->end(),
                                    [name](const Kind &kind) { return kind.name == name; });
    if (known == kinds->end())
        kinds->append({name, letter, {letter}});
    else
        known->letters.insert(letter);
}

} // namespace

namespace ForeignLetters {

QStringList named(const QByteArray &command)
{
    QList<Kind> kinds;
    const QList<QList<VisibleText::Segment>> lines = VisibleText(command).lines();
    for (const QList<VisibleText::Segment> &line : lines) {
        for (const VisibleText::Segment &segment : line) {
            if (segment.kind != VisibleText::Kind::NonAscii)
                continue;
            const QList<uint> letters = segment.text.toUcs4();
            for (const char32_t letter : letters)
                add(&kinds, letter);
        }
    }
    QStringList found;
    for (const Kind &kind : std::as_const(kinds))
        found.append(kind.sentence());
    return found;
}

} // namespace ForeignLetters
