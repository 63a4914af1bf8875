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

    // Where the owner can do something about it.
    enum class Remedy { Settings, Rules };
    void setText(const QString &text, Kind kind, Remedy remedy); // empty: it goes

Q_SIGNALS:
    void settingsClicked();
    void rulesClicked();

private:
    QLabel *m_icon;
    FittedText *m_text;
    QPushButton *m_settings;
    QPushButton *m_rules;
};
