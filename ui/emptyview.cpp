// SPDX-License-Identifier: Apache-2.0
#include "emptyview.h"

#include "plain.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>

EmptyView::EmptyView(const QString &text, const QString &lineTitle, QWidget *parent)
    : QWidget(parent), m_line(new QPlainTextEdit), m_example(new QWidget)
{
    QLabel *words = Plain::label(text, true);
    words->setAlignment(Qt::AlignCenter);
    m_line->setReadOnly(true);
    m_line->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_line->setTabChangesFocus(true);
    m_line->setWordWrapMode(QTextOption::WrapAnywhere);
    m_line->setFixedHeight(m_line->fontMetrics().lineSpacing() * 3 + 16);
    m_line->setAccessibleName(tr("Example command line"));
    auto *copy = new QPushButton(tr("&Copy"));
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_line->toPlainText()); });
    QLabel *title = Plain::label(lineTitle, true);
    title->setAlignment(Qt::AlignCenter);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_line, 1);
    row->addWidget(copy, 0, Qt::AlignTop);
    auto *example = new QVBoxLayout(m_example);
    example->setContentsMargins(0, 0, 0, 0);
    example->setSpacing(8);
    example->addWidget(title);
    example->addLayout(row);
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
    if (m_line->toPlainText() == line)
        return;
    m_line->setPlainText(line);
    m_example->setVisible(!line.isEmpty());
}
