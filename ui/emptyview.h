// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class CopyLine;

// What stands in place of an empty list: what will appear there, and a line to copy that makes it.
class EmptyView final : public QWidget
{
    Q_OBJECT

public:
    // lineTitle: what the line is for.
    EmptyView(const QString &text, const QString &lineTitle, QWidget *parent = nullptr);

    void setLine(const QString &line); // empty: none is shown

private:
    CopyLine *m_line;
    QWidget *m_example;
};
