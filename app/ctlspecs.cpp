// SPDX-License-Identifier: Apache-2.0
#include "ctlspecs.h"

namespace {

constexpr OptionSpec jsonOption{"json", nullptr, "Print JSON, for programs."};

constexpr std::array<OptionSpec, 15> secretOptions{
    OptionSpec{"server", "HOST", "The Cometa server: a name or an address."},
    OptionSpec{"port", "N", "Its port (default 443)."},
    OptionSpec{"app", "ID", "The application id that the server knows."}};

constexpr std::array commands{
    CommandSpec{"status",
                "[--json]",
                0,
                0,
                "show the link, what waits and what runs",
                "Shows where the agent is attached, who approves commands, how many wait for\n"
                "approval or run, and what is wrong.\n",
                {jsonOption}},
    CommandSpec{"requests",
                "[--json]",
                0,
                0,
                "list the requests: the last 100 and those alive",
                "One line a request, the newest last. Commands are shown with escapes for\n"
                "whatever could not be seen otherwise; --json has them whole.\n",
                {jsonOption}},
    CommandSpec{"review",
                "[REQUEST] [--approve SHA256]",
                0,
                1,
                "show what waits for approval and decide",
                "Shows who asks and the whole command, then asks whether to approve it. Without\n"
                "REQUEST everything that waits is gone through, the oldest first. What is taller\n"
                "than the terminal comes a screenful at a time: Return goes on.\n"
                "\n"
                "Only cometa-agentd lets itself be approved here; cometa-agent has a window.\n"
                "Scripts, which have no terminal, give --approve with the SHA-256 of the command\n"
                "that they mean; it is in \"cometactl requests --json\".\n",
                {OptionSpec{"approve", "SHA256",
                            "Approve REQUEST without asking, if its command has this hash."}}},
    CommandSpec{"deny",
                "REQUEST [--reason TEXT]",
                1,
                1,
                "refuse a request that waits for approval",
                "The requester is told that it was denied.\n",
                {OptionSpec{"reason", "TEXT", "Why; the requester is told."}}},
    CommandSpec{"stop",
                "[REQUEST | --all]",
                0,
                1,
                "end a request that waits or runs",
                "A running command is ended with everything that it started, within 2 seconds.\n",
                {OptionSpec{"all", nullptr, "End all requests."}}},
    CommandSpec{"pause",
                "",
                0,
                0,
                "detach from the server until \"cometactl resume\"",
                "Commands that run go on; their outcome is sent when the link is back.\n",
                {}},
    CommandSpec{"resume", "", 0, 0, "attach again after a pause", "", {}},
    CommandSpec{
        "event",
        "[TEXT]",
        0,
        1,
        "send an event to the server",
        "For example:  cometactl event '{\"temp\":21}'\n"
        "\n"
        "Without TEXT the events are read from standard input, one a line. An event has at\n"
        "most 32755 bytes. While the link is down events wait on disk, in order.\n",
        {}},
    CommandSpec{
        "send",
        "--server HOST --app ID --device ID -- COMMAND",
        1,
        MaximumWords,
        "send a command to a device through a Cometa server",
        "For those who send commands; needs no agent on this machine. For example:\n"
        "\n"
        "  cometactl send --server cometa.example.org --app ops --device lab-3 -- df -h\n"
        "\n"
        "One word is a line of shell and is sent as it is: -- 'df -h | grep sda'. Several\n"
        "words are quoted, so that the device runs exactly these words. \"-\" reads the\n"
        "command from standard input. Prints what the command wrote, and waits while the\n"
        "device's owner decides or the command runs. Ctrl+C cancels it once the device\n"
        "has said that this takes a while (\"pending\"); before that it may still run.\n"
        "\n"
        "The application's secret is read from --secret-file, from the keychain of the\n"
        "desktop with --keychain (see cometactl secret store), or from COMETA_SECRET in the\n"
        "environment. Encrypts when the port is 443 or --tls, --ca-file or --pin is given;\n"
        "without encryption to another machine only with --no-tls.\n"
        "\n"
        "Exit status: the command's own; 128 + N when signal N killed it; otherwise\n"
        "  118  the command succeeded, but its output was too long and was cut\n"
        "  119  the server cannot be reached, or TLS does not accept it\n"
        "  120  refused: wrong secret or application, no such path, too long, not valid\n"
        "  121  the device is not attached, or is busy: try again\n"
        "  122  denied by the device's owner, or nobody decided in time\n"
        "  123  could not be started, was stopped, cancelled or interrupted\n"
        "  124  a time-out: --timeout, the owner's limit, --wait, or the server's\n"
        "  125  wrong usage, or another failure of cometactl itself\n"
        "  130  Ctrl+C\n",
        {OptionSpec{"server", "HOST", "The Cometa server: a name or an address."},
         OptionSpec{"port", "N", "Its port (default 443)."},
         OptionSpec{"app", "ID", "The application id that the server knows."},
         OptionSpec{"device", "ID", "The device that is to run the command."},
         OptionSpec{"secret-file", "FILE", "The application's secret is its first line."},
         OptionSpec{"keychain", nullptr, "The secret is in the keychain, which may ask you."},
         OptionSpec{"reason", "TEXT", "Why; the device's owner reads it."},
         OptionSpec{"timeout", "SECONDS", "The command may run so long at most."},
         OptionSpec{"wait", "SECONDS", "Wait so long for the outcome (default: as it takes)."},
         OptionSpec{"json", nullptr, "Print the reply as it came, for programs."},
         OptionSpec{"raw", nullptr, "Let control characters reach a terminal."},
         OptionSpec{"tls", nullptr, "Encrypt (default when the port is 443)."},
         OptionSpec{"no-tls", nullptr, "Do not encrypt."},
         OptionSpec{"ca-file", "PEM", "Trust the authorities in this file, and no others."},
         OptionSpec{"pin", "SHA256", "The server's public key must have this SHA-256."}}},
    CommandSpec{"secret store", "--server HOST [--port N] --app ID", 0, 0,
                "keep the secret of an application in the keychain",
                "Reads it from the terminal, which does not show it, or as the first line of\n"
                "standard input. \"cometactl send --keychain\" with the same server, port and\n"
                "application takes it from there. Needs a keychain in this session: a secret\n"
                "service such as GNOME Keyring, or KWallet.\n",
                secretOptions},
    CommandSpec{"secret forget", "--server HOST [--port N] --app ID", 0, 0,
                "remove the secret of an application from the keychain", "", secretOptions},
    CommandSpec{"rules list",
                "[--json]",
                0,
                0,
                "list the rules that decide without asking",
                "Each with the number that \"rules remove\" takes; --json has the commands whole.\n"
                "Rules for one session are known to the running agent alone.\n",
                {jsonOption}},
    CommandSpec{
        "rules add",
        "--allow | --deny [--for LENGTH] [--uses N] [--discard-output] [--scope SCOPE]",
        0,
        0,
        "make a rule for the command on standard input",
        "For example:  printf 'df -h' | cometactl rules add --allow --for 30d\n"
        "\n"
        "The rule holds for exactly the bytes that are read, but for one newline at the end,\n"
        "which is left out. They are shown, and the rule is made when you enter \"yes\" on the\n"
        "terminal; without a terminal it is not. A command with hidden characters cannot be\n"
        "allowed, and where allow and deny both match, deny wins.\n"
        "\n"
        "A running agent keeps its rules to itself: with cometa-agent make them in the window,\n"
        "end cometa-agentd first. The rule is recorded in the journal and is in force from the\n"
        "next start. Rules that were changed by anything else are off until you looked at them\n"
        "(\"rules trust\"), and none can be added until then.\n",
        {OptionSpec{"allow", nullptr, "Run the command without asking."},
         OptionSpec{"deny", nullptr, "Deny it without asking."},
         OptionSpec{"for", "LENGTH", "So long: 90m, 8h, 30d (default: until removed)."},
         OptionSpec{"uses", "N", "At most so many times."},
         OptionSpec{"discard-output", nullptr, "Keep nothing of what it writes on this computer."},
         OptionSpec{"scope", "SCOPE", "From this HOST:PORT/APP (default: that of the settings)."}}},
    CommandSpec{
        "rules remove",
        "NUMBER",
        1,
        1,
        "remove a rule",
        "NUMBER as \"rules list\" shows it. No agent may run meanwhile. A rule that denies is\n"
        "removed only when you enter \"yes\" on the terminal.\n",
        {}},
    CommandSpec{
        "rules trust",
        "",
        0,
        0,
        "use the rules that something else than the agent has changed",
        "Shows what is in the file now, or that it is gone, and takes that over when you enter\n"
        "\"yes\" on the terminal. Until then nothing is run without asking. No agent may run\n"
        "meanwhile.\n",
        {}},
    CommandSpec{
        "log search",
        "TEXT [--json]",
        1,
        1,
        "find requests in the journal",
        "Searches the commands and reasons of all requests in the journal. The newest 1000\n"
        "that match are listed. Works without a running agent, too.\n",
        {jsonOption}},
    CommandSpec{
        "log verify",
        "",
        0,
        0,
        "check that the journal is whole and unchanged",
        "Exit code 1 and the number of the first broken row when it is not. Works without a\n"
        "running agent, too.\n",
        {}},
    CommandSpec{
        "log export",
        "--format csv|json [--output FILE]",
        0,
        0,
        "write out the journal",
        "Columns: seq, time, kind, request, data, hash. Works without a running agent, too.\n",
        {OptionSpec{"format", "FORMAT", "\"csv\" or \"json\"."},
         OptionSpec{"output", "FILE",
                    "Write there, readable by you alone (default: standard output)."}}},
};

} // namespace

std::span<const CommandSpec> commandSpecs()
{
    return commands;
}
