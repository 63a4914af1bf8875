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

QString field(const QString &name, const QString &value)
{
    return u"  %1 %2\n"_s.arg(name, -12).arg(value);
}

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

QString listLine(const QJsonObject &request)
{
    const QString state = request.value("state"_L1).toString();
    const QString end = ending(request);
    return u"%1  %2  %3  %4\n"_s.arg(CtlPrint::escaped(request.value("request"_L1).toString()), -10)
        .arg(localTime(request.value("received"_L1).toString()), -19)
        .arg(end.isEmpty() ? state : state + u", "_s + end, -18)
        .arg(VisibleText::encodeShort(CtlPrint::command(request), listedCommand));
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

QString numberedLines(const VisibleText &text)
{
    QString all;
    const QList<int> numbers = text.lineNumbers();
    const QList<QList<VisibleText::Segment>> lines = text.lines();
    for (qsizetype i = 0; i < lines.size(); ++i) {
        all += u"%1 | "_s.arg(numbers.at(i), 5);
        for (const VisibleText::Segment &segment : lines.at(i))
            all += segment.text;
        all += u'\n';
    }
    return all;
}

QString warnings(const VisibleText &text)
{
    QString all;
    if (text.hasHidden())
        all +=
            u"  Beware: it has hidden characters or bytes; they are shown as \\u{…} and \\x{…}.\n"_s;
    if (text.hasNonAscii())
        all += u"  Beware: it has characters that are not ASCII; they can look like others.\n"_s;
    return all;
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
    QString all = field(u"state"_s, text("state"_L1));
    all += field(u"server"_s,
                 u"%1:%2, %3"_s.arg(text("server"_L1))
                     .arg(status.value("port"_L1).toInt())
                     .arg(status.value("tls"_L1).toBool() ? u"encrypted"_s : u"NOT encrypted"_s));
    all += field(u"application"_s, text("app"_L1));
    all += field(u"device"_s, text("device"_L1));
    all += field(u"approval"_s, text("approval"_L1));
    if (status.value("window_until"_L1).isDouble()) {
        const auto end = QDateTime::fromSecsSinceEpoch(status.value("window_until"_L1).toInteger());
        all += field(u"open until"_s, end.toString(u"HH:mm:ss"_s) + u" (everything is approved)"_s);
    }
    const int awaiting = status.value("awaiting"_L1).toInt();
    const bool approvesHere = status.value("approves"_L1).toBool();
    all += field(u"waiting"_s,
                 count(awaiting, u"request"_s, u"requests"_s)
                     + (awaiting == 0      ? QString()
                            : approvesHere ? u": cometactl review"_s
                                           : u": decide in the window"_s));
    all +=
        field(u"running"_s, count(status.value("running"_L1).toInt(), u"command"_s, u"commands"_s));
    all += field(u"outbox"_s, count(status.value("outbox"_L1).toInt(), u"event"_s, u"events"_s));
    if (!text("detail"_L1).isEmpty())
        all += field(u"problem"_s, text("detail"_L1));
    if (!text("warning"_L1).isEmpty())
        all += field(u"warning"_s, text("warning"_L1));
    all +=
        field(u"version"_s,
              u"%1, process %2"_s.arg(text("version"_L1)).arg(status.value("pid"_L1).toInteger()));
    return all;
}

QString CtlPrint::requests(const QJsonArray &requests)
{
    if (requests.isEmpty())
        return u"No requests.\n"_s;
    QString all;
    for (const QJsonValue request : requests)
        all += listLine(request.toObject());
    return all;
}

QString CtlPrint::prompt(const QJsonObject &request, const QJsonObject &status)
{
    const QByteArray bytes = command(request);
    QString all = u"\nRequest %1 waits for your approval; %2 left.\n"_s.arg(
        escaped(request.value("request"_L1).toString()),
        length(request.value("remaining_ms"_L1).toInteger() / 1000));
    all += field(u"from"_s, whence(request, status));
    all += field(u"received"_s, localTime(request.value("received"_L1).toString()));
    if (request.value("reason"_L1).isString())
        all += field(u"reason"_s,
                     escaped(request.value("reason"_L1).toString())
                         + u"  (says the requester, unverified)"_s);
    if (!ignored(request).isEmpty())
        all += field(u"ignored"_s, ignored(request) + u"  (not understood, without effect)"_s);
    if (request.value("timeout"_L1).toInteger() > 0)
        all += field(u"time limit"_s,
                     u"%1 s asked for"_s.arg(request.value("timeout"_L1).toInteger()));
    all += field(u"command"_s, measure(bytes) + u", run by /bin/sh with all of your rights:"_s);
    return all + lines(bytes);
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

QString CtlPrint::lines(const QByteArray &command)
{
    const VisibleText text(command);
    return numberedLines(text) + warnings(text);
}
