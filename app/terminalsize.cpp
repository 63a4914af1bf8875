// SPDX-License-Identifier: Apache-2.0
#include "terminalsize.h"

#include <sys/ioctl.h>

using namespace Qt::StringLiterals;

TerminalSize TerminalSize::of(std::initializer_list<int> files)
{
    TerminalSize size;
    for (const int file : files) {
        winsize told = {};
        if (ioctl(file, TIOCGWINSZ, &told) != 0 || told.ws_col == 0)
            continue;
        size.columns = told.ws_col;
        if (told.ws_row > 0)
            size.rows = told.ws_row;
        break;
    }
    return size;
}

QString TerminalSize::fault() const
{
    return columns >= Least
        ? QString()
        : u"This terminal has %1 columns; to be asked about a command it needs %2."_s.arg(columns)
              .arg(Least);
}
