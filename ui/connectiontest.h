// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cometaclient.h"
#include "deadline.h"
#include "settings.h"

#include <QWidget>

#include <memory>

class QLabel;
class QPushButton;
class QVBoxLayout;

// "Test connection": attaches once with the settings as they stand in the dialog, ticks off the
// steps, and detaches. It changes nothing and takes no requests.
class ConnectionTest final : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectionTest(QWidget *parent = nullptr);

    // device: not that of an agent that is attached there, or the server refuses it.
    void setSettings(const Settings &settings, const QString &device);
    // False: the settings have problems, there is nothing to test.
    void setPossible(bool possible);

private:
    void start();
    void handleStep(CometaClient::Step step, const QString &detail);
    void handleChange();
    void fail(const QString &reason);
    void addLine(const QString &icon, const QString &text);
    void clear();

    Settings m_settings;
    QString m_device;
    std::unique_ptr<CometaClient> m_client;
    Deadline m_limit;
    QPushButton *m_button;
    QVBoxLayout *m_lines;
};

// The device id to test with: the given one, or another when that is attached to the same server.
[[nodiscard]] QString testDeviceId(const QString &device, bool isInUse);
