// SPDX-License-Identifier: Apache-2.0
#include "request.h"

#include "sha256.h"

#include <QRandomGenerator>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

struct NamedState
{
    RequestState state;
    QLatin1StringView name;
};

constexpr std::array stateNames{
    NamedState{RequestState::Received, "received"_L1},
    NamedState{RequestState::AwaitingApproval, "awaiting-approval"_L1},
    NamedState{RequestState::Approved, "approved"_L1},
    NamedState{RequestState::Running, "running"_L1},
    NamedState{RequestState::Finished, "finished"_L1},
    NamedState{RequestState::Invalid, "invalid"_L1},
    NamedState{RequestState::Busy, "busy"_L1},
    NamedState{RequestState::Denied, "denied"_L1},
    NamedState{RequestState::Expired, "expired"_L1},
    NamedState{RequestState::Withdrawn, "withdrawn"_L1},
    NamedState{RequestState::Failed, "failed"_L1},
    NamedState{RequestState::TimedOut, "timed-out"_L1},
    NamedState{RequestState::Stopped, "stopped"_L1},
    NamedState{RequestState::Cancelled, "cancelled"_L1},
    NamedState{RequestState::Interrupted, "interrupted"_L1},
};

constexpr int nameLength = 10;

} // namespace

QString stateName(RequestState state)
{
    for (const NamedState &known : stateNames) {
        if (known.state == state)
            return known.name;
    }
    Q_UNREACHABLE();
}

std::optional<RequestState> stateFromName(QStringView name)
{
    for (const NamedState &known : stateNames) {
        if (known.name == name)
            return known.state;
    }
    return std::nullopt;
}

bool hasEnded(RequestState state)
{
    return state > RequestState::Running;
}

QByteArray Request::commandSha256() const
{
    return Sha256::hex(command);
}

std::optional<QString> Request::commandText() const
{
    const QString text = QString::fromUtf8(command); // a byte order mark gets lost
    return text.toUtf8() == command ? std::optional(text) : std::nullopt;
}

QString Request::newName()
{
    // Without i, l, o and u: people read names out over the phone.
    constexpr auto alphabet = "0123456789abcdefghjkmnpqrstvwxyz"_L1;
    QString name;
    for (int i = 0; i < nameLength; ++i)
        name += alphabet[QRandomGenerator::system()->bounded(int(alphabet.size()))];
    return name;
}
