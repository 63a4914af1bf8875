// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "outcome.h"

#include <QDateTime>
#include <QString>
#include <QVariant>

struct RequestRow;

// What a row of the request list shows, and nothing else of the request: some hundred bytes,
// whatever the command.
struct RequestLine
{
    static constexpr int MaximumCharacters = 200; // of the command; the pane below shows all of it

    explicit RequestLine(const RequestRow &row);

    // column: of RequestModel.
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] QVariant look(int column, int role) const; // colour, font, size, alignment

    QDateTime received;
    RequestState state;
    bool hasFailed = false; // finished with another status than 0
    QString stateText;
    QString command;
    QString by;
    QString exit;
    QString duration;
    QString output;
};
