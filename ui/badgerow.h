// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QWidget>

class QLabel;

// Short facts side by side, each in a frame with its tooltip, in as many rows as they need.
class BadgeRow final : public QWidget
{
    Q_OBJECT

public:
    struct Badge
    {
        QString text;
        QString toolTip; // plain text
    };

    explicit BadgeRow(QWidget *parent = nullptr);

    void setBadges(const QList<Badge> &badges);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    // Where they stand in that width; the height of all rows.
    int place(int width, bool move) const;

    QList<QLabel *> m_labels; // children
};
