// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <chrono>

// What went through a device or an application. Bytes are those of messages, without framing.
class Statistics final
{
public:
    void countRequest(qsizetype bytes);
    void countReply(qsizetype bytes, std::chrono::microseconds latency);
    void countEvent(qsizetype bytes);
    void countError(); // a request that got no reply

    [[nodiscard]] qint64 messages() const { return m_messages; } // requests and events
    [[nodiscard]] qint64 requests() const { return m_requests; }
    [[nodiscard]] qint64 replies() const { return m_replies; }
    [[nodiscard]] qint64 errors() const { return m_errors; }
    [[nodiscard]] qint64 bytesUp() const { return m_bytesUp; } // device to server
    [[nodiscard]] qint64 bytesDown() const { return m_bytesDown; }

    // From request to reply in whole milliseconds; 0 when there was no reply yet.
    [[nodiscard]] double latencySum() const; // of all replies, not rounded
    [[nodiscard]] qint64 latency() const;
    [[nodiscard]] qint64 latencyMinimum() const;
    [[nodiscard]] qint64 latencyMaximum() const;
    [[nodiscard]] qint64 standardDeviation() const;

private:
    qint64 m_messages = 0;
    qint64 m_requests = 0;
    qint64 m_errors = 0;
    qint64 m_bytesUp = 0;
    qint64 m_bytesDown = 0;
    qint64 m_replies = 0;
    double m_mean = 0; // milliseconds
    double m_squares = 0; // sum of squared distances from the mean
    double m_minimum = 0;
    double m_maximum = 0;
};
