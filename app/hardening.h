// SPDX-License-Identifier: Apache-2.0
#pragma once

// Keeps the memory of this process to itself: it leaves no core dump, and other processes of the
// same user can neither trace it nor read its memory and environment in /proc. Programs that it
// starts are as they would be otherwise, but for a soft limit of no core dump, which they may
// raise. To be called first in main(). Nothing depends on it, so it tells of no failure.
void keepMemoryPrivate();
