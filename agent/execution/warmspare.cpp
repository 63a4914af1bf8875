// SPDX-License-Identifier: Apache-2.0
#include "warmspare.h"

// It may have been killed or stopped meanwhile.
bool WarmSpare::hasOne() const
{
    return m_supervisor && m_supervisor->isWaiting() && !m_supervisor->isLost();
}

void WarmSpare::prepare()
{
    if (hasOne())
        return;
    m_supervisor = std::make_unique<Supervisor>();
    m_supervisor->start();
}

std::unique_ptr<Supervisor> WarmSpare::take()
{
    if (hasOne())
        return std::move(m_supervisor);
    release();
    return std::make_unique<Supervisor>();
}

void WarmSpare::release()
{
    m_supervisor.reset();
}
