// SPDX-License-Identifier: Apache-2.0
#pragma once

struct CtlUsage;

// cometactl secret store, secret forget: the secrets of applications in the keychain. Gives the
// exit code.
[[nodiscard]] int runSecretCommand(const CtlUsage &usage);
