// SPDX-License-Identifier: Apache-2.0
#pragma once

// Gives HOME its value from the user database where the environment has none, as for a service or
// after "env -i": Qt would take "/" for it, and files that are somebody's own would land there.
// Commands inherit it. To be called at the beginning of main(), before there are threads.
void completeHome();
