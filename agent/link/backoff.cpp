// SPDX-License-Identifier: Apache-2.0
#include "backoff.h"

#include <QRandomGenerator>

#include <algorithm>

using std::chrono::milliseconds;

Backoff::Backoff(Random random) : m_random(std::move(random)) { }

Backoff::Backoff() : Backoff([] { return QRandomGenerator::global()->generateDouble(); }) { }

milliseconds Backoff::next()
{
    const milliseconds delay = between(milliseconds(0), m_ceiling);
    m_ceiling = std::min(m_ceiling * 2, Cap);
    return delay;
}

milliseconds Backoff::between(milliseconds lowest, milliseconds highest) const
{
    const double span = static_cast<double>((highest - lowest).count());
    return lowest + milliseconds(static_cast<qint64>(m_random() * span));
}
