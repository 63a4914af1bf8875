// SPDX-License-Identifier: Apache-2.0
#include "settingoption.h"

#include "hostname.h"
#include "passwordfile.h"
#include "tlssetup.h"
#include "wire.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

using Message = std::optional<QString>;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Settings)
};

// A wrong value as it is quoted back: one line, not too long.
QString quoted(const QString &value)
{
    QString shown = value.left(60);
    for (QChar &c : shown) {
        if (!c.isPrint())
            c = u'?';
    }
    return shown;
}

bool isNumber(const QString &value)
{
    return std::all_of(value.begin(), value.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

// --- how a kind of value is read ---------------------------------------------------------------

template<auto Member, qint64 Lowest, qint64 Highest>
Message setNumber(Settings &settings, const QString &value)
{
    bool ok = false;
    const qlonglong number = value.toLongLong(&ok);
    if (!ok || !isNumber(value) || number < Lowest || number > Highest)
        return Text::tr("“%1” does not fit: use a whole number from %2 to %3.")
            .arg(quoted(value))
            .arg(Lowest)
            .arg(Highest);
    using Value = std::remove_cvref_t<decltype(settings.*Member)>;
    settings.*Member = Value(number);
    return std::nullopt;
}

template<auto Member>
QString getNumber(const Settings &settings)
{
    if constexpr (requires { (settings.*Member).count(); })
        return QString::number((settings.*Member).count());
    else
        return QString::number(settings.*Member);
}

template<auto Member>
Message setBool(Settings &settings, const QString &value)
{
    const QString word = value.toLower();
    const bool yes = word == "true"_L1 || word == "yes"_L1 || word == "1"_L1 || word == "on"_L1;
    if (!yes && word != "false"_L1 && word != "no"_L1 && word != "0"_L1 && word != "off"_L1)
        return Text::tr("“%1” does not fit: use yes or no.").arg(quoted(value));
    settings.*Member = yes;
    return std::nullopt;
}

template<auto Member>
QString getBool(const Settings &settings)
{
    return settings.*Member ? u"yes"_s : u"no"_s;
}

// A path may only name a file that Read can use; made absolute, since the agent leaves its
// directory.
template<auto Member, auto Read>
Message setFile(Settings &settings, const QString &value)
{
    const QFileInfo file(value);
    if (!value.isEmpty() && !(file.isFile() && file.isReadable()))
        return Text::tr("“%1” is no file that can be read: check the path.").arg(quoted(value));
    const QString path = value.isEmpty() ? QString() : file.absoluteFilePath();
    QString problem;
    if (!path.isEmpty())
        (void)Read(path, &problem);
    if (!problem.isEmpty())
        return problem;
    settings.*Member = path;
    return std::nullopt;
}

template<auto Member>
QString getText(const Settings &settings)
{
    return settings.*Member;
}

// --- the ones with rules of their own ----------------------------------------------------------

Message setServer(Settings &settings, const QString &value)
{
    if (value.contains("://"_L1))
        return Text::tr(
                   "“%1” is a URL: give only the server's name; port and encryption have options "
                   "of "
                   "their own.")
            .arg(quoted(value));
    if (!value.isEmpty() && normalisedHost(value).isEmpty())
        return Text::tr("“%1” is no server: give a name such as cometa.example.org, or an address.")
            .arg(quoted(value));
    settings.server = value;
    return std::nullopt;
}

Message setPort(Settings &settings, const QString &value)
{
    const Message message = setNumber<&Settings::port, 1, 65535>(settings, value);
    return message ? Text::tr("“%1” is no port: use a number from 1 to 65535.").arg(quoted(value))
                   : message;
}

Message setApplication(Settings &settings, const QString &value)
{
    if (!value.isEmpty() && !Wire::isApplicationId(value))
        return Text::tr("“%1” is no application id: 1 to 64 letters, digits and _ . : -")
            .arg(quoted(value));
    settings.application = value;
    return std::nullopt;
}

Message setDevice(Settings &settings, const QString &value)
{
    if (!value.isEmpty() && !Wire::isDeviceId(value))
        return Text::tr("“%1” is no device id: 1 to 32 letters, digits and _ . : -")
            .arg(quoted(value));
    settings.device = value;
    return std::nullopt;
}

Message setInfo(Settings &settings, const QString &value)
{
    const bool hasControl = std::any_of(
        value.begin(), value.end(), [](QChar c) { return c.category() == QChar::Other_Control; });
    if (value.size() > 64 || hasControl)
        return Text::tr("The description does not fit: at most 64 characters, in one line.");
    settings.info = value;
    return std::nullopt;
}

Message setTls(Settings &settings, const QString &value)
{
    if (value.isEmpty() || value == "auto"_L1) {
        settings.tls.reset();
        return std::nullopt;
    }
    Settings changed;
    changed.trustPlaintext = false;
    const Message message = setBool<&Settings::trustPlaintext>(changed, value);
    if (message)
        return Text::tr("“%1” does not fit: use yes, no or auto.").arg(quoted(value));
    settings.tls = changed.trustPlaintext;
    return std::nullopt;
}

Message setProxy(Settings &settings, const QString &value)
{
    const std::optional<ProxyOptions> proxy = ProxyOptions::fromText(value);
    if (!proxy && value.contains(u'@'))
        return Text::tr("A proxy is given without user name and password: they have settings of "
                        "their own.");
    if (!proxy)
        return Text::tr("“%1” is no proxy: use none, system, http://host:port or "
                        "socks5://host:port.")
            .arg(quoted(value));
    settings.proxy = proxy->toText();
    return std::nullopt;
}

Message setProxyUser(Settings &settings, const QString &value)
{
    const bool isUsable = std::all_of(value.begin(), value.end(), [](QChar c) {
        return c.category() != QChar::Other_Control && c != u':';
    });
    if (!isUsable || value.toUtf8().size() > PasswordFile::MaximumSize)
        return Text::tr("The proxy's user name does not fit: at most %1 bytes, without a colon.")
            .arg(PasswordFile::MaximumSize);
    settings.proxyUser = value;
    return std::nullopt;
}

Message setReplyBudget(Settings &settings, const QString &value)
{
    if (value.isEmpty() || value == "auto"_L1) {
        settings.replyBudget.reset();
        return std::nullopt;
    }
    Settings changed;
    const Message message = setNumber<&Settings::timeLimit, 1, 3'600>(changed, value);
    if (!message)
        settings.replyBudget = changed.timeLimit;
    return message;
}

QString getReplyBudget(const Settings &settings)
{
    return settings.replyBudget ? QString::number(settings.replyBudget->count()) : u"auto"_s;
}

QString getTls(const Settings &settings)
{
    return !settings.tls ? u"auto"_s : *settings.tls ? u"yes"_s : u"no"_s;
}

Message setPin(Settings &settings, const QString &value)
{
    const QString pin = QString(value).remove(u':').remove(u' ').toLower();
    const bool isHex = std::all_of(pin.begin(), pin.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
    });
    if (!pin.isEmpty() && (pin.size() != 64 || !isHex))
        return Text::tr(
                   "A pin is 64 hexadecimal digits, the SHA-256 of the server's public key; this "
                   "has %1 characters: ask the server's administrator for it, or leave it out.")
            .arg(pin.size());
    settings.pin = pin;
    return std::nullopt;
}

Message setApproval(Settings &settings, const QString &value)
{
    if (value == "ask"_L1)
        settings.approval = Settings::Approval::Ask;
    else if (value == "rules"_L1)
        settings.approval = Settings::Approval::Rules;
    else if (value == "all"_L1)
        settings.approval = Settings::Approval::All;
    else
        return Text::tr("“%1” is no way to approve: use ask, rules or all.").arg(quoted(value));
    return std::nullopt;
}

Message setLocked(Settings &settings, const QString &value)
{
    if (value != "hold"_L1 && value != "deny"_L1)
        return Text::tr("“%1” does not fit: use hold or deny.").arg(quoted(value));
    settings.locked = value == "hold"_L1 ? Settings::Locked::Hold : Settings::Locked::Deny;
    return std::nullopt;
}

// Named values of an enum, in its order.
template<auto Member, const auto &Names>
Message setChoice(Settings &settings, const QString &value)
{
    const auto name = std::find(std::begin(Names), std::end(Names), value);
    if (name == std::end(Names))
        return Text::tr("“%1” does not fit: use %2, %3 or %4.")
            .arg(quoted(value), QString(Names[0]), QString(Names[1]), QString(Names[2]));
    using Value = std::remove_cvref_t<decltype(settings.*Member)>;
    settings.*Member = Value(name - std::begin(Names));
    return std::nullopt;
}

template<auto Member, const auto &Names>
QString getChoice(const Settings &settings)
{
    return Names[int(settings.*Member)];
}

constexpr QLatin1StringView Languages[] = {"system"_L1, "en"_L1, "de"_L1};
constexpr QLatin1StringView TrayIcons[] = {"colours"_L1, "light"_L1, "dark"_L1};

QString getLocked(const Settings &settings)
{
    return settings.locked == Settings::Locked::Hold ? u"hold"_s : u"deny"_s;
}

} // namespace

QString approvalName(Settings::Approval approval)
{
    switch (approval) {
    case Settings::Approval::Ask:
        return u"ask"_s;
    case Settings::Approval::Rules:
        return u"rules"_s;
    case Settings::Approval::All:
        return u"all"_s;
    }
    Q_UNREACHABLE();
}

const QList<SettingOption> &SettingOption::all()
{
    using S = Settings;
    static const QList<SettingOption> options{
        {"server"_L1, setServer, getText<&S::server>},
        {"port"_L1, setPort, getNumber<&S::port>},
        {"app"_L1, setApplication, getText<&S::application>},
        {"device"_L1, setDevice, getText<&S::device>},
        {"info"_L1, setInfo, getText<&S::info>},
        {"tls"_L1, setTls, getTls},
        {"ca-file"_L1, setFile<&S::caFile, TlsSetup::readCertificates>, getText<&S::caFile>},
        {"pin"_L1, setPin, getText<&S::pin>},
        {"cert-file"_L1, setFile<&S::certFile, TlsSetup::readCertificates>, getText<&S::certFile>},
        {"key-file"_L1, setFile<&S::keyFile, TlsSetup::readKey>, getText<&S::keyFile>},
        {"proxy"_L1, setProxy, getText<&S::proxy>},
        {"proxy-user"_L1, setProxyUser, getText<&S::proxyUser>},
        {"proxy-password-file"_L1, setFile<&S::proxyPasswordFile, PasswordFile::read>,
         getText<&S::proxyPasswordFile>},
        {"proxy-keychain"_L1, setBool<&S::proxyKeychain>, getBool<&S::proxyKeychain>},
        {"approve"_L1, setApproval, [](const S &s) { return approvalName(s.approval); }},
        {"locked"_L1, setLocked, getLocked},
        {"accept-text"_L1, setBool<&S::acceptText>, getBool<&S::acceptText>},
        {"trust-plaintext"_L1, setBool<&S::trustPlaintext>, getBool<&S::trustPlaintext>},
        {"event-interval"_L1, setNumber<&S::eventInterval, 0, 86'400>,
         getNumber<&S::eventInterval>},
        {"reply-budget"_L1, setReplyBudget, getReplyBudget},
        {"approval-deadline"_L1, setNumber<&S::approvalDeadline, 1, 86'400>,
         getNumber<&S::approvalDeadline>},
        {"time-limit"_L1, setNumber<&S::timeLimit, 1, 86'400>, getNumber<&S::timeLimit>},
        {"max-awaiting"_L1, setNumber<&S::maxAwaiting, 1, 100>, getNumber<&S::maxAwaiting>},
        {"max-running"_L1, setNumber<&S::maxRunning, 1, 100>, getNumber<&S::maxRunning>},
        {"process-limit"_L1, setNumber<&S::processLimit, 0, 1'000'000>,
         getNumber<&S::processLimit>},
        {"automatic-runs"_L1, setNumber<&S::automaticRuns, 0, 1'000>, getNumber<&S::automaticRuns>},
        {"reply-limit"_L1, setNumber<&S::replyLimit, 1'024, 1'048'576>, getNumber<&S::replyLimit>},
        {"outbox-events"_L1, setNumber<&S::outboxEvents, 1, 1'000'000>,
         getNumber<&S::outboxEvents>},
        {"outbox-bytes"_L1, setNumber<&S::outboxBytes, 65'536, 1'073'741'824>,
         getNumber<&S::outboxBytes>},
        {"keep-days"_L1, setNumber<&S::keepDays, 1, 36'500>, getNumber<&S::keepDays>},
        {"keep-megabytes"_L1, setNumber<&S::keepMegabytes, 16, 1'048'576>,
         getNumber<&S::keepMegabytes>},
        {"notifications"_L1, setBool<&S::notifications>, getBool<&S::notifications>},
        {"language"_L1, setChoice<&S::language, Languages>, getChoice<&S::language, Languages>},
        {"tray-icon"_L1, setChoice<&S::trayIcon, TrayIcons>, getChoice<&S::trayIcon, TrayIcons>},
    };
    return options;
}

const SettingOption *SettingOption::find(QStringView name)
{
    const QList<SettingOption> &options = all();
    const auto option = std::find_if(options.begin(), options.end(),
                                     [name](const SettingOption &o) { return o.name == name; });
    return option == options.end() ? nullptr : &*option;
}
