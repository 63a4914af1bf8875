// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "keychainexit.h"

#include <QObject>
#include <QString>

namespace QKeychain {
class Job;
}

// One operation with the keychain of the desktop.
class KeychainJob final : public QObject
{
    Q_OBJECT

public:
    enum class Operation { Look, Read, ReadUnlocked, Write, Remove };

    // secret: to write.
    void start(Operation operation, const QString &key, const QByteArray &secret);

Q_SIGNALS:
    // output: the secret that was read, or one line about what went wrong.
    void ended(KeychainExit exit, const QByteArray &output);

private:
    void handleFinished(QKeychain::Job *job);
    [[nodiscard]] KeychainExit exitOf(const QKeychain::Job *job) const;

    Operation m_operation = Operation::Look;
    QString m_key;
};
