// SPDX-License-Identifier: Apache-2.0
#include "plain.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDateTime>
#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>

#include <algorithm>

namespace Plain {
namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Plain)
};

} // namespace

QLabel *label(const QString &text, bool wrap, QWidget *parent)
{
    auto *made = new QLabel(parent);
    made->setTextFormat(Qt::PlainText);
    made->setWordWrap(wrap);
    made->setContentsMargins(0, 1, 0, 1); // dots on capital letters are above the font's ascent
    made->setText(text);
    return made;
}

int heightOf(const QLabel *label, int lines)
{
    const QMargins margins = label->contentsMargins();
    return lines * label->fontMetrics().lineSpacing() + margins.top() + margins.bottom();
}

// A label beside it that is not shown: Qt looks for one among the siblings alone.
void nameChoice(QComboBox *box, const QString &name)
{
    QLabel *words = label(name, false, box->parentWidget());
    words->setBuddy(box);
    words->hide();
    box->setAccessibleName(name);
}

QString menuText(const QString &text)
{
    QString escaped = text;
    return escaped.replace(u'&', QLatin1String("&&"));
}

QString toolTip(const QString &text)
{
    return QLatin1String("<p style=\"white-space:pre-wrap\">") + text.toHtmlEscaped()
        + QLatin1String("</p>");
}

QString wrapped(const QString &text, qsizetype columns)
{
    QStringList lines;
    for (QStringView rest(text); lines.isEmpty() || !rest.isEmpty();) {
        qsizetype length = rest.size();
        if (length > columns) {
            const qsizetype blank = rest.first(columns + 1).lastIndexOf(u' ');
            length = blank > 0 ? blank : columns;
        }
        lines.append(rest.first(length).toString());
        rest = rest.sliced(length);
        if (rest.startsWith(u' '))
            rest = rest.sliced(1);
    }
    return lines.join(u'\n');
}

QString duration(std::chrono::milliseconds length)
{
    const qint64 ms = length.count();
    if (ms < 1)
        return Text::tr("< 1 ms");
    if (ms < 1000)
        return Text::tr("%1 ms").arg(ms);
    if (ms < 60'000)
        return Text::tr("%1 s").arg(
            QLocale().toString(double(ms) / 1000, 'f', ms < 10'000 ? 1 : 0));
    const qint64 seconds = ms / 1000;
    if (seconds % 60 == 0)
        return Text::tr("%1 min").arg(seconds / 60);
    return Text::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
}

QString countdown(std::chrono::milliseconds left)
{
    const qint64 seconds = (left.count() + 999) / 1000;
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

QString size(qint64 bytes)
{
    if (bytes < 1000)
        return bytes == 1 ? Text::tr("1 byte") : Text::tr("%1 bytes").arg(bytes);
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString dateTime(const QDateTime &time)
{
    const QDateTime local = time.toLocalTime();
    return QLocale().toString(local, QLocale::LongFormat);
}

QString shortTime(const QDateTime &time)
{
    const QDateTime local = time.toLocalTime();
    if (local.date() == QDate::currentDate())
        return QLocale().toString(local.time(), QStringLiteral("HH:mm:ss"));
    const QString day = local.date().year() == QDate::currentDate().year()
        ? Text::tr("d MMM HH:mm") // a format of QLocale
        : Text::tr("d MMM yyyy");
    return QLocale().toString(local, day);
}

QFont fixedFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (!QFontInfo(font).fixedPitch()) { // some desktops say so of any
        font.setFamilies({QStringLiteral("monospace")});
        font.setStyleHint(QFont::Monospace);
    }
    font.setPointSizeF(std::max(font.pointSizeF(), QGuiApplication::font().pointSizeF()));
    return font;
}

QSize rowSize()
{
    return {0, QFontMetrics(QGuiApplication::font()).height() + 8};
}

} // namespace Plain
