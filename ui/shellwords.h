// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QList>

// A command cut into simple commands and their words, roughly as a shell does it: good enough to
// point at things, not to decide anything.
struct ShellWords
{
    struct Simple
    {
        QByteArrayList words; // without quotes; a redirection's target is not among them
        QByteArrayList targets; // of >, >> and >|
        qsizetype begin = 0; // in the command
        qsizetype end = 0;
        bool isFed = false; // by the one before it, through |
        bool isBackground = false; // ended by &

        // What is run: after NAME=value and words such as env, exec, nice; without its path.
        [[nodiscard]] QByteArray program() const;
    };

    [[nodiscard]] static QList<Simple> split(const QByteArray &command);
};
