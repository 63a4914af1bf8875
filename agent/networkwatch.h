// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTimer>

// Tells when this computer got a network address, by rtnetlink: works with every network service
// and without any. Several changes within a second are told once.
class NetworkWatch final : public QObject
{
    Q_OBJECT

public:
    explicit NetworkWatch(QObject *parent = nullptr);
    ~NetworkWatch() override;

Q_SIGNALS:
    void addressAdded();

private:
    void handleReadable();

    int m_fd = -1;
    QTimer m_settle;
};
