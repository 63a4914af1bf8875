// SPDX-License-Identifier: Apache-2.0
#include "eventchoice.h"

#include "eventtext.h"

using namespace Qt::StringLiterals;

QStringList EventChoice::kinds(Show show)
{
    switch (show) {
    case Show::All:
        return {};
    case Show::Connection:
        return {u"link"_s, u"agent"_s};
    case Show::Events:
        return {u"event"_s, u"outbox"_s};
    case Show::Settings:
        return {u"settings"_s, u"window"_s, u"rule"_s, u"owner"_s};
    case Show::Problems:
        return {u"link"_s, u"outbox"_s, u"journal"_s, u"chain"_s};
    }
    Q_UNREACHABLE();
}

bool EventChoice::includes(Show show, const JournalEntry &entry)
{
    return show != Show::Problems || EventText::isProblem(entry);
}

bool EventChoice::includesHeartbeats(Show show)
{
    return show == Show::All || show == Show::Connection;
}
