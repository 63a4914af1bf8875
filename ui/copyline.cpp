// SPDX-License-Identifier: Apache-2.0
#include "copyline.h"

#include "plain.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>

namespace {

constexpr int MaximumLines = 10;

} // namespace

CopyLine::CopyLine(const QString &name, QWidget *parent)
    : QWidget(parent), m_line(new QPlainTextEdit)
{
    m_line->setReadOnly(true);
    m_line->setFont(Plain::fixedFont());
    m_line->setTabChangesFocus(true);
    m_line->setWordWrapMode(QTextOption::WrapAnywhere);
    m_line->setAccessibleName(name);
    auto *copy = new QPushButton(tr("&Copy"));
    copy->setObjectName(QStringLiteral("copy"));
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_line->toPlainText()); });
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_line, 1);
    row->addWidget(copy, 0, Qt::AlignTop);
    setFocusProxy(m_line); // not the button, which the next key would press
}

void CopyLine::setLine(const QString &line)
{
    if (m_line->toPlainText() != line)
        m_line->setPlainText(line);
    fitHeight();
}

void CopyLine::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitHeight();
}

void CopyLine::fitHeight()
{
    const int lines = qBound(2, int(m_line->document()->size().height()), MaximumLines);
    m_line->setFixedHeight(m_line->fontMetrics().lineSpacing() * lines + 16);
}

QString CopyLine::line() const
{
    return m_line->toPlainText();
}
