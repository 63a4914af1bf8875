// SPDX-License-Identifier: Apache-2.0
#include "proxylogin.h"

#include "hostname.h"
#include "passwordfile.h"
#include "settings.h"

using namespace Qt::StringLiterals;

ProxyLogin::ProxyLogin(QObject *parent) : QObject(parent)
{
    connect(&m_keychain, &Keychain::done, this, &ProxyLogin::handleDone);
    connect(&m_keychain, &Keychain::failed, this, &ProxyLogin::handleFailed);
}

void ProxyLogin::find(const Settings &settings, Keychain::Unlock unlock)
{
    m_keychain.cancel();
    m_proxy = settings.proxyOptions();
    if (needsKeychain(settings))
        return m_keychain.read(key(settings), unlock);
    QString error; // then the proxy says that it wants one
    if (!settings.proxyPasswordFile.isEmpty())
        m_proxy.password =
            PasswordFile::read(settings.proxyPasswordFile, &error).value_or(QString());
    Q_EMIT found(m_proxy);
}

void ProxyLogin::cancel()
{
    m_keychain.cancel();
}

bool ProxyLogin::needsKeychain(const Settings &settings)
{
    return settings.proxyKeychain && settings.proxyOptions().isUsed();
}

// A host has no @, so that it is clear where the user's name ends.
QString ProxyLogin::key(const Settings &settings)
{
    const ProxyOptions proxy = settings.proxyOptions();
    const QString place = proxy.kind == ProxyOptions::Kind::System
        ? proxy.toText()
        : QString::fromLatin1(hostField(proxy.host, proxy.port));
    return u"proxy "_s + proxy.user + u'@' + place;
}

void ProxyLogin::handleDone(const QByteArray &secret)
{
    m_proxy.password = QString::fromUtf8(secret);
    if (secret.isEmpty() || secret.size() > PasswordFile::MaximumSize)
        return handleFailed(Keychain::Trouble::NotFound,
                            Keychain::text(Keychain::Trouble::NotFound));
    Q_EMIT found(m_proxy);
}

void ProxyLogin::handleFailed(Keychain::Trouble trouble, const QString &text)
{
    const QString problem = tr("The password for the proxy is not available. %1");
    Q_EMIT failed(trouble,
                  problem.arg(trouble == Keychain::Trouble::NotFound
                                  ? tr("The keychain has none for this proxy and user: enter it in "
                                       "the settings.")
                                  : text));
}
