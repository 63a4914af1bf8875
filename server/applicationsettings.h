// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "webhooktarget.h"

#include <QByteArray>
#include <QString>

#include <algorithm>

// What the configuration says of one application.
struct ApplicationSettings
{
    QString id;
    QString name = {}; // empty: the id
    QByteArray secret = {};
    WebhookTarget webhook = {};

    // 1 or more visible ASCII characters without blanks: it goes into an HTTP field as it is.
    [[nodiscard]] static bool isSecret(const QByteArray &secret)
    {
        return !secret.isEmpty() && std::all_of(secret.begin(), secret.end(), [](char c) {
            return c > ' ' && c <= '~';
        });
    }
};
