// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFont>
#include <QSize>
#include <QString>

#include <chrono>

class QComboBox;
class QDateTime;
class QLabel;
class QWidget;

// Text of others on the screen: never rich, never a mnemonic. And how we write times and sizes.
namespace Plain {

// Qt::PlainText; wraps when asked to.
[[nodiscard]] QLabel *label(const QString &text = {}, bool wrap = false, QWidget *parent = nullptr);
[[nodiscard]] int heightOf(const QLabel *label, int lines); // with so many lines of text
// The name of a choice for a screen reader, which is told its current text otherwise (Qt 6.4). The
// box is in its place already.
void nameChoice(QComboBox *box, const QString &name);
// For menus and buttons: an & stands for itself.
[[nodiscard]] QString menuText(const QString &text);
// In lines of at most so many characters, where a word is longer, too: a tool tip breaks none.
[[nodiscard]] QString wrapped(const QString &text, qsizetype columns);
// For tooltips, which guess whether they are rich: escaped, so that the text shows as it is.
[[nodiscard]] QString toolTip(const QString &text);

[[nodiscard]] QString duration(std::chrono::milliseconds length); // "12 ms", "1.5 s", "2 min 5 s"
[[nodiscard]] QString countdown(std::chrono::milliseconds left); // "4:12"
[[nodiscard]] QString size(qint64 bytes); // "12 bytes", "1.2 kB"
[[nodiscard]] QString dateTime(const QDateTime &time); // exact, local, with the zone
[[nodiscard]] QString
shortTime(const QDateTime &time); // "09:31"; the day and month, or the year, if not today

// For commands and outputs: that of the system, but no smaller than all other letters.
[[nodiscard]] QFont fixedFont();
[[nodiscard]] QSize rowSize(); // of a list: the text with some air

} // namespace Plain
