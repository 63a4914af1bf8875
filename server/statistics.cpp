// SPDX-License-Identifier: Apache-2.0
#include "statistics.h"

#include <algorithm>
#include <cmath>

void Statistics::countRequest(qsizetype bytes)
{
    ++m_messages;
    ++m_requests;
    m_bytesDown += bytes;
}

void Statistics::countReply(qsizetype bytes, std::chrono::microseconds latency)
{
    m_bytesUp += bytes;
    const double value = static_cast<double>(latency.count()) / 1000;
    m_minimum = m_replies == 0 ? value : std::min(m_minimum, value);
    m_maximum = std::max(m_maximum, value);
    ++m_replies;
    // Welford: the sum of squares stays exact however many replies there are.
    const double distance = value - m_mean;
    m_mean += distance / static_cast<double>(m_replies);
    m_squares += distance * (value - m_mean);
}

void Statistics::countEvent(qsizetype bytes)
{
    ++m_messages;
    m_bytesUp += bytes;
}

void Statistics::countError()
{
    ++m_errors;
}

double Statistics::latencySum() const
{
    return m_mean * static_cast<double>(m_replies);
}

qint64 Statistics::latency() const
{
    return std::llround(m_mean);
}

qint64 Statistics::latencyMinimum() const
{
    return std::llround(m_minimum);
}

qint64 Statistics::latencyMaximum() const
{
    return std::llround(m_maximum);
}

qint64 Statistics::standardDeviation() const
{
    return m_replies == 0 ? 0 : std::llround(std::sqrt(m_squares / static_cast<double>(m_replies)));
}
