// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

// What a device answered, or told in a result event: what is to be printed, what is to be said
// about it, and the exit status. Nothing of it is trusted: texts are for CtlPrint::error().
struct SendReply
{
    enum class Kind {
        Ended, // with or without having run; this is the last word
        Pending, // a result follows
        Unknown, // the device does not know the request that was asked about
    };
    Kind kind = Kind::Ended;
    QByteArray json; // as it came, for programs
    QByteArray output; // of the command, or the whole reply of a device that answers otherwise
    QByteArray errorOutput;
    QString note; // one line; empty: nothing needs to be said
    QString request; // the device's name for it
    QString state; // Pending: "awaiting-approval", "approved", "running"
    bool isCut = false; // bytes of the output are missing
    int exitCode = 0;

    [[nodiscard]] static SendReply of(const QByteArray &body);
    // value: of an event {"event":"result",…}.
    [[nodiscard]] static SendReply of(const QJsonObject &value);
};
