// SPDX-License-Identifier: Apache-2.0
#include "keychaincall.h"

#include "keychain.h"

#include <QEventLoop>

using namespace Qt::StringLiterals;

namespace {

template<typename Call>
std::optional<QByteArray> wait(Call call, QString *errorString)
{
    Keychain keychain;
    QEventLoop loop;
    std::optional<QByteArray> result;
    QObject::connect(&keychain, &Keychain::done, &loop, [&](const QByteArray &secret) {
        result = secret;
        loop.quit();
    });
    QObject::connect(&keychain, &Keychain::failed, &loop,
                     [&](Keychain::Trouble trouble, const QString &text) {
                         *errorString = trouble == Keychain::Trouble::NotFound
                             ? u"it is not in the keychain: cometactl secret store puts it there"_s
                             : text;
                         loop.quit();
                     });
    call(&keychain);
    loop.exec();
    return result;
}

} // namespace

bool KeychainCall::isThere(QString *errorString)
{
    return wait([](Keychain *keychain) { keychain->look(); }, errorString).has_value();
}

std::optional<QByteArray> KeychainCall::read(const QString &key, QString *errorString)
{
    return wait([&](Keychain *keychain) { keychain->read(key); }, errorString);
}

bool KeychainCall::write(const QString &key, const QByteArray &secret, QString *errorString)
{
    return wait([&](Keychain *keychain) { keychain->write(key, secret); }, errorString).has_value();
}

bool KeychainCall::remove(const QString &key, QString *errorString)
{
    return wait([&](Keychain *keychain) { keychain->remove(key); }, errorString).has_value();
}
