// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

// Plain text that wraps, and in which a word that is longer than a line is elided, the whole then
// being in the tool tip: no name, however long, makes the window wider.
class ElidingLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit ElidingLabel(QWidget *parent = nullptr);

    void setWhole(const QString &text);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    QString m_whole;
};
