// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "approvalgate.h"

// A job that the gate has let through, as one that runs everything does.
inline ApprovedJob passedJob(const CommandJob &job)
{
    ApprovalGate gate([](const QString &) { return false; });
    ApprovalGate::Conditions conditions;
    conditions.approval = Settings::Approval::All;
    gate.setConditions(conditions);
    Request request;
    request.name = job.requestName;
    request.command = job.command;
    if (gate.receive(request, job, nullptr).state != RequestState::Approved)
        qFatal("not approved");
    std::optional<ApprovedJob> passed = gate.admit(request.name, [] { return true; });
    if (!passed)
        qFatal("not let through");
    return std::move(*passed);
}
