// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPlainTextEdit>

// Text to read and to copy from, as high as it is long, up to some lines; what is longer scrolls.
// It wraps anywhere where it must, so that nothing is beyond the right edge.
class FittedText final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit FittedText(int maximumLines, QWidget *parent = nullptr);

    void setText(const QString &text);

    // Makes it as high as its lines, up to so many.
    static void fit(QPlainTextEdit *text, int maximumLines);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fit() { fit(this, m_maximumLines); }

    int m_maximumLines;
};
