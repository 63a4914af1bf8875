// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPlainTextEdit>

class LineNumbers;

// A frame that shows untrusted bytes as VisibleText: escapes and letters that are not ASCII in
// marked styles, monospace, wrapped anywhere so that nothing is beyond the right edge. Read only.
class BytesView final : public QPlainTextEdit
{
    Q_OBJECT

public:
    enum class Numbers { Shown, Hidden };

    explicit BytesView(Numbers numbers, QWidget *parent = nullptr);

    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    // Shows them from their beginning.
    void setBytes(const QByteArray &bytes);
    // It is as high as they are long, up to so many lines.
    void setMaximumLines(int lines);
    // The last character can be seen. False before the first layout.
    [[nodiscard]] bool isEndVisible() const;
    [[nodiscard]] bool isScrolledToEnd() const;
    void scrollToEnd();

Q_SIGNALS:
    void endShown(); // once for each setBytes()

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    friend class LineNumbers;
    void showText();
    void showNumbers(int last);
    void placeNumbers();
    void paintNumbers(QPaintEvent *event);
    void copyOriginal();
    void reportEnd();
    void fit();

    QByteArray m_bytes;
    QList<int> m_lineNumbers; // for each block, of the original
    LineNumbers *m_numbers = nullptr; // null: hidden
    int m_maximumLines = 0; // 0: as high as there is room
    bool m_endShown = false;
    bool m_followsEnd = false;
};
