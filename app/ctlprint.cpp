// SPDX-License-Identifier: Apache-2.0
#include "ctlprint.h"

#include "errorline.h"
#include "jsontext.h"
#include "visibletext.h"

#include <QDateTime>
#include <QJsonDocument>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype listedCommand = 60; // characters of a command in a list

QString count(qint64 number, const QString &one, const QString &many)
{
    return u"%1 %2"_s.arg(number).arg(number == 1 ? one : many);
}

QString localTime(const QString &utc)
{
    return QDateTime::fromString(utc, Qt::ISODateWithMs)
        .toLocalTime()
        .toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

QString ending(const QJsonObject &request)
{
    if (request.value("signal"_L1).isString())
        return request.value("signal"_L1).toString();
    if (request.value("exit"_L1).isDouble())
        return u"exit %1"_s.arg(request.value("exit"_L1).toInt());
    return {};
}

void addListed(const QJsonObject &request, TerminalRows *rows)
{
    const QString state = request.value("state"_L1).toString();
    const QString end = ending(request);
    rows->addListed(
        u"%1  %2  %3  "_s.arg(CtlPrint::escaped(request.value("request"_L1).toString()), -10)
            .arg(localTime(request.value("received"_L1).toString()), -19)
            .arg(end.isEmpty() ? state : state + u", "_s + end, -18),
        VisibleText::encodeShort(CtlPrint::command(request), listedCommand));
}

QString whence(const QJsonObject &request, const QJsonObject &status)
{
    const QString scope = CtlPrint::escaped(request.value("scope"_L1).toString());
    const bool encrypted = status.value("tls"_L1).toBool();
    return scope + (encrypted ? u" (encrypted link)"_s : u" (link NOT encrypted)"_s);
}

QString ignored(const QJsonObject &request)
{
    QStringList names;
    for (const QJsonValue name : request.value("ignored"_L1).toArray())
        names += CtlPrint::escaped(name.toString());
    return names.join(u", "_s);
}

} // namespace

void CtlPrint::out(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stdout);
    std::fflush(stdout);
}

void CtlPrint::error(const QString &line)
{
    ErrorLine::write(line.toUtf8());
}

void CtlPrint::json(const QJsonValue &value)
{
    const QJsonDocument document =
        value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    out(QString::fromUtf8(JsonText::line(document)) + u'\n');
}

QString CtlPrint::escaped(const QString &text)
{
    return VisibleText::encode(text.toUtf8());
}

QByteArray CtlPrint::command(const QJsonObject &request)
{
    return VisibleText::decode(request.value("cmd"_L1).toString()).value_or(QByteArray());
}

QString CtlPrint::status(const QJsonObject &status)
{
    const auto text = [&](QLatin1StringView name) {
        return escaped(status.value(name).toString());
    };
    TerminalRows rows = TerminalRows::forOutput();
    rows.addField(u"state"_s, text("state"_L1));
    rows.addField(u"server"_s,
                  u"%1:%2, %3"_s.arg(text("server"_L1))
                      .arg(status.value("port"_L1).toInt())
                      .arg(status.value("tls"_L1).toBool() ? u"encrypted"_s : u"NOT encrypted"_s));
    rows.addField(u"application"_s, text("app"_L1));
    rows.addField(u"device"_s, text("device"_L1));
    rows.addField(u"approval"_s, text("approval"_L1));
    if (status.value("window_until"_L1).isDouble()) {
        const auto end = QDateTime::fromSecsSinceEpoch(status.value("window_until"_L1).toInteger());
        rows.addField(u"open until"_s,
                      end.toString(u"HH:mm:ss"_s) + u" (everything is approved)"_s);
    }
    const int awaiting = status.value("awaiting"_L1).toInt();
    const bool approvesHere = status.value("approves"_L1).toBool();
    rows.addField(u"waiting"_s,
                  count(awaiting, u"request"_s, u"requests"_s)
                      + (awaiting == 0      ? QString()
                             : approvesHere ? u": cometactl review"_s
                                            : u": decide in the window"_s));
    rows.addField(u"running"_s,
                  count(status.value("running"_L1).toInt(), u"command"_s, u"commands"_s));
    rows.addField(u"outbox"_s, count(status.value("outbox"_L1).toInt(), u"event"_s, u"events"_s));
    if (!text("detail"_L1).isEmpty())
        rows.addField(u"problem"_s, text("detail"_L1));
    if (!text("warning"_L1).isEmpty())
        rows.addField(u"warning"_s, text("warning"_L1));
    rows.addField(
        u"version"_s,
        u"%1, process %2"_s.arg(text("version"_L1)).arg(status.value("pid"_L1).toInteger()));
    return rows.text();
}

QString CtlPrint::requests(const QJsonArray &requests)
{
    if (requests.isEmpty())
        return u"No requests.\n"_s;
    TerminalRows rows = TerminalRows::forOutput();
    for (const QJsonValue request : requests)
        addListed(request.toObject(), &rows);
    return rows.text();
}

TerminalRows CtlPrint::prompt(const QJsonObject &request, const QJsonObject &status, int columns)
{
    const QByteArray bytes = command(request);
    TerminalRows rows(columns);
    rows.add(QString());
    rows.add(u"Request %1 waits for your approval; %2 left."_s.arg(
        escaped(request.value("request"_L1).toString()),
        length(request.value("remaining_ms"_L1).toInteger() / 1000)));
    rows.addField(u"from"_s, whence(request, status));
    rows.addField(u"received"_s, localTime(request.value("received"_L1).toString()));
    if (request.value("reason"_L1).isString()) {
        rows.addField(u"reason"_s, u"says the requester, unverified:"_s);
        rows.addQuoted(escaped(request.value("reason"_L1).toString()));
    }
    if (!ignored(request).isEmpty()) {
        rows.addField(u"ignored"_s, u"not understood, without effect:"_s);
        rows.addQuoted(ignored(request));
    }
    if (request.value("timeout"_L1).toInteger() > 0)
        rows.addField(u"time limit"_s,
                      u"%1 s asked for"_s.arg(request.value("timeout"_L1).toInteger()));
    rows.addField(u"command"_s, measure(bytes) + u", run by /bin/sh with all of your rights:"_s);
    rows.addCommand(bytes);
    return rows;
}

TerminalRows CtlPrint::summary(const QJsonObject &request, const QJsonObject &status, int columns)
{
    TerminalRows rows(columns);
    rows.addField(u"request"_s, escaped(request.value("request"_L1).toString()));
    rows.addField(u"from"_s, whence(request, status));
    rows.addField(u"command"_s, u"ends here: "_s + measure(command(request)));
    return rows;
}

QString CtlPrint::length(qint64 seconds)
{
    return seconds < 60 ? u"%1 s"_s.arg(seconds)
                        : u"%1 min %2 s"_s.arg(seconds / 60).arg(seconds % 60);
}

QString CtlPrint::measure(const QByteArray &command)
{
    return count(VisibleText(command).lineCount(), u"line"_s, u"lines"_s) + u", "_s
        + count(command.size(), u"byte"_s, u"bytes"_s);
}
