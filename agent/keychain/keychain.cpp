// SPDX-License-Identifier: Apache-2.0
#include "keychain.h"

#include "keychainexit.h"
#include "ownprogram.h"

#include <QProcess>

#include <utility>

using namespace Qt::StringLiterals;

static constexpr int KillTime = 1000; // ms; it has nothing to clean up

Keychain::Keychain(QObject *parent) : QObject(parent) { }

Keychain::~Keychain()
{
    drop();
}

void Keychain::look()
{
    start(u"look"_s, {});
}

void Keychain::read(const QString &key, Unlock unlock)
{
    start(unlock == Unlock::Ask ? u"read"_s : u"read-unlocked"_s, key.toUtf8() + '\n');
}

void Keychain::write(const QString &key, const QByteArray &secret)
{
    start(u"write"_s, key.toUtf8() + '\n' + secret + '\n');
}

void Keychain::remove(const QString &key)
{
    start(u"remove"_s, key.toUtf8() + '\n');
}

void Keychain::cancel()
{
    drop();
}

QString Keychain::text(Trouble trouble, const QString &detail)
{
    switch (trouble) {
    case Trouble::NotFound:
        return tr("It is not in the keychain.");
    case Trouble::Locked:
        return tr("The keychain is locked: unlock it first.");
    case Trouble::None:
        return tr("No keychain runs in this session: use a file instead.");
    case Trouble::Failed:
        return tr("The keychain does not work: %1").arg(detail);
    }
    Q_UNREACHABLE();
}

void Keychain::start(const QString &operation, const QByteArray &input)
{
    drop();
    m_process = new QProcess(this);
    connect(m_process, &QProcess::finished, this, &Keychain::handleFinished);
    connect(
        m_process, &QProcess::errorOccurred, this,
        [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                handleFinished();
        },
        Qt::QueuedConnection); // never at once
    m_process->start(ownProgram(u"cometa-keychain"_s), {operation});
    if (m_process->isOpen())
        m_process->write(input); // its end stays open: when it closes, the program ends
}

void Keychain::handleFinished()
{
    QProcess *process = std::exchange(m_process, nullptr);
    if (!process)
        return;
    process->deleteLater();
    if (process->error() == QProcess::FailedToStart)
        return fail(Trouble::None); // it is not installed
    const QString detail = QString::fromUtf8(process->readAllStandardError()).trimmed();
    if (process->exitStatus() == QProcess::CrashExit)
        return fail(Trouble::Failed, tr("cometa-keychain has ended too early"));
    switch (KeychainExit(process->exitCode())) {
    case KeychainExit::Done:
        Q_EMIT done(process->readAllStandardOutput());
        return;
    case KeychainExit::NotFound:
        return fail(Trouble::NotFound);
    case KeychainExit::Locked:
        return fail(Trouble::Locked);
    case KeychainExit::None:
        return fail(Trouble::None);
    case KeychainExit::Failed:
    case KeychainExit::Usage:
        break;
    }
    fail(Trouble::Failed, detail);
}

void Keychain::fail(Trouble trouble, const QString &detail)
{
    Q_EMIT failed(trouble, text(trouble, detail));
}

void Keychain::drop()
{
    QProcess *process = std::exchange(m_process, nullptr);
    if (!process)
        return;
    process->disconnect(this);
    process->kill(); // it only asks: whatever the keychain does by now is done or not
    process->waitForFinished(KillTime);
    process->deleteLater();
}
