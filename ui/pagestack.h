// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStackedWidget>

// Pages of which only the shown one counts for the size; a QStackedWidget makes room for all.
class PageStack final : public QStackedWidget
{
    Q_OBJECT

public:
    explicit PageStack(QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override;
    [[nodiscard]] int heightForWidth(int width) const override;
};
