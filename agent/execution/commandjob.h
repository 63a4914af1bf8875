// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>

// What is to be run, exactly. The shell is always /bin/sh.
struct CommandJob
{
    QString requestName; // COMETA_REQUEST in the command's environment
    QByteArray command; // /bin/sh -c -- command
    QString workingDirectory;
    std::chrono::seconds timeLimit{300};
    int processLimit = 0; // in addition to what runs on the machine; 0: none
    QString outputDirectory = {}; // <requestName>.out and .err go there; empty: no files
    bool keepsOutput = true; // false: no files, and the output goes into the reply alone

    friend bool operator==(const CommandJob &, const CommandJob &) = default;
};
