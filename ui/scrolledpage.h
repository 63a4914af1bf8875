// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QScrollArea>

// A page that is scrolled up and down where there is no room for the least that it needs, and never
// sideways.
class ScrolledPage final : public QScrollArea
{
    Q_OBJECT

public:
    explicit ScrolledPage(QWidget *content, QWidget *parent = nullptr); // it has a layout

    [[nodiscard]] QSize minimumSizeHint() const override;

private:
    QWidget *m_content;
};
