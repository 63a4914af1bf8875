// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class FittedText;

// A command line to read, select and copy.
class CopyLine final : public QWidget
{
    Q_OBJECT

public:
    explicit CopyLine(const QString &name, QWidget *parent = nullptr); // for screen readers

    void setLine(const QString &line);
    [[nodiscard]] QString line() const;

private:
    FittedText *m_line;
};
