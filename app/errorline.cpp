// SPDX-License-Identifier: Apache-2.0
#include "errorline.h"

#include "visibletext.h"

#include <QCoreApplication>

#include <cstdio>

void ErrorLine::write(const QByteArray &text)
{
    const QByteArray line = QCoreApplication::applicationName().toUtf8() + ": " + text;
    std::fprintf(stderr, "%s\n", qUtf8Printable(VisibleText::encode(line)));
}

int ErrorLine::leave(int code, const QString &text)
{
    if (code == 0)
        std::fputs(qUtf8Printable(text), stdout);
    else
        write(text.toUtf8());
    return code;
}
