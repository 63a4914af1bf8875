// SPDX-License-Identifier: Apache-2.0
#include "settingspecs.h"

#define SETTING(text) QT_TRANSLATE_NOOP("SettingSpec", text)

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
            SETTING("&Encryption"),
            Editor::Choice,
            SETTING("Automatic: on port 443, and with every server that was reached that way "
                    "before"),
            nullptr,
            {{"auto", SETTING("Automatic")}, {"yes", SETTING("On (TLS)")}, {"no", SETTING("Off")}}};
}

QList<SettingSpec> addressFields()
{
    return {{"server", SETTING("&Server"), Editor::Text, SETTING("cometa.example.org")},
            number("port", SETTING("&Port"), nullptr),
            encryption(),
            {"app", SETTING("&Application id"), Editor::Text, SETTING("as the server knows it")},
            {"device", SETTING("&Device id"), Editor::Text}};
}

SettingPage serverPage()
{
    return {SETTING("Server"),
            addressFields()
                + QList<SettingSpec>{
                    {"info", SETTING("Descriptio&n"), Editor::Text},
                    {"ca-file", SETTING("&CA certificate"), Editor::File,
                     SETTING("those of the system")},
                    {"pin", SETTING("P&in of the key"), Editor::Text,
                     SETTING("optional; SHA-256, 64 hexadecimal digits")},
                    {"cert-file", SETTING("Client ce&rtificate"), Editor::File, SETTING("none")},
                    {"key-file", SETTING("Client &key"), Editor::File, SETTING("none")}}};
}

SettingPage approvalPage()
{
    return {
        SETTING("Approval"),
        {{"approve",
          SETTING("&Commands"),
          Editor::Choice,
          nullptr,
          nullptr,
          {{"ask", SETTING("By rule, else ask me")}, {"rules", SETTING("By rule, else deny")}}},
         {"locked",
          SETTING("&Screen locked"),
          Editor::Choice,
          nullptr,
          nullptr,
          {{"hold", SETTING("Commands wait for me")}, {"deny", SETTING("Commands are denied")}}},
         number("approval-deadline", SETTING("Time to &decide"), SETTING("seconds")),
         number("max-awaiting", SETTING("May &wait"), SETTING("commands at a time")),
         number("automatic-runs", SETTING("&Run by rule"), SETTING("commands a minute")),
         check("trust-plaintext", SETTING("Run by rule without e&ncryption, too"))},
        SETTING("A command runs after you approved it, or by a rule that you made. What nobody "
                "decides in time is not run.")};
}

SettingPage commandsPage()
{
    return {
        SETTING("Commands"),
        {number("time-limit", SETTING("&Time limit"), SETTING("seconds")),
         number("max-running", SETTING("May &run"), SETTING("commands at a time")),
         number("reply-budget", SETTING("Re&ply within"), SETTING("seconds"), SETTING("automatic")),
         number("reply-limit", SETTING("&Longest reply"), SETTING("bytes")),
         check("accept-text", SETTING("Ta&ke plain text as a command, too"))},
        SETTING("Limits for commands that run. What takes longer than the reply may is answered "
                "“pending”, and its outcome follows as an event.")};
}

SettingPage eventsPage()
{
    return {SETTING("Events"),
            {number("event-interval", SETTING("&Time stamp every"), SETTING("seconds; 0 for none")),
             number("outbox-events", SETTING("Keep &unsent"), SETTING("events")),
             number("outbox-bytes", SETTING("&In at most"), SETTING("bytes"))},
            SETTING("What this computer tells the server. Events wait here while the link is "
                    "down.")};
}

SettingPage historyPage()
{
    return {SETTING("History"),
            {number("keep-days", SETTING("&Keep for"), SETTING("days")),
             number("keep-megabytes", SETTING("&In at most"), SETTING("MiB"))},
            SETTING("Everything that was asked, decided and run is kept in a journal. Older "
                    "entries are removed.")};
}

SettingPage applicationPage()
{
    return {SETTING("Application"),
            {check("notifications", SETTING("&Notify me when a command waits"))},
            SETTING("A notification tells that a command waits; it is approved in the window "
                    "alone. At log-in the agent starts as an icon, without its window.")};
}

} // namespace

const QList<SettingPage> &SettingPage::all()
{
    static const QList<SettingPage> pages{serverPage(), approvalPage(), commandsPage(),
                                          eventsPage(), historyPage(),  applicationPage()};
    return pages;
}

const SettingPage &SettingPage::address()
{
    static const SettingPage page{SETTING("Server"), addressFields()};
    return page;
}

const SettingPage &SettingPage::application()
{
    return all().constLast();
}
