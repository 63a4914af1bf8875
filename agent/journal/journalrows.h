// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "outcome.h"
#include "request.h"

#include <QDateTime>
#include <QJsonObject>

// One row of the chain.
struct JournalEntry
{
    qint64 seq = 0; // from 1, without gaps
    QDateTime time; // UTC, milliseconds
    QString kind; // "received", "approved", "finished", "link", "event", "settings", …
    QString request; // name; empty when it is about none
    QJsonObject data;
    QByteArray hash; // 64 hex digits, SHA-256 over the hash before it and all of the above
};

// One request as the views and {"op":"result"} read it.
struct RequestRow
{
    Request request;
    QString scope; // "host:port/application" that it came from
    QDateTime received; // UTC
    QDateTime ended; // invalid while it lives
    qint64 endedSeq = 0; // the row of the chain that says so; 0 while it lives
    RequestState state = RequestState::Received;
    QString by; // who decided
    bool pendingSent = false; // its requester was told "pending"
    Outcome outcome; // without outputs; those are files: see Journal::outcome()
    qint64 outputBytes = 0;
    qint64 errorBytes = 0;
    qint64 serial = 0; // number of its row "received"; the key for paging

    friend bool operator==(const RequestRow &, const RequestRow &) = default;
};

struct RequestFilter
{
    QString text = {}; // full text of command and reason; empty: all
    QList<RequestState> states = {}; // empty: all
    bool failuresOnly = false; // of Finished those alone that ended with another status than 0
    QDateTime since = {}; // received then or later; invalid: at any time
    qint64 beforeSerial = 0; // 0: from the newest
    qint64 fromSerial = 0; // down to this one
    int limit = 100; // 1..1000
};
