// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linkhistory.h"
#include "timescale.h"

#include <QWidget>

#include <chrono>

// The link's last hours as a picture: a bar of states, above it a mark where requests came in, the
// hours below. The mouse tells about the place it is at; a click, and the keys, go to its time.
class LinkStrip final : public QWidget
{
    Q_OBJECT

public:
    static constexpr std::chrono::hours Depth{24};

    explicit LinkStrip(QWidget *parent = nullptr);

    // now: the right end.
    void setHistory(const LinkHistory &history, const QDateTime &now);
    [[nodiscard]] const QList<LinkHistory::Span> &spans() const { return m_spans; }
    [[nodiscard]] int currentSpan() const { return m_current; } // that the keys are at; -1: none
    // "attached for 3 h 20 min, 14 requests"
    [[nodiscard]] QString summary() const;
    // State, since when, how long, what the server said, how many requests; a line each.
    [[nodiscard]] QString description(int span) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void timeClicked(const QDateTime &time);

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QRect barRect() const;
    [[nodiscard]] TimeScale scale() const;
    [[nodiscard]] QRectF rectOf(const LinkHistory::Span &span) const;
    [[nodiscard]] int spanAt(double x) const; // -1: none
    [[nodiscard]] QString toolTipAt(double x) const;
    void setCurrent(int span);
    void tellCurrent();
    void paintSpans(QPainter *painter) const;
    void paintMarks(QPainter *painter) const;

    QDateTime m_now;
    QList<LinkHistory::Span> m_spans;
    LinkHistory m_history;
    int m_current = -1;
};
