// SPDX-License-Identifier: Apache-2.0
#include "copyline.h"

#include "fittedtext.h"
#include "plain.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>

namespace {

constexpr int MaximumLines = 10;

} // namespace

CopyLine::CopyLine(const QString &name, QWidget *parent)
    : QWidget(parent), m_line(new FittedText(MaximumLines))
{
    m_line->setFont(Plain::fixedFont());
    m_line->setFrameShape(QFrame::StyledPanel);
    m_line->viewport()->setAutoFillBackground(true);
    m_line->document()->setDocumentMargin(4);
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
    m_line->setText(line);
}

QString CopyLine::line() const
{
    return m_line->toPlainText();
}
