// SPDX-License-Identifier: Apache-2.0
#include "eventtext.h"

#include "colours.h"
#include "cometaclient.h"
#include "plain.h"
#include "ruleeventtext.h"
#include "visibletext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace EventText {
namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(EventText)
};

QString visible(const QString &text)
{
    return VisibleText::encode(text.toUtf8());
}

QString value(const QJsonObject &data, QLatin1StringView name)
{
    return visible(data.value(name).toString());
}

bool is(const JournalEntry &entry, QLatin1StringView kind, QLatin1StringView name,
        QLatin1StringView text)
{
    return entry.kind == kind && entry.data.value(name).toString() == text;
}

bool isLost(const JournalEntry &entry)
{
    return is(entry, "link"_L1, "state"_L1, "waiting"_L1);
}

QString linkSentence(const JournalEntry &entry)
{
    const QJsonObject &data = entry.data;
    const QString state = data.value("state"_L1).toString();
    if (state == "attached"_L1) {
        const bool encrypted = data.value("encrypted"_L1).toBool();
        return (encrypted ? Text::tr("Attached to %1 as %2, encrypted")
                          : Text::tr("Attached to %1 as %2, not encrypted"))
            .arg(value(data, "to"_L1), value(data, "device"_L1));
    }
    if (state == "waiting"_L1)
        return (data.value("status"_L1).toInt() > 0 ? Text::tr("Refused: %1")
                                                    : Text::tr("Not connected: %1"))
            .arg(value(data, "detail"_L1));
    if (state == "paused"_L1)
        return Text::tr("Paused by you");
    return state == "disconnected"_L1 ? Text::tr("Detached") : visible(state);
}

QString agentSentence(const QJsonObject &data)
{
    if (!data.contains("started"_L1))
        return Text::tr("Cometa Agent ended");
    const bool isSetUp = data.value("set_up"_L1).toBool(true);
    return (isSetUp ? Text::tr("Cometa Agent %1 started")
                    : Text::tr("Cometa Agent %1 started, not set up yet"))
        .arg(value(data, "started"_L1));
}

QString settingsSentence(const QJsonObject &data)
{
    QStringList names;
    const QJsonArray changed = data.value("changed"_L1).toArray();
    for (const auto &name : changed)
        names.append(visible(name.toString()));
    return Text::tr("Settings changed: %1").arg(names.join(", "_L1));
}

QString windowSentence(const QJsonObject &data)
{
    const int minutes = data.value("minutes"_L1).toInt();
    return minutes > 0 ? Text::tr("Everything is approved for %1 min").arg(minutes)
                       : Text::tr("“Allow everything” has ended");
}

QString eventSentence(const JournalEntry &entry)
{
    return VisibleText::encode(payload(entry));
}

QString journalSentence(const JournalEntry &entry)
{
    if (entry.kind == "checkpoint"_L1)
        return Text::tr("Old history was removed, rows %1 to %2")
            .arg(entry.data.value("from"_L1).toInteger())
            .arg(entry.data.value("through"_L1).toInteger());
    if (is(entry, "chain"_L1, "event"_L1, "begin"_L1))
        return Text::tr("The history begins");
    if (entry.kind == "journal"_L1)
        return Text::tr("The history can be written again");
    return Text::tr("The history was mended when the agent started: %1")
        .arg(visible(QString::fromUtf8(QJsonDocument(entry.data).toJson(QJsonDocument::Compact))));
}

} // namespace

QString kind(const QString &kind)
{
    if (kind == "link"_L1)
        return Text::tr("Connection");
    if (kind == "event"_L1)
        return Text::tr("Event sent");
    if (kind == "outbox"_L1)
        return Text::tr("Event lost");
    if (kind == "agent"_L1)
        return Text::tr("Agent");
    if (kind == "settings"_L1)
        return Text::tr("Settings");
    if (kind == "window"_L1)
        return Text::tr("Approval");
    if (kind == "rule"_L1)
        return Text::tr("Rules");
    if (kind == "owner"_L1)
        return Text::tr("You");
    if (kind == "journal"_L1 || kind == "chain"_L1 || kind == "checkpoint"_L1)
        return Text::tr("History");
    return visible(kind);
}

QString sentence(const JournalEntry &entry)
{
    if (entry.kind == "link"_L1)
        return linkSentence(entry);
    if (entry.kind == "event"_L1)
        return eventSentence(entry);
    if (entry.kind == "outbox"_L1)
        return Text::tr("%1 waiting events were dropped, since there was no more room")
            .arg(entry.data.value("dropped"_L1).toInt());
    if (entry.kind == "agent"_L1)
        return agentSentence(entry.data);
    if (entry.kind == "settings"_L1)
        return settingsSentence(entry.data);
    if (entry.kind == "window"_L1)
        return windowSentence(entry.data);
    if (entry.kind == "rule"_L1)
        return RuleEventText::sentence(entry.data);
    if (entry.kind == "owner"_L1)
        return entry.data.value("present"_L1).toBool()
            ? Text::tr("You are back")
            : Text::tr("The screen is locked, or you are away");
    if (entry.kind == "journal"_L1 || entry.kind == "chain"_L1 || entry.kind == "checkpoint"_L1)
        return journalSentence(entry);
    return VisibleText::encode(QJsonDocument(entry.data).toJson(QJsonDocument::Compact));
}

QString remedy(const JournalEntry &entry)
{
    if (entry.kind == "outbox"_L1)
        return Text::tr(
            "To keep more of them: Settings, Events, “Keep unsent events”. And see why the "
            "connection was down.");
    if (is(entry, "chain"_L1, "event"_L1, "begin"_L1) || entry.kind == "checkpoint"_L1)
        return {};
    if (entry.kind == "chain"_L1)
        return Text::tr("To check what is there: cometactl log verify.");
    if (!isLost(entry))
        return {};
    return isRefusal(entry)
        ? Text::tr("It is tried again, at most once a minute, but will hardly work "
                   "before that is changed.")
        : Text::tr("It is tried again by itself, at least once a minute. If it "
                   "lasts: does the server run, and is the network up?");
}

bool isProblem(const JournalEntry &entry)
{
    const bool isMended =
        entry.kind == "chain"_L1 && !is(entry, "chain"_L1, "event"_L1, "begin"_L1);
    return isLost(entry) || isMended || entry.kind == "outbox"_L1 || entry.kind == "journal"_L1;
}

bool isRefusal(const JournalEntry &entry)
{
    using Error = CometaClient::Error;
    const auto error = Error(entry.data.value("error"_L1).toInt(int(Error::Network)));
    return isLost(entry) && error != Error::Network && error != Error::Timeout;
}

QString symbol(const JournalEntry &entry)
{
    if (entry.kind == "event"_L1)
        return u"↑"_s;
    if (isProblem(entry))
        return isLost(entry) && !isRefusal(entry) ? u"○"_s : u"✕"_s;
    if (entry.kind == "link"_L1)
        return is(entry, "link"_L1, "state"_L1, "attached"_L1) ? u"●"_s : u"‖"_s;
    if (entry.kind == "agent"_L1)
        return entry.data.contains("started"_L1) ? u"▶"_s : u"■"_s;
    return u"◆"_s;
}

QColor colour(const JournalEntry &entry, const QPalette &palette)
{
    if (isProblem(entry))
        return Colours::of(isLost(entry) && !isRefusal(entry) ? Colours::Amber : Colours::Red,
                           palette);
    if (is(entry, "link"_L1, "state"_L1, "attached"_L1))
        return Colours::of(Colours::Green, palette);
    if (entry.kind == "event"_L1)
        return Colours::of(Colours::Blue, palette);
    return entry.kind == "link"_L1 ? Colours::of(Colours::Grey, palette) : QColor();
}

QByteArray payload(const JournalEntry &entry)
{
    if (entry.kind != "event"_L1)
        return {};
    if (entry.data.contains("event_base64"_L1))
        return QByteArray::fromBase64(entry.data.value("event_base64"_L1).toString().toLatin1());
    return entry.data.value("event"_L1).toString().toUtf8();
}

QString heartbeats(int count, const QDateTime &last)
{
    const QString number = count == 1 ? Text::tr("1 heartbeat")
                                      : Text::tr("%1 heartbeats").arg(QLocale().toString(count));
    return last.isValid() ? Text::tr("%1, the last at %2").arg(number, Plain::shortTime(last))
                          : number;
}

QString when(const QDateTime &time, const QDateTime &now)
{
    const qint64 seconds = time.secsTo(now);
    if (seconds < 0 || seconds >= 3600)
        return Plain::shortTime(time);
    if (seconds < 10)
        return Text::tr("just now");
    return seconds < 60 ? Text::tr("%1 s ago").arg(seconds)
                        : Text::tr("%1 min ago").arg(seconds / 60);
}

QString length(std::chrono::seconds length)
{
    const qint64 seconds = std::max<qint64>(0, length.count());
    if (seconds < 60)
        return Text::tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return Text::tr("%1 min").arg(seconds / 60);
    const qint64 minutes = seconds / 60 % 60;
    if (seconds < 86'400)
        return minutes == 0 ? Text::tr("%1 h").arg(seconds / 3600)
                            : Text::tr("%1 h %2 min").arg(seconds / 3600).arg(minutes);
    return Text::tr("%1 d %2 h").arg(seconds / 86'400).arg(seconds / 3600 % 24);
}

} // namespace EventText
