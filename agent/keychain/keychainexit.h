// SPDX-License-Identifier: Apache-2.0
#pragma once

// How cometa-keychain ends.
enum class KeychainExit {
    Done = 0, // what was read is on standard output
    Failed = 1, // standard error has a line
    Usage = 2,
    NotFound = 3,
    Locked = 4, // and its owner did not unlock it
    None = 5, // no keychain runs here, and none can be started
};
