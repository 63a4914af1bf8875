// SPDX-License-Identifier: Apache-2.0
#pragma once

struct CtlUsage;

// cometactl rules list, add, remove, trust: on the rules of a data directory that no agent uses
// (list: of any). Each change is recorded in the journal, as the agent does it, so that the next
// agent trusts the file. What lets more run is done only after a confirmation on the terminal. The
// exit code.
[[nodiscard]] int runRulesCommand(const CtlUsage &usage);
