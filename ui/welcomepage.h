// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QScrollArea>

// What the program is, and what it will never do without its owner.
class WelcomePage final : public QScrollArea
{
    Q_OBJECT

public:
    explicit WelcomePage(QWidget *parent = nullptr);
};
