// SPDX-License-Identifier: Apache-2.0
#include "emptyview.h"

#include "plain.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

EmptyView::EmptyView(const QString &text, QWidget *parent) : QWidget(parent), m_line(new QLineEdit)
{
    QLabel *words = Plain::label(text, true);
    words->setAlignment(Qt::AlignCenter);
    m_line->setReadOnly(true);
    m_line->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_line->setAccessibleName(tr("Example command line"));
    auto *copy = new QPushButton(tr("&Copy"));
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_line->text()); });
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_line, 1);
    row->addWidget(copy);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(32, 16, 32, 16);
    column->setSpacing(16);
    column->addStretch(1);
    column->addWidget(words);
    column->addLayout(row);
    column->addStretch(2);
}

void EmptyView::setLine(const QString &line)
{
    if (m_line->text() == line)
        return;
    m_line->setText(line);
    m_line->setCursorPosition(0);
}
