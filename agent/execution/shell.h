// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

// Starts /bin/sh -c -- COMMAND in a session of its own, which may make so many processes (see
// processlimit.h). It dies with its caller, unless it sees to it that it does not; what it starts
// does not. -1 with errno when there is no shell.
pid_t start_shell(char *command, unsigned long processes);

#ifdef __cplusplus
}
#endif
