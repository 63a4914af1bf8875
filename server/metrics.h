// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>

class Application;

// The figures of a server for Prometheus, in its text format 0.0.4: sums over all applications,
// without any id, since they are served to everybody.
class Metrics final
{
public:
    static constexpr auto ContentType = "text/plain; version=0.0.4; charset=utf-8";

    void countAnswer(int status) { ++m_answers[status]; }
    [[nodiscard]] QByteArray text(const QList<const Application *> &applications) const;

private:
    QMap<int, qint64> m_answers; // by HTTP status
};
