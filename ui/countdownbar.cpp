// SPDX-License-Identifier: Apache-2.0
#include "countdownbar.h"

#include "plain.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>

#include <algorithm>

CountdownBar::CountdownBar(QWidget *parent)
    : QWidget(parent), m_bar(new QProgressBar), m_text(Plain::label())
{
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(8);
    m_bar->setAccessibleName(tr("Time left to decide"));
    // The words change each second; their room does not, so that nothing moves.
    m_text->setMinimumWidth(
        fontMetrics().horizontalAdvance(tr("expires in 00:00 (held), then it is not run")));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_bar, 1);
    row->addWidget(m_text);
}

void CountdownBar::setTime(std::chrono::milliseconds remaining, std::chrono::milliseconds total,
                           bool held)
{
    m_bar->setRange(0, int(std::max<qint64>(1, total.count())));
    m_bar->setValue(int(std::clamp<qint64>(remaining.count(), 0, total.count())));
    const QString left = Plain::countdown(remaining);
    m_text->setText(held ? tr("expires in %1 (held), then it is not run").arg(left)
                         : tr("expires in %1, then it is not run").arg(left));
}

void CountdownBar::setOver()
{
    m_bar->setValue(0);
    m_text->setText(tr("over"));
}
