// SPDX-License-Identifier: Apache-2.0
#include "homedirectory.h"

#include <cstdlib>
#include <pwd.h>
#include <unistd.h>

void completeHome()
{
    const char *home = std::getenv("HOME");
    if (home && *home == '/')
        return;
    const passwd *user = getpwuid(geteuid());
    if (user && user->pw_dir && *user->pw_dir == '/')
        setenv("HOME", user->pw_dir, 1);
}
