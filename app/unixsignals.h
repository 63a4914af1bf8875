// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

// SIGTERM, SIGINT and SIGHUP as a Qt signal. One per process.
class UnixSignals final : public QObject
{
    Q_OBJECT

public:
    explicit UnixSignals(QObject *parent = nullptr);

Q_SIGNALS:
    void endRequested();
};
