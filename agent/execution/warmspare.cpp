// SPDX-License-Identifier: Apache-2.0
#include "warmspare.h"

void WarmSpare::prepare()
{
    if (m_supervisor && m_supervisor->isWaiting())
        return;
    m_supervisor = std::make_unique<Supervisor>();
    m_supervisor->start();
}

std::unique_ptr<Supervisor> WarmSpare::take()
{
    // It may have been killed meanwhile.
    if (m_supervisor && m_supervisor->isWaiting())
        return std::move(m_supervisor);
    return std::make_unique<Supervisor>();
}

void WarmSpare::release()
{
    m_supervisor.reset();
}
