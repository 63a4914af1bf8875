// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandjob.h"

#include <utility>

// A command that may be run, once. Nothing else can be run, and only ApprovalGate makes one, after
// the decision was recorded.
class ApprovedJob final
{
public:
    ApprovedJob(ApprovedJob &&) noexcept = default;
    ApprovedJob(const ApprovedJob &) = delete;
    ApprovedJob &operator=(ApprovedJob &&) = delete;
    ApprovedJob &operator=(const ApprovedJob &) = delete;
    ~ApprovedJob() = default;

    [[nodiscard]] CommandJob take() && { return std::move(m_job); }

private:
    friend class ApprovalGate;
    explicit ApprovedJob(CommandJob &&job) : m_job(std::move(job)) { }

    CommandJob m_job;
};
