// SPDX-License-Identifier: Apache-2.0
#include "settingspecs.h"

namespace {

using Editor = SettingSpec::Editor;

SettingSpec number(const char *option, const char *label, const char *unit,
                   const char *hint = nullptr)
{
    return {option, label, Editor::Number, hint, unit};
}

SettingSpec check(const char *option, const char *label)
{
    return {option, label, Editor::Check};
}

SettingSpec encryption()
{
    return {"tls",
            QT_TRANSLATE_NOOP("SettingSpec", "&Encryption"),
            Editor::Choice,
            QT_TRANSLATE_NOOP(
                "SettingSpec",
                "Automatic: on port 443, where a CA, a pin or a certificate is set, and with "
                "every server that was reached that way before"),
            nullptr,
            {{"auto", QT_TRANSLATE_NOOP("SettingSpec", "Automatic")},
             {"yes", QT_TRANSLATE_NOOP("SettingSpec", "On (TLS)")},
             {"no", QT_TRANSLATE_NOOP("SettingSpec", "Off")}}};
}

QList<SettingSpec> addressFields()
{
    return {{"server", QT_TRANSLATE_NOOP("SettingSpec", "&Server"), Editor::Text,
             QT_TRANSLATE_NOOP("SettingSpec", "cometa.example.org")},
            number("port", QT_TRANSLATE_NOOP("SettingSpec", "&Port"), nullptr),
            encryption(),
            {"app", QT_TRANSLATE_NOOP("SettingSpec", "&Application id"), Editor::Text,
             QT_TRANSLATE_NOOP("SettingSpec", "as the server knows it")},
            {"device", QT_TRANSLATE_NOOP("SettingSpec", "&Device id"), Editor::Text}};
}

SettingSpec caFile()
{
    return {"ca-file", QT_TRANSLATE_NOOP("SettingSpec", "&CA certificate"), Editor::File,
            QT_TRANSLATE_NOOP("SettingSpec", "those of the system")};
}

SettingPage serverPage()
{
    return {QT_TRANSLATE_NOOP("SettingSpec", "Server"),
            addressFields()
                + QList<SettingSpec>{
                    {"info", QT_TRANSLATE_NOOP("SettingSpec", "Descriptio&n"), Editor::Text},
                    caFile(),
                    {"pin", QT_TRANSLATE_NOOP("SettingSpec", "P&in of the key"), Editor::Text,
                     QT_TRANSLATE_NOOP("SettingSpec", "optional; SHA-256, 64 hexadecimal digits")},
                    {"cert-file", QT_TRANSLATE_NOOP("SettingSpec", "Client ce&rtificate"),
                     Editor::File, QT_TRANSLATE_NOOP("SettingSpec", "none")},
                    {"key-file", QT_TRANSLATE_NOOP("SettingSpec", "Client &key"), Editor::File,
                     QT_TRANSLATE_NOOP("SettingSpec", "none")}}};
}

SettingPage proxyPage()
{
    return {QT_TRANSLATE_NOOP("SettingSpec", "Proxy"),
            {{"proxy", QT_TRANSLATE_NOOP("SettingSpec", "&Proxy"), Editor::Text,
              QT_TRANSLATE_NOOP("SettingSpec", "no proxy")},
             {"proxy-user", QT_TRANSLATE_NOOP("SettingSpec", "&User name"), Editor::Text,
              QT_TRANSLATE_NOOP("SettingSpec", "no log-in")},
             {"proxy-password-file", QT_TRANSLATE_NOOP("SettingSpec", "Password &file"),
              Editor::File, QT_TRANSLATE_NOOP("SettingSpec", "no password")},
             check("proxy-keychain",
                   QT_TRANSLATE_NOOP("SettingSpec", "Ta&ke the password from the keychain"))},
            QT_TRANSLATE_NOOP(
                "SettingSpec",
                "Name a proxy if the server is reached only through one: none, system, "
                "http://host:port or socks5://host:port. It looks up the server's name; the "
                "server's certificate is checked as without a proxy.")};
}

SettingPage approvalPage()
{
    return {QT_TRANSLATE_NOOP("SettingSpec", "Approval"),
            {{"approve",
              QT_TRANSLATE_NOOP("SettingSpec", "&Commands"),
              Editor::Choice,
              nullptr,
              nullptr,
              {{"ask", QT_TRANSLATE_NOOP("SettingSpec", "By rule, else ask me")},
               {"rules", QT_TRANSLATE_NOOP("SettingSpec", "By rule, else deny")}}},
             {"locked",
              QT_TRANSLATE_NOOP("SettingSpec", "&Screen locked"),
              Editor::Choice,
              nullptr,
              nullptr,
              {{"hold", QT_TRANSLATE_NOOP("SettingSpec", "Commands wait for me")},
               {"deny", QT_TRANSLATE_NOOP("SettingSpec", "Commands are denied")}}},
             number("approval-deadline", QT_TRANSLATE_NOOP("SettingSpec", "Time to &decide"),
                    QT_TRANSLATE_NOOP("SettingSpec", "seconds")),
             number("max-awaiting", QT_TRANSLATE_NOOP("SettingSpec", "May &wait"),
                    QT_TRANSLATE_NOOP("SettingSpec", "commands at a time")),
             number("automatic-runs", QT_TRANSLATE_NOOP("SettingSpec", "&Run by rule"),
                    QT_TRANSLATE_NOOP("SettingSpec", "commands a minute")),
             check("trust-plaintext",
                   QT_TRANSLATE_NOOP("SettingSpec", "Run by rule without e&ncryption, too"))},
            QT_TRANSLATE_NOOP(
                "SettingSpec",
                "A command runs after you approved it, or by a rule that you made. What nobody "
                "decides in time is not run.")};
}

SettingPage commandsPage()
{
    return {QT_TRANSLATE_NOOP("SettingSpec", "Commands"),
            {number("time-limit", QT_TRANSLATE_NOOP("SettingSpec", "&Time limit"),
                    QT_TRANSLATE_NOOP("SettingSpec", "seconds")),
             number("max-running", QT_TRANSLATE_NOOP("SettingSpec", "May &run"),
                    QT_TRANSLATE_NOOP("SettingSpec", "commands at a time")),
             number("process-limit", QT_TRANSLATE_NOOP("SettingSpec", "Pr&ocesses"),
                    QT_TRANSLATE_NOOP("SettingSpec", "of a command; 0: no limit")),
             number("reply-budget", QT_TRANSLATE_NOOP("SettingSpec", "Re&ply within"),
                    QT_TRANSLATE_NOOP("SettingSpec", "seconds"),
                    QT_TRANSLATE_NOOP("SettingSpec", "automatic")),
             number("reply-limit", QT_TRANSLATE_NOOP("SettingSpec", "&Longest reply"),
                    QT_TRANSLATE_NOOP("SettingSpec", "bytes")),
             check("accept-text",
                   QT_TRANSLATE_NOOP("SettingSpec", "Ta&ke plain text as a command, too"))},
            QT_TRANSLATE_NOOP(
                "SettingSpec",
                "Limits for commands that run. What takes longer than the reply may is answered "
                "“pending”, and its outcome follows as an event.")};
}

SettingPage eventsPage()
{
    return {
        QT_TRANSLATE_NOOP("SettingSpec", "Events"),
        {number("event-interval", QT_TRANSLATE_NOOP("SettingSpec", "&Time stamp every"),
                QT_TRANSLATE_NOOP("SettingSpec", "seconds; 0 for none")),
         number("outbox-events", QT_TRANSLATE_NOOP("SettingSpec", "Keep &unsent"),
                QT_TRANSLATE_NOOP("SettingSpec", "events")),
         number("outbox-bytes", QT_TRANSLATE_NOOP("SettingSpec", "&In at most"),
                QT_TRANSLATE_NOOP("SettingSpec", "bytes"))},
        QT_TRANSLATE_NOOP("SettingSpec",
                          "What this computer tells the server. Events wait here while the link is "
                          "down.")};
}

SettingPage historyPage()
{
    return {
        QT_TRANSLATE_NOOP("SettingSpec", "History"),
        {number("keep-days", QT_TRANSLATE_NOOP("SettingSpec", "&Keep for"),
                QT_TRANSLATE_NOOP("SettingSpec", "days")),
         number("keep-megabytes", QT_TRANSLATE_NOOP("SettingSpec", "&In at most"),
                QT_TRANSLATE_NOOP("SettingSpec", "MiB"))},
        QT_TRANSLATE_NOOP("SettingSpec",
                          "Everything that was asked, decided and run is kept in a journal. Older "
                          "entries are removed.")};
}

SettingSpec notificationsCheck()
{
    return check("notifications",
                 QT_TRANSLATE_NOOP("SettingSpec", "Notify me &when a command waits"));
}

const char *applicationIntro()
{
    return QT_TRANSLATE_NOOP(
        "SettingSpec",
        "A notification tells that a command waits; it is approved in the window "
        "alone. At log-in the agent starts as an icon, without its window.");
}

SettingPage applicationPage()
{
    return {QT_TRANSLATE_NOOP("SettingSpec", "Application"),
            {{"language",
              QT_TRANSLATE_NOOP("SettingSpec", "Lan&guage"),
              Editor::Choice,
              QT_TRANSLATE_NOOP("SettingSpec", "takes effect at the next start"),
              QT_TRANSLATE_NOOP("SettingSpec", "takes effect at the next start"),
              {{"system", QT_TRANSLATE_NOOP("SettingSpec", "That of the system")},
               {"en", QT_TRANSLATE_NOOP("SettingSpec", "English")},
               {"de", QT_TRANSLATE_NOOP("SettingSpec", "Deutsch")}}},
             {"tray-icon",
              QT_TRANSLATE_NOOP("SettingSpec", "&Icon in the panel"),
              Editor::Choice,
              nullptr,
              nullptr,
              {{"colours", QT_TRANSLATE_NOOP("SettingSpec", "In colours")},
               {"light", QT_TRANSLATE_NOOP("SettingSpec", "Light, for a dark panel")},
               {"dark", QT_TRANSLATE_NOOP("SettingSpec", "Dark, for a light panel")}}},
             notificationsCheck()},
            applicationIntro()};
}

} // namespace

const QList<SettingPage> &SettingPage::all()
{
    static const QList<SettingPage> pages{serverPage(),     proxyPage(),  approvalPage(),
                                          commandsPage(),   eventsPage(), historyPage(),
                                          applicationPage()};
    return pages;
}

const SettingPage &SettingPage::address()
{
    static const SettingPage page{QT_TRANSLATE_NOOP("SettingSpec", "Server"),
                                  addressFields() << caFile()};
    return page;
}

const SettingPage &SettingPage::application()
{
    static const SettingPage page{QT_TRANSLATE_NOOP("SettingSpec", "Application"),
                                  {notificationsCheck()},
                                  applicationIntro()};
    return page;
}
