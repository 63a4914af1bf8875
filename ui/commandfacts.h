// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

// What stands in a command, for the eye that skims it. Found by its words, so each is a fact and
// none a judgement: a command of which nothing is said here can do all of it as well.
struct CommandFact
{
    QString text; // "feeds a shell from the network"
    QString excerpt; // the bytes that say so, through VisibleText

    // Each fact once, in the order in which they stand in the command.
    [[nodiscard]] static QList<CommandFact> of(const QByteArray &command);
};
