// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <cstdlib>

// A promise that was broken ends the fuzzer like a crash does, and the input is kept.
inline void check(bool holds, const char *promise)
{
    if (holds)
        return;
    std::fprintf(stderr, "BROKEN: %s\n", promise);
    std::abort();
}
