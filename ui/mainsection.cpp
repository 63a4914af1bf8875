// SPDX-License-Identifier: Apache-2.0
#include "mainsection.h"

#include "plain.h"

#include <QEvent>
#include <QHeaderView>
#include <QTreeView>

#include <algorithm>

MainSection::MainSection(QTreeView *list, int column, int characters)
    : QObject(list), m_list(list), m_column(column), m_characters(characters)
{
    QHeaderView *header = list->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(column, QHeaderView::Fixed);
    list->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    list->viewport()->installEventFilter(this);
    connect(header, &QHeaderView::sectionResized, this, [this](int section) {
        if (section != m_column)
            fit();
    });
}

bool MainSection::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        fit();
    return QObject::eventFilter(watched, event);
}

void MainSection::fit()
{
    QHeaderView *header = m_list->header();
    const int others = header->length() - header->sectionSize(m_column);
    const int least =
        m_characters * QFontMetrics(Plain::fixedFont()).horizontalAdvance(QLatin1Char('x'));
    header->resizeSection(m_column, std::max(least, m_list->viewport()->width() - others));
}
