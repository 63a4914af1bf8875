// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLoggingCategory>

// Connections and what goes wrong, for whoever runs the server: no secret, no key, no message.
Q_DECLARE_LOGGING_CATEGORY(lcServer)
// One line for each HTTP request: address, method, path without keys, status.
Q_DECLARE_LOGGING_CATEGORY(lcRequest)
