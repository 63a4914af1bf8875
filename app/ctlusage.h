// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>

#include <variant>

// The command line of cometactl, understood.
struct CtlUsage
{
    QString dataDirectory;
    QString command; // "status", …; "log search", "rules add", …
    QStringList arguments; // after the command, without the options
    QHash<QString, QString> options; // by their long name; a switch has an empty value

    struct Exit
    {
        int code = 0; // 0: help or version was asked for; 2: wrong usage
        QString text; // for stdout (0) or stderr (2)
    };
    [[nodiscard]] bool has(const QString &option) const { return options.contains(option); }
    // arguments: with the program's name first.
    [[nodiscard]] static std::variant<CtlUsage, Exit> parse(const QStringList &arguments);
};
