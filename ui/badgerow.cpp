// SPDX-License-Identifier: Apache-2.0
#include "badgerow.h"

#include "plain.h"

#include <QEvent>
#include <QLabel>

#include <algorithm>

namespace {

constexpr int Gap = 8;

} // namespace

BadgeRow::BadgeRow(QWidget *parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setVisible(false);
}

void BadgeRow::setBadges(const QList<Badge> &badges)
{
    qDeleteAll(m_labels);
    m_labels.clear();
    QStringList words;
    for (const Badge &badge : badges) {
        QLabel *label = Plain::label(badge.text, false, this);
        label->setFrameStyle(QFrame::StyledPanel | QFrame::Plain);
        label->setMargin(3);
        label->setToolTip(Plain::toolTip(badge.toolTip));
        label->setAccessibleDescription(badge.toolTip); // not the tool tip, which is markup
        label->show();
        m_labels.append(label);
        words.append(badge.text);
    }
    setAccessibleName(words.join(QStringLiteral(", ")));
    setVisible(!badges.isEmpty());
    updateGeometry();
    place(width(), true);
}

QSize BadgeRow::sizeHint() const
{
    int width = 0;
    for (const QLabel *label : m_labels)
        width += label->sizeHint().width() + Gap;
    return {std::max(0, width - Gap), heightForWidth(std::max(1, width))};
}

int BadgeRow::heightForWidth(int width) const
{
    return place(width, false);
}

void BadgeRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place(width(), true);
}

bool BadgeRow::event(QEvent *event)
{
    // A label became larger or smaller, by its font.
    if (event->type() == QEvent::LayoutRequest)
        place(width(), true);
    return QWidget::event(event);
}

int BadgeRow::place(int width, bool move) const
{
    int x = 0;
    int y = 0;
    int height = 0;
    for (QLabel *label : m_labels) {
        const QSize size = label->sizeHint().boundedTo({std::max(1, width), QWIDGETSIZE_MAX});
        if (x > 0 && x + size.width() > width) {
            x = 0;
            y += height + Gap / 2;
            height = 0;
        }
        if (move)
            label->setGeometry({QPoint(x, y), size});
        x += size.width() + Gap;
        height = std::max(height, size.height());
    }
    return y + height;
}

#include "moc_badgerow.cpp"
