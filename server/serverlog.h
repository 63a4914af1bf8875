// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLoggingCategory>

// Connections and requests, for whoever runs the server: no secret, no key, no message.
Q_DECLARE_LOGGING_CATEGORY(lcServer)
