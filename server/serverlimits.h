// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

// How much a server takes before it says no.
struct ServerLimits
{
    qint64 connections = 2'000; // of requesters; attached devices are not counted
    qint64 devices = 10'000; // attached ones of each application
};
