// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sendrequest.h"

#include <QString>

// Why a server did not pass a message on, or a device's reply back: one line that says what to do,
// and what cometactl send exits with.
struct SendRefusal
{
    QString text;
    int exitCode = 0;

    // Of any status but 200.
    [[nodiscard]] static SendRefusal of(const SendRequest::Answer &answer,
                                        const SendOptions &options);
};
