// SPDX-License-Identifier: Apache-2.0
#include "settingspecs.h"

#define SETTING(text) QT_TRANSLATE_NOOP("SettingSpec", text)

namespace {

using Editor = SettingSpec::Editor;

SettingPage serverPage()
{
    return {SETTING("Server"),
            {{"server", SETTING("&Server"), Editor::Text, SETTING("cometa.example.org")},
             {"port", SETTING("&Port")},
             {"app", SETTING("&Application id"), Editor::Text, SETTING("as the server knows it")},
             {"device", SETTING("&Device id"), Editor::Text, SETTING("from the network card")},
             {"info", SETTING("D&escription"), Editor::Text, SETTING("name of the system")},
             {"tls",
              SETTING("E&ncryption"),
              Editor::Choice,
              nullptr,
              {{"auto", SETTING("Automatic (on port 443, and where it was on before)")},
               {"yes", SETTING("On (TLS)")},
               {"no", SETTING("Off")}}},
             {"ca-file", SETTING("&CA certificate"), Editor::File, SETTING("those of the system")},
             {"pin", SETTING("P&in of the key"), Editor::Text,
              SETTING("SHA-256, 64 hexadecimal digits; optional")},
             {"cert-file", SETTING("Client ce&rtificate"), Editor::File, SETTING("none")},
             {"key-file", SETTING("Client &key"), Editor::File, SETTING("none")}}};
}

SettingPage approvalPage()
{
    return {SETTING("Approval"),
            {{"approve",
              SETTING("&Commands"),
              Editor::Choice,
              nullptr,
              {{"ask", SETTING("Ask me, unless a rule decides")},
               {"rules", SETTING("Only what a rule allows; deny the rest")}}},
             {"locked",
              SETTING("&Screen locked"),
              Editor::Choice,
              nullptr,
              {{"hold", SETTING("Let commands wait until I am back")},
               {"deny", SETTING("Deny commands")}}},
             {"approval-deadline", SETTING("Time to &decide, s")},
             {"max-awaiting", SETTING("At most &waiting")},
             {"trust-plaintext", SETTING("Rules and “allow everything” also without &encryption"),
              Editor::Check}}};
}

SettingPage commandsPage()
{
    return {
        SETTING("Commands"),
        {{"time-limit", SETTING("&Time limit, s")},
         {"max-running", SETTING("At most &running")},
         {"reply-budget", SETTING("Re&ply within, s"), Editor::Text, SETTING("automatic")},
         {"reply-limit", SETTING("&Longest reply, bytes")},
         {"accept-text", SETTING("Take plain &text messages as commands, too"), Editor::Check}}};
}

SettingPage eventsPage()
{
    return {SETTING("Events"),
            {{"event-interval", SETTING("&Time stamp every, s"), Editor::Text, SETTING("0: none")},
             {"outbox-events", SETTING("Keep &unsent events")},
             {"outbox-bytes", SETTING("… in at most, &bytes")}}};
}

SettingPage historyPage()
{
    return {SETTING("History"),
            {{"keep-days", SETTING("Keep for, &days")},
             {"keep-megabytes", SETTING("… in at most, &MiB")}}};
}

} // namespace

const QList<SettingPage> &SettingPage::all()
{
    static const QList<SettingPage> pages{serverPage(), approvalPage(), commandsPage(),
                                          eventsPage(), historyPage()};
    return pages;
}
