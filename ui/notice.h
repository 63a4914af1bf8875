// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;

// A sentence with a sign before it: what is wrong with a value, what was done, who locked it. The
// text is plain and wraps; the sign and its name say the kind without colour.
class Notice final : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Note, Pending, Busy, Done, Locked, Warning, Problem };

    explicit Notice(QWidget *parent = nullptr);

    void say(Kind kind, const QString &text); // empty: it is hidden
    [[nodiscard]] QString text() const;
    [[nodiscard]] Kind kind() const { return m_kind; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyColour();

    Kind m_kind = Kind::Note;
    QLabel *m_sign;
    QLabel *m_text;
};
