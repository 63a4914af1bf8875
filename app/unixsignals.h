// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

// SIGTERM, SIGINT and SIGHUP as Qt signals. One per process.
class UnixSignals final : public QObject
{
    Q_OBJECT

public:
    enum class HangUp { Ends, Reloads }; // what SIGHUP asks for

    explicit UnixSignals(HangUp hangUp = HangUp::Ends, QObject *parent = nullptr);

Q_SIGNALS:
    void endRequested();
    void reloadRequested();
};
