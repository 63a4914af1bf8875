// SPDX-License-Identifier: Apache-2.0
#pragma once

// What cometactl send ends with when it is not the command's own status (128 + N when signal N
// killed it). Documented in its --help.
namespace SendExit {

inline constexpr int Incomplete = 118; // the command succeeded, but its output was cut
inline constexpr int Unreachable = 119; // no connection, or TLS does not accept the server
inline constexpr int Refused = 120; // by the server or the device: secret, path, size, syntax
inline constexpr int Unavailable = 121; // the device is not attached, or busy
inline constexpr int NotApproved = 122; // denied, or nobody decided in time
inline constexpr int EndedEarly = 123; // could not start, stopped by the owner, cancelled
inline constexpr int TimedOut = 124; // as timeout(1): --timeout, --wait or the server's limit
inline constexpr int Failure = 125; // wrong usage and whatever cometactl itself could not do
inline constexpr int Interrupted = 130; // Ctrl+C

} // namespace SendExit
