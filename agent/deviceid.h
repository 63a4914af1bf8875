// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

// MAC address, 12 upper-case hex digits, of the interface with the lowest index that has a device
// behind it, else of any, else a random id kept in the data directory.
[[nodiscard]] QString defaultDeviceId(const QString &dataDirectory);
