// SPDX-License-Identifier: Apache-2.0
#include "eventtext.h"

#include "visibletext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace EventText {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("EventText", text);
}

QString visible(const QString &text)
{
    return VisibleText::encode(text.toUtf8());
}

QString value(const QJsonObject &data, const char *name)
{
    return visible(data.value(QLatin1String(name)).toString());
}

QString linkSentence(const QJsonObject &data)
{
    const QString state = data.value(QLatin1String("state")).toString();
    if (state == QLatin1String("attached")) {
        const bool encrypted = data.value(QLatin1String("encrypted")).toBool();
        return (encrypted ? tr("Attached to %1 as %2, encrypted")
                          : tr("Attached to %1 as %2, not encrypted"))
            .arg(value(data, "to"), value(data, "device"));
    }
    if (state == QLatin1String("waiting"))
        return tr("Connection lost: %1").arg(value(data, "detail"));
    if (state == QLatin1String("paused"))
        return tr("Paused by you");
    return state == QLatin1String("disconnected") ? tr("Detached") : visible(state);
}

QString agentSentence(const QJsonObject &data)
{
    if (data.contains(QLatin1String("started")))
        return tr("Cometa Agent %1 started").arg(value(data, "started"));
    return tr("Cometa Agent ended");
}

QString settingsSentence(const QJsonObject &data)
{
    QStringList names;
    const QJsonArray changed = data.value(QLatin1String("changed")).toArray();
    for (const auto &name : changed)
        names.append(visible(name.toString()));
    return tr("Settings changed: %1").arg(names.join(QLatin1String(", ")));
}

QString windowSentence(const QJsonObject &data)
{
    const int minutes = data.value(QLatin1String("minutes")).toInt();
    return minutes > 0 ? tr("Everything is approved for %1 min").arg(minutes)
                       : tr("“Allow everything” has ended");
}

} // namespace

QString kind(const QString &kind)
{
    if (kind == QLatin1String("link"))
        return tr("Connection");
    if (kind == QLatin1String("event"))
        return tr("Event sent");
    if (kind == QLatin1String("agent"))
        return tr("Agent");
    if (kind == QLatin1String("settings"))
        return tr("Settings");
    if (kind == QLatin1String("window"))
        return tr("Approval");
    return visible(kind);
}

QString sentence(const JournalEntry &entry)
{
    if (entry.kind == QLatin1String("link"))
        return linkSentence(entry.data);
    if (entry.kind == QLatin1String("event") && entry.data.contains(QLatin1String("event")))
        return value(entry.data, "event");
    if (entry.kind == QLatin1String("agent"))
        return agentSentence(entry.data);
    if (entry.kind == QLatin1String("settings"))
        return settingsSentence(entry.data);
    if (entry.kind == QLatin1String("window"))
        return windowSentence(entry.data);
    return VisibleText::encode(QJsonDocument(entry.data).toJson(QJsonDocument::Compact));
}

} // namespace EventText
