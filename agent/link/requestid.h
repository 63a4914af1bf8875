// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHashFunctions>
#include <QMetaType>

// Names one request on the wire. Generation: the number of the attach it came by; number: counted
// from 1 on that connection. A reply is only ever written on the generation of its request.
struct RequestId
{
    quint64 generation = 0;
    quint64 number = 0;

    friend bool operator==(const RequestId &, const RequestId &) = default;
    friend size_t qHash(const RequestId &id, size_t seed = 0)
    {
        return qHashMulti(seed, id.generation, id.number);
    }
};
Q_DECLARE_METATYPE(RequestId)
