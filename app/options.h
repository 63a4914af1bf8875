// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "settings.h"

#include <QStringList>

#include <variant>

// One command line for cometa-agent and cometa-agentd: long names and the SDK sample's short ones.
struct Options
{
    enum class Program { Agent, Agentd };

    struct Exit
    {
        int code = 0; // 0: help or version was asked for; 2: wrong usage or settings
        QString text; // for stdout (0) or stderr (2)
    };

    Settings settings; // loaded from the files, with the options of the command line
    bool json = false; // agentd: a JSON object a line on stdout for each change
    bool verbose = false; // log what the agent does
    bool minimised = false; // agent: start in the tray
    QHash<QString, QString> given; // settings from the command line, by long name

    // arguments: with the program's name first.
    [[nodiscard]] static std::variant<Options, Exit> parse(Program program,
                                                           const QStringList &arguments);
};
