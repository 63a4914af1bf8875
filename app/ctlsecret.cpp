// SPDX-License-Identifier: Apache-2.0
#include "ctlsecret.h"

#include "ctlprint.h"
#include "ctlusage.h"
#include "hiddeninput.h"
#include "keychaincall.h"
#include "sendoptions.h"
#include "sendsecret.h"

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

int fail(const QString &error, int code = 1)
{
    CtlPrint::error(error);
    return code;
}

} // namespace

int runSecretCommand(const CtlUsage &usage)
{
    QString error;
    const std::optional<QString> key = SendOptions::secretKey(usage, &error);
    if (!key)
        return fail(error, 2);
    if (usage.command == "secret forget"_L1)
        return KeychainCall::remove(*key, &error) ? 0 : fail(error);
    if (!KeychainCall::isThere(&error)) // before the owner takes the trouble to type it
        return fail(error);
    const QByteArray secret =
        HiddenInput::readLine(u"The secret of %1: "_s.arg(usage.options.value(u"app"_s)));
    if (!SendSecret::isSecret(secret))
        return fail(u"that is no secret: it has visible ASCII characters only, in one line"_s);
    return KeychainCall::write(*key, secret, &error) ? 0 : fail(error);
}
