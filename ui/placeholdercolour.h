// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

// With the dark colours of some desktops Qt 6.4 leaves the text of empty fields black. While this
// lives that text can be read, whatever colours the desktop changes to.
class PlaceholderColour final : public QObject
{
    Q_OBJECT

public:
    explicit PlaceholderColour(QObject *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};
