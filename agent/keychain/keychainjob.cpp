// SPDX-License-Identifier: Apache-2.0
#include "keychainjob.h"

#include "secretservice.h"

#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace {

const QString ownService = u"Cometa Agent"_s;

using SecretService::Entry;

Entry lookAt(const QString &key)
{
    return SecretService::look(ownService, key);
}

QKeychain::Job *newJob(KeychainJob::Operation operation, const QByteArray &secret)
{
    switch (operation) {
    case KeychainJob::Operation::Read:
    case KeychainJob::Operation::ReadUnlocked:
        return new QKeychain::ReadPasswordJob(ownService);
    case KeychainJob::Operation::Write: {
        auto *job = new QKeychain::WritePasswordJob(ownService);
        job->setTextData(QString::fromUtf8(secret));
        return job;
    }
    case KeychainJob::Operation::Remove:
        return new QKeychain::DeletePasswordJob(ownService);
    case KeychainJob::Operation::Look:
        break;
    }
    return nullptr;
}

} // namespace

void KeychainJob::start(Operation operation, const QString &key, const QByteArray &secret)
{
    m_operation = operation;
    m_key = key;
    if (!SecretService::isThere())
        return Q_EMIT ended(KeychainExit::None, {});
    // Whatever else is asked of the library may ask the owner.
    if (operation == Operation::ReadUnlocked && lookAt(key) != Entry::Unlocked)
        return Q_EMIT ended(
            lookAt(key) == Entry::Locked ? KeychainExit::Locked : KeychainExit::NotFound, {});
    QKeychain::Job *job = newJob(operation, secret);
    if (!job)
        return Q_EMIT ended(KeychainExit::Done, {});
    job->setKey(key);
    connect(job, &QKeychain::Job::finished, this, &KeychainJob::handleFinished);
    job->start();
}

void KeychainJob::handleFinished(QKeychain::Job *job)
{
    const KeychainExit exit = exitOf(job);
    QByteArray output;
    if (exit == KeychainExit::Failed)
        output = job->errorString().simplified().toUtf8();
    else if (const auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(job))
        output = exit == KeychainExit::Done ? read->textData().toUtf8() : QByteArray();
    Q_EMIT ended(exit, output);
}

// An owner who does not unlock it is not told apart by the library from an entry that is not there.
KeychainExit KeychainJob::exitOf(const QKeychain::Job *job) const
{
    const bool isRemoved = m_operation == Operation::Remove;
    switch (job->error()) {
    case QKeychain::NoError:
        return isRemoved && lookAt(m_key) == Entry::Locked ? KeychainExit::Locked
                                                           : KeychainExit::Done;
    case QKeychain::EntryNotFound:
        if (lookAt(m_key) == Entry::Locked)
            return KeychainExit::Locked;
        return isRemoved ? KeychainExit::Done : KeychainExit::NotFound;
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return KeychainExit::Locked;
    case QKeychain::NoBackendAvailable:
        return KeychainExit::None;
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError:
        break;
    }
    return m_operation == Operation::Write && SecretService::isDefaultLocked()
        ? KeychainExit::Locked
        : KeychainExit::Failed;
}
