// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

// What the session bus tells about its keychain. Asks nobody to unlock it.
namespace SecretService {

// One runs or can be started: org.freedesktop.secrets, or KWallet.
[[nodiscard]] bool isThere();
enum class Entry { None, Locked, Unlocked };
// None, too, where only KWallet's own interface knows.
[[nodiscard]] Entry look(const QString &service, const QString &key);
// What is written now goes into a keychain that is locked.
[[nodiscard]] bool isDefaultLocked();

} // namespace SecretService
