// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "webhooktarget.h"

#include <QString>

// What the configuration says of one application.
struct ApplicationSettings
{
    QString id;
    QString name = {}; // empty: the id
    QByteArray secret = {};
    WebhookTarget webhook = {};
};
