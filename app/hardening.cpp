// SPDX-License-Identifier: Apache-2.0
#include "hardening.h"

#include <sys/prctl.h>
#include <sys/resource.h>

void keepMemoryPrivate()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_CORE, &limit) == 0) {
        limit.rlim_cur = 0; // the hard one is not ours to lower for what the owner starts from here
        setrlimit(RLIMIT_CORE, &limit);
    }
    // Without it a program that takes core dumps by a pipe would get one in spite of the limit.
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}
