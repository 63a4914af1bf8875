// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QString>

struct Request;

// What one notification says. All of it is plain text: markup of the server's is none of its
// concern.
struct Notification
{
    QString summary;
    QString body;
    // Key and label; the key "default" is a click on the notification itself.
    QList<QPair<QString, QString>> actions;
    QString category;
    bool quiet = false; // of low urgency

    // A command waits: who sent it and how it begins, in one line.
    [[nodiscard]] static Notification waiting(const Request &request, const QString &server,
                                              const QString &application);
    // So many wait that have no notification of their own.
    [[nodiscard]] static Notification more(int count);
    // So many were not run, since nobody decided; the newest of them.
    [[nodiscard]] static Notification missed(int count, const QByteArray &command);
};
