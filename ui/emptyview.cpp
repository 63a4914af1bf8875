// SPDX-License-Identifier: Apache-2.0
#include "emptyview.h"

#include "copyline.h"
#include "plain.h"

#include <QLabel>
#include <QVBoxLayout>

EmptyView::EmptyView(const QString &text, const QString &lineTitle, QWidget *parent)
    : QWidget(parent), m_line(new CopyLine(tr("Example command line"))), m_example(new QWidget)
{
    QLabel *words = Plain::label(text, true);
    words->setAlignment(Qt::AlignCenter);
    QLabel *title = Plain::label(lineTitle, true);
    title->setAlignment(Qt::AlignCenter);
    auto *example = new QVBoxLayout(m_example);
    example->setContentsMargins(0, 0, 0, 0);
    example->setSpacing(8);
    example->addWidget(title);
    example->addWidget(m_line);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(32, 16, 32, 16);
    column->setSpacing(8);
    column->addStretch(1);
    column->addWidget(words);
    column->addWidget(m_example);
    column->addStretch(2);
    m_example->hide();
    setFocusProxy(m_line);
}

void EmptyView::setLine(const QString &line)
{
    m_line->setLine(line);
    m_example->setVisible(!line.isEmpty());
}
