// SPDX-License-Identifier: Apache-2.0
#include "outcome.h"

#include <algorithm>
#include <csignal>
#include <cstring>

using namespace Qt::StringLiterals;

QByteArray KeptOutput::first(qint64 bytes) const
{
    const qint64 wanted = std::max<qint64>(bytes, 0);
    if (wanted <= head.size() || leftOut() > 0)
        return head.left(wanted);
    return head + tail.left(wanted - head.size());
}

QByteArray KeptOutput::last(qint64 bytes) const
{
    const qint64 wanted = std::max<qint64>(bytes, 0);
    if (wanted <= tail.size() || leftOut() > 0)
        return tail.right(wanted);
    return head.right(wanted - tail.size()) + tail;
}

Outcome Outcome::withoutOutput() const
{
    Outcome sizes = *this;
    sizes.standardOutput = {.head = {}, .tail = {}, .total = standardOutput.total};
    sizes.standardError = {.head = {}, .tail = {}, .total = standardError.total};
    return sizes;
}

QString signalName(int signal)
{
    if (signal > 0) {
        if (const char *name = sigabbrev_np(signal))
            return "SIG"_L1 + QLatin1StringView(name);
    }
    return u"signal %1"_s.arg(signal);
}

int signalOf(QStringView name)
{
    for (int signal = 1; signal < NSIG; ++signal) {
        if (signalName(signal) == name)
            return signal;
    }
    return 0;
}
