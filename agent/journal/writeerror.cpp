// SPDX-License-Identifier: Apache-2.0
#include "writeerror.h"

#include "sqlconnection.h"

#include <QCoreApplication>

namespace {

struct WriteErrorText
{
    Q_DECLARE_TR_FUNCTIONS(WriteErrorText)
};

// Primary result codes of SQLite.
constexpr int ReadOnly = 8;
constexpr int InputOutput = 10;
constexpr int Full = 13;
constexpr int CannotOpen = 14;

} // namespace

QString writeErrorText(const SqlError &error, const QString &directory)
{
    if (error.isDamage())
        return WriteErrorText::tr(
                   "The journal cannot be written: it is damaged. Nothing will be run; "
                   "start the agent again, and it moves the damaged one in %1 aside.")
            .arg(directory);
    switch (error.code) {
    case Full:
        return WriteErrorText::tr(
                   "The journal cannot be written: disk full. Nothing will be run until "
                   "there is space on the disk of %1.")
            .arg(directory);
    case ReadOnly:
        return WriteErrorText::tr(
                   "The journal cannot be written: it is read-only. Nothing will be run "
                   "until %1 can be written again.")
            .arg(directory);
    case InputOutput:
        return WriteErrorText::tr(
                   "The journal cannot be written: input/output error. Nothing will be "
                   "run until the disk of %1 works again.")
            .arg(directory);
    case CannotOpen:
        return WriteErrorText::tr(
                   "The journal cannot be written: it was moved or removed. Nothing will be run; "
                   "put it back to %1, or start the agent again.")
            .arg(directory);
    default:
        return WriteErrorText::tr(
                   "The journal cannot be written: %1. Nothing will be run until it can, "
                   "see %2.")
            .arg(error.text.simplified(), directory);
    }
}
