// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cometaclient.h"

#include <QDateTime>
#include <QIcon>
#include <QString>

#include <chrono>

class Agent;

// What there is to say about the agent, as plain values.
struct AgentStatus
{
    CometaClient::State state = CometaClient::State::Disconnected;
    CometaClient::Error error = CometaClient::Error::None;
    bool configured = false; // the settings have no problems
    QString server; // "host", with ":port" when it is not the usual one
    QString application;
    QString device;
    bool encrypted = false;
    bool mayAllowAll = false; // a window can be opened
    bool rulesAreOff = false; // until the owner has looked at them
    QString problem; // one line with the remedy; empty: none
    QString warning;
    int awaiting = 0;
    int running = 0;
    int missed = 0; // expired, and the owner has not taken note
    quint64 attachment = 0; // counts attaches
    QDateTime attachedSince; // valid while attached
    QDateTime windowUntil; // valid while everything is approved
    std::chrono::milliseconds timeToRetry{0};
    QString lastRequest; // the newest command, as VisibleText; empty: there was none

    [[nodiscard]] static AgentStatus of(Agent *agent);
};

// How that looks: the one place where a state becomes an icon and words.
struct Appearance
{
    enum class Kind {
        Disconnected,
        Connecting,
        Attached,
        WaitingForOwner,
        WindowOpen,
        Running,
        Paused,
        Problem
    };

    Kind kind = Kind::Disconnected;
    int number = 0; // of what waits, with WaitingForOwner; minutes left, with WindowOpen
    QString word; // "Attached"
    QString sentence; // "Attached to cometa.example.org"

    [[nodiscard]] static Appearance of(const AgentStatus &status);
    [[nodiscard]] QIcon icon() const;

    friend bool operator==(const Appearance &, const Appearance &) = default;
};

// Of the link alone, for the window's header, which lists what waits and runs elsewhere.
[[nodiscard]] Appearance linkAppearance(const AgentStatus &status);
// Of the time in which everything is approved.
[[nodiscard]] Appearance windowAppearance(const AgentStatus &status);
// State, server, what waits and runs, the last request. Its first line is ours alone, so that
// nobody takes the text for rich.
[[nodiscard]] QString trayToolTip(const AgentStatus &status);
// "12 min left"
[[nodiscard]] QString windowLeft(const AgentStatus &status);
