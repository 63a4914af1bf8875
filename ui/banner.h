// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

class FittedText;
class QLabel;
class QPushButton;

// One line below the header, there only when something needs the owner.
class Banner final : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { Warning, Problem };

    explicit Banner(QWidget *parent = nullptr);

    void setText(const QString &text, Kind kind); // empty: it goes

Q_SIGNALS:
    void settingsClicked();

private:
    QLabel *m_icon;
    FittedText *m_text;
    QPushButton *m_settings;
};
