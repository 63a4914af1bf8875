// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QPlainTextEdit;

// A command line to read, select and copy.
class CopyLine final : public QWidget
{
    Q_OBJECT

public:
    explicit CopyLine(const QString &name, QWidget *parent = nullptr); // for screen readers

    void setLine(const QString &line);
    [[nodiscard]] QString line() const;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitHeight(); // to the lines that it takes, up to ten
    QPlainTextEdit *m_line;
};
