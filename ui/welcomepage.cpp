// SPDX-License-Identifier: Apache-2.0
#include "welcomepage.h"

#include "notice.h"
#include "plain.h"

#include <QLabel>
#include <QVBoxLayout>

WelcomePage::WelcomePage(QWidget *parent) : QScrollArea(parent)
{
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setAccessibleName(tr("Welcome"));
    auto *inner = new QWidget;
    auto *column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(Plain::label(
        tr("Cometa Agent attaches this computer to a Cometa server. People who are allowed to use "
           "that server can then ask this computer to run a command. You decide about each."),
        true));
    column->addSpacing(8);
    QLabel *never = Plain::label(tr("Without you it will never"), true);
    QFont bold = never->font();
    bold.setBold(true);
    never->setFont(bold);
    column->addWidget(never);
    const auto promise = [column](const QString &text) {
        auto *line = new Notice;
        line->say(Notice::Kind::Locked, text);
        column->addWidget(line);
    };
    promise(tr("run a command: you see all of it first, and what you do not decide is not run"));
    promise(tr("take a key press, a notification or the end of a countdown for your approval"));
    promise(tr("let the server change its settings, its rules or itself"));
    promise(tr("hide: the icon shows the link and what runs, and you can stop both at any time"));
    column->addSpacing(8);
    column->addWidget(Plain::label(
        tr("A command that you approve may do everything that you may do. Everything that was "
           "asked, decided and run is kept in a history on this computer."),
        true));
    column->addStretch(1);
    setWidget(inner);
    viewport()->setAutoFillBackground(false);
    inner->setAutoFillBackground(false);
}
