// SPDX-License-Identifier: Apache-2.0
#include "scrolledpage.h"

#include <QEvent>
#include <QLayout>
#include <QScrollBar>

namespace {

// A scroll area gives a page with wrapped texts the height that it would like to have (Qt 6.4);
// this one asks for what it needs.
class Holder final : public QWidget
{
public:
    explicit Holder(QWidget *content) : m_content(content) { content->setParent(this); }

protected:
    bool event(QEvent *event) override
    {
        if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize)
            fit();
        return QWidget::event(event);
    }

private:
    void fit()
    {
        const QLayout *layout = m_content->layout();
        setMinimumHeight(layout->hasHeightForWidth() ? layout->minimumHeightForWidth(width())
                                                     : layout->minimumSize().height());
        m_content->setGeometry(rect());
    }

    QWidget *m_content;
};

} // namespace

ScrolledPage::ScrolledPage(QWidget *content, QWidget *parent)
    : QScrollArea(parent), m_content(content)
{
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus); // it scrolls to what has the focus
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidget(new Holder(content));
    viewport()->setAutoFillBackground(false);
    widget()->setAutoFillBackground(false);
}

QSize ScrolledPage::minimumSizeHint() const
{
    constexpr int Lines = 4;
    return {m_content->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width(),
            Lines * fontMetrics().lineSpacing()};
}
