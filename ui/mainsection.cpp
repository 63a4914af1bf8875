// SPDX-License-Identifier: Apache-2.0
#include "mainsection.h"

#include "plain.h"

#include <QEvent>
#include <QHeaderView>
#include <QTreeView>

#include <algorithm>
#include <utility>

MainSection::MainSection(QTreeView *list, int column, int characters)
    : QObject(list), m_list(list), m_column(column), m_characters(characters)
{
    QHeaderView *header = list->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(column, QHeaderView::Fixed);
    list->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    list->viewport()->installEventFilter(this);
    connect(header, &QHeaderView::sectionResized, this, [this](int section) {
        if (section != m_column && !m_isFitting)
            fit();
    });
}

bool MainSection::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        fit();
    return QObject::eventFilter(watched, event);
}

void MainSection::setSpare(const QList<int> &columns)
{
    m_spare = columns;
    fit();
}

void MainSection::fit()
{
    m_isFitting = true;
    QHeaderView *header = m_list->header();
    const int least =
        m_characters * QFontMetrics(Plain::fixedFont()).horizontalAdvance(QLatin1Char('x'));
    const auto left = [this, header] {
        return m_list->viewport()->width() - header->length() + header->sectionSize(m_column);
    };
    for (const int column : std::as_const(m_spare))
        header->setSectionHidden(column, false);
    for (const int column : std::as_const(m_spare)) {
        if (left() >= least)
            break;
        header->setSectionHidden(column, true);
    }
    header->resizeSection(m_column, std::max(least, left()));
    m_isFitting = false;
}
