// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linktrial.h"
#include "proxylogin.h"

#include <QWidget>

#include <memory>

class Agent;
class Notice;
class QPushButton;
class QSslCertificate;
class QVBoxLayout;

// "Test connection": attaches with the settings as they stand in the dialog and ticks off the steps
// as they happen. It changes nothing and leaves the link of the agent alone: where that is attached
// with the same settings it says so instead.
class ConnectionTest final : public QWidget
{
    Q_OBJECT

public:
    enum class Result { None, Running, Good, Failed, Cancelled };
    Q_ENUM(Result)

    explicit ConnectionTest(const Agent *agent, QWidget *parent = nullptr);
    ~ConnectionTest() override;

    // What the next test is made with. A result for other settings goes, a test is cancelled.
    void setSettings(const Settings &settings);
    // For the proxy, while it is not kept; empty: the one that is.
    void setPassword(const QString &password);
    // False: the settings have problems, there is nothing to test.
    void setPossible(bool possible);
    [[nodiscard]] Result result() const { return m_result; }

Q_SIGNALS:
    void resultChanged(ConnectionTest::Result result);
    void lineAdded(QWidget *line);
    void pinChosen(const QString &pin);

private:
    void toggle();
    void start();
    void startTrial(const ProxyOptions &proxy);
    void findLogin();
    void handleLoginMissing(const QString &reason);
    void forgetResult();
    [[nodiscard]] bool isAttachedAlready() const;
    void handlePassed(LinkTrial::Step step, const QString &detail);
    void handleCertificate(const QSslCertificate &certificate, bool good);
    void handleSucceeded(bool inTheClear);
    void handleFailed(LinkTrial::Step step, const QString &reason);
    void cancel();
    Notice *addNotice();
    void setResult(Result result);
    void clear();

    const Agent *m_agent;
    Settings m_settings;
    Settings m_tested;
    QString m_password;
    ProxyLogin m_login;
    bool m_possible = false;
    Result m_result = Result::None;
    std::unique_ptr<LinkTrial> m_trial;
    QList<LinkTrial::Step> m_steps;
    QList<Notice *> m_notices; // one for each step
    QPushButton *m_button;
    QVBoxLayout *m_lines;
};

// The device id to test with: the given one, or another when that is attached to the same server.
[[nodiscard]] QString testDeviceId(const QString &device, bool isInUse);
