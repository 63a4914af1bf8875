// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "supervisor.h"

#include <memory>

// Keeps one cometa-run started and waiting for a command, so that from an approval to exec it is
// one fork of a tiny process.
class WarmSpare final
{
public:
    void prepare(); // starts one, unless one waits
    // The one that waits, else one that is still to be started.
    [[nodiscard]] std::unique_ptr<Supervisor> take();
    void release(); // ends the one that waits

private:
    [[nodiscard]] bool hasOne() const;

    std::unique_ptr<Supervisor> m_supervisor;
};
