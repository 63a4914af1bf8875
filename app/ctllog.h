// SPDX-License-Identifier: Apache-2.0
#pragma once

struct CtlUsage;

// cometactl log search, verify and export: read the journal's files, with or without a running
// agent. The exit code.
[[nodiscard]] int runLogCommand(const CtlUsage &usage);
