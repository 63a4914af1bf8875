// SPDX-License-Identifier: Apache-2.0
#pragma once

// The calling process and what it starts may make so many processes and threads, in addition to
// those that run on this machine now; 0: as many as before. The limit (RLIMIT_NPROC) counts what
// the user runs in all, does not hold for root, and cannot be raised again.
void limit_processes(unsigned long more);
