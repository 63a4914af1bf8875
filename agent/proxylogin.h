// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "keychain.h"
#include "proxyoptions.h"

#include <QObject>

struct Settings;

// Finds how to log in to the proxy: the password stands in a file or in the keychain. Only what the
// keychain is asked for takes time, since its owner may have to unlock it.
class ProxyLogin final : public QObject
{
    Q_OBJECT

public:
    explicit ProxyLogin(QObject *parent = nullptr);

    // found() or failed() follows, at once where the keychain is not needed. Drops a search before.
    void find(const Settings &settings, Keychain::Unlock unlock = Keychain::Unlock::Ask);
    void cancel(); // nothing follows
    [[nodiscard]] bool isFinding() const { return m_keychain.isBusy(); }

    [[nodiscard]] static bool needsKeychain(const Settings &settings);
    // Of the password in the keychain: each proxy and user has another.
    [[nodiscard]] static QString key(const Settings &settings);

Q_SIGNALS:
    void found(const ProxyOptions &proxy);
    void failed(Keychain::Trouble trouble, const QString &text); // one line with what to do

private:
    void handleDone(const QByteArray &secret);
    void handleFailed(Keychain::Trouble trouble, const QString &text);

    Keychain m_keychain;
    ProxyOptions m_proxy; // that is looked for
};
