// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cometaclient.h"

#include <QHash>
#include <QSet>
#include <QString>

#include <chrono>
#include <optional>

// What the owner can set, as plain values with their defaults. Each has a long option, which is
// also its key in the configuration file (see SettingOption).
struct Settings
{
    enum class Approval { Ask, Rules, All };
    // Of values in configFile that do not fit. Keep: the default holds, and problems() tells, so
    // that nothing is attached before the owner has mended it.
    enum class Mistakes { Refuse, Keep };
    enum class Language { System, English, German }; // of the windows
    // Of the icon in the panel: in colours, or one light or dark shape.
    enum class TrayIcon { Colours, Light, Dark };
    enum class Locked { Hold, Deny }; // what happens to requests while nobody can be asked
    struct Problem
    {
        QString option; // "port"
        QString message; // "99999 is no port; use a number from 1 to 65535"
    };

    QString server;
    quint16 port = 443;
    QString application;
    QString device; // empty: defaultDeviceId()
    QString info; // platform text of the attach; empty: made from the system's name
    std::optional<bool> tls; // not set: see Agent::wantsTls()
    QString caFile;
    QString pin; // 64 hex digits
    QString certFile; // client certificate, PEM
    QString keyFile;
    QString proxy = QStringLiteral("none"); // see ProxyOptions::fromText()
    QString proxyUser;
    QString proxyPasswordFile; // 0600; its first line
    bool proxyKeychain = false; // instead: the password is in the keychain
    Approval approval = Approval::Ask;
    Locked locked = Locked::Hold;
    bool acceptText = false;
    bool trustPlaintext = false;
    std::chrono::seconds eventInterval{60}; // 0..86400, 0: none
    std::optional<std::chrono::seconds>
        replyBudget; // 1..3600; not set: 20, or what the server allows
    std::chrono::seconds approvalDeadline{300}; // 1..86400
    std::chrono::seconds timeLimit{300}; // 1..86400
    int maxAwaiting = 8; // 1..100
    int maxRunning = 4; // 1..100
    // Processes and threads of a command, in addition to what runs on the machine. 0..1000000, 0:
    // no limit.
    int processLimit = 1024;
    int automaticRuns = 10; // a minute, by rule or window; 0..1000
    int replyLimit = 1024 * 1024; // 1024..1048576 bytes
    int outboxEvents = 10'000; // 1..1000000
    int outboxBytes = 16 * 1024 * 1024; // 65536..1073741824
    int keepDays = 90; // 1..36500
    int keepMegabytes = 512; // 16..1048576 MiB
    bool notifications = true; // of the desktop, for commands that wait
    Language language = Language::System; // in force after the next start
    TrayIcon trayIcon = TrayIcon::Colours;
    // Not in the configuration file:
    QString configFile;
    QString dataDirectory;
    QSet<QString> lockedOptions; // set by the administrator in /etc/xdg, group [locked]
    QHash<QString, QString> refused; // values of configFile that do not fit: see Mistakes::Keep

    // All option names of the configuration file, in the order of the settings dialog.
    [[nodiscard]] static QStringList optionNames();
    // Those that make another link: the agent attaches anew when one of them is changed.
    [[nodiscard]] static const QStringList &linkOptions();
    // Sets one value from its text. A message that says what to do, or nothing when it was taken.
    [[nodiscard]] std::optional<QString> set(const QString &option, const QString &value);
    [[nodiscard]] QString get(const QString &option) const; // its text

    // Everything that would keep the agent from attaching, in the order of optionNames().
    [[nodiscard]] QList<Problem> problems() const;
    // "host:port/application": what rules, results and events belong to.
    [[nodiscard]] QString scope() const;

    // A CA file, a pin or a client certificate is set: of no use without TLS.
    [[nodiscard]] bool usesCertificates() const;
    // Without the password.
    [[nodiscard]] ProxyOptions proxyOptions() const;

    // --config and --data-dir, each where it is not the usual place: for another start of the same.
    [[nodiscard]] QStringList placeArguments() const;

    // Built-in defaults < cometa-agent/agent.conf in XDG_CONFIG_DIRS (/etc/xdg) < configFile <
    // options; the administrator's group [locked] wins over all. options: name -> value, from the
    // command line. Nothing, with one line that names option and remedy, when a value is wrong or a
    // named file is missing.
    [[nodiscard]] static std::optional<Settings> load(const QHash<QString, QString> &options,
                                                      QString *errorString,
                                                      Mistakes mistakes = Mistakes::Refuse);
    // The options that the two do not agree on.
    [[nodiscard]] QStringList differencesTo(const Settings &other) const;
    // Writes these options to configFile (0600) and leaves everything else in it alone. Locked ones
    // are left out, and approve when it is all. False with one line: the file is as it was.
    [[nodiscard]] bool save(const QStringList &options, QString *errorString) const;

    friend bool operator==(const Settings &, const Settings &) = default;
};

[[nodiscard]] QString approvalName(Settings::Approval approval); // "ask", "rules", "all"
