// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cometaclient.h"
#include "deadline.h"
#include "settings.h"

#include <QObject>

class QSslCertificate;

// Attaches once, sees that a heartbeat arrives, and detaches. It takes no requests. Ends by
// succeeded() or failed(), or when it is deleted; not from within a slot of its signals.
class LinkTrial final : public QObject
{
    Q_OBJECT

public:
    enum class Step { Name, Proxy, Connection, Encryption, Attach, Heartbeat };
    Q_ENUM(Step)

    // What to attach to and as which device.
    struct Target
    {
        Settings settings;
        QString device;
        bool encrypted = true;
        ProxyOptions proxy = {}; // as it is now: not System
    };

    explicit LinkTrial(const Target &target, QObject *parent = nullptr);
    ~LinkTrial() override;

    void start();
    [[nodiscard]] static QList<Step> steps(bool encrypted, bool viaProxy); // in order
    [[nodiscard]] static QString title(Step step);

Q_SIGNALS:
    void passed(LinkTrial::Step step, const QString &detail);
    // good: and it is the one of the server that is meant.
    void certificateSeen(const QSslCertificate &certificate, bool good);
    void succeeded(bool inTheClear); // to another computer, without encryption
    void failed(LinkTrial::Step step, const QString &reason);

private:
    void handleStep(CometaClient::Step reached, const QString &detail);
    void handleState(CometaClient::State state);
    void handleError();
    void handleDelivered(quint64 ticket);
    void pass(const QString &detail);
    void fail(const QString &reason);
    [[nodiscard]] Step current() const { return m_steps.value(m_next, Step::Heartbeat); }

    Target m_target;
    CometaClient m_client;
    Deadline m_limit;
    QList<Step> m_steps;
    qsizetype m_next = 0;
    quint64 m_heartbeat = 0; // its ticket
    bool m_ended = false;
};
