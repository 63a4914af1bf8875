// SPDX-License-Identifier: Apache-2.0
#include "sendreply.h"

#include "outcome.h"
#include "sendexit.h"

#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <csignal>

using namespace Qt::StringLiterals;

namespace {

struct End
{
    QLatin1StringView code;
    const char *note;
    int exitCode;
};

constexpr std::array ends{
    End{"timed-out"_L1, "the command ran longer than it may, and was ended", SendExit::TimedOut},
    End{"denied"_L1, "denied", SendExit::NotApproved},
    End{"expired"_L1, "nobody decided in time: it expired", SendExit::NotApproved},
    End{"withdrawn"_L1, "the device lost its link before anybody decided: send it again",
        SendExit::NotApproved},
    End{"stopped"_L1, "stopped by the device's owner", SendExit::EndedEarly},
    End{"cancelled"_L1, "cancelled by a requester", SendExit::EndedEarly},
    End{"interrupted"_L1,
        "the device's agent ended while it was under way: it may have run in part",
        SendExit::EndedEarly},
    End{"failed"_L1, "the device could not run it", SendExit::EndedEarly},
    End{"busy"_L1, "too much waits or runs on the device: try again later", SendExit::Unavailable},
    End{"invalid"_L1, "the device refuses the request", SendExit::Refused},
};

QString decider(const QString &by)
{
    if (by == "user"_L1)
        return u" by the device's owner"_s;
    if (by == "rule"_L1)
        return u" by a rule of the device's owner"_s;
    return by == "policy"_L1 ? u" by the device's settings"_s : QString();
}

int signalNumber(const QString &name)
{
    for (int number = 1; number < NSIG; ++number) {
        if (signalName(number) == name)
            return number;
    }
    return 127; // no signal has it, and it does not look like success
}

QByteArray stream(const QJsonObject &object, QLatin1StringView name)
{
    const QByteArray text = object.value(name).toString().toUtf8();
    return object.value("encoding"_L1) == "base64"_L1 ? QByteArray::fromBase64(text) : text;
}

void readStreams(const QJsonObject &object, SendReply *reply)
{
    reply->output = stream(object, "stdout"_L1);
    reply->errorOutput = stream(object, "stderr"_L1);
    reply->isCut = object.value("truncated"_L1).toBool();
    if (!reply->isCut)
        return;
    const qint64 written =
        object.value("stdout_bytes"_L1).toInteger() + object.value("stderr_bytes"_L1).toInteger();
    const qint64 missing = written - reply->output.size() - reply->errorOutput.size();
    reply->isCut = missing != 0; // names of members of the request can be cut as well
    if (reply->isCut)
        reply->note = u"the output is cut in its middle, %1 bytes are missing; the device's owner "
                      "has the whole of request %2"_s.arg(missing)
                          .arg(reply->request);
}

void readExit(const QJsonObject &object, SendReply *reply)
{
    const QJsonValue signal = object.value("signal"_L1);
    const int exitCode = object.value("exit"_L1).toInt(-1);
    if (signal.isString()) {
        reply->exitCode = 128 + signalNumber(signal.toString());
        reply->note = u"the command was killed by "_s + signal.toString();
    } else if (exitCode < 0 || exitCode > 255) {
        reply->exitCode = SendExit::Failure;
        reply->note = u"the device does not say how the command ended"_s;
    } else {
        reply->exitCode = exitCode == 0 && reply->isCut ? SendExit::Incomplete : exitCode;
    }
}

void readEnd(const QJsonObject &object, const QString &code, SendReply *reply)
{
    const auto *end = std::find_if(ends.begin(), ends.end(),
                                   [&](const End &known) { return code == known.code; });
    if (end == ends.end()) {
        reply->exitCode = SendExit::Failure;
        reply->note = u"the device answers what this version does not know: "_s + code;
        return;
    }
    reply->exitCode = end->exitCode;
    reply->note = QString::fromLatin1(end->note) + decider(object.value("by"_L1).toString());
    const QString detail = object.value("detail"_L1).toString();
    if (!detail.isEmpty())
        reply->note += u": "_s + detail;
}

} // namespace

SendReply SendReply::of(const QByteArray &body)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    SendReply reply;
    // Another kind of device: whatever it answers is the output.
    if (!object.value("code"_L1).isString() || !object.value("msg"_L1).isString())
        reply.output = body;
    else
        reply = of(object);
    reply.json = body;
    return reply;
}

SendReply SendReply::of(const QJsonObject &value)
{
    SendReply reply;
    const QString code = value.value("code"_L1).toString();
    reply.json = QJsonDocument(value).toJson(QJsonDocument::Compact);
    reply.request = value.value("request"_L1).toString();
    if (code == "pending"_L1) {
        reply.kind = Kind::Pending;
        reply.state = value.value("state"_L1).toString();
    } else if (code == "unknown"_L1) {
        reply.kind = Kind::Unknown;
        reply.exitCode = SendExit::EndedEarly;
        reply.note = u"the device no longer knows request "_s + reply.request;
    } else {
        readStreams(value, &reply);
        if (code == "finished"_L1)
            readExit(value, &reply);
        else
            readEnd(value, code, &reply);
    }
    return reply;
}
