// SPDX-License-Identifier: Apache-2.0
#include "resultwatch.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <utility>

using namespace Qt::StringLiterals;

ResultWatch::ResultWatch(const SendOptions &options, SendRequest *server, QObject *parent)
    : QObject(parent), m_options(options), m_server(server)
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &ResultWatch::lookNext);
    connect(m_server, &SendRequest::answered, this, &ResultWatch::handleAnswer);
    connect(m_server, &SendRequest::failed, this, &ResultWatch::handleFailure);
}

void ResultWatch::setPace(const Pace &pace)
{
    m_pace = pace;
}

void ResultWatch::start(const QString &request)
{
    m_request = request;
    m_isWatching = true;
    m_deviceDue.setRemainingTime(m_pace.device);
    ask(Question::Events);
}

void ResultWatch::stop()
{
    m_isWatching = false;
    m_next.stop();
    m_server->abort();
}

void ResultWatch::lookNext()
{
    ask(m_hasEvents && !m_cut && !m_deviceDue.hasExpired() ? Question::Events : Question::Device);
}

void ResultWatch::ask(Question question)
{
    m_question = question;
    m_next.stop();
    if (question == Question::Events)
        return m_server->getEvents(m_since);
    m_deviceDue.setRemainingTime(m_pace.device);
    const QJsonObject object{{u"op"_s, u"result"_s}, {u"request"_s, m_request}};
    m_server->post(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

void ResultWatch::handleAnswer(const SendRequest::Answer &answer)
{
    if (!m_isWatching)
        return;
    m_next.start(m_hasEvents ? m_pace.events : m_pace.deviceOnly);
    if (answer.status != 200)
        return takeRefusal(answer);
    setTrouble({});
    if (m_question == Question::Events)
        takeEvents(answer.body);
    else
        takeDeviceAnswer(answer.body);
}

void ResultWatch::handleFailure(const QString &error)
{
    if (!m_isWatching)
        return;
    if (m_cut) // better than nothing
        return end(*std::exchange(m_cut, std::nullopt));
    setTrouble(error);
    m_next.start(m_hasEvents ? m_pace.events : m_pace.deviceOnly);
}

void ResultWatch::takeRefusal(const SendRequest::Answer &answer)
{
    if (m_cut && answer.status != 423)
        return end(*std::exchange(m_cut, std::nullopt));
    if (answer.status == 401 || answer.status == 403) {
        stop();
        Q_EMIT refused(SendRefusal::of(answer, m_options));
        return;
    }
    const bool isKnown = answer.status == 418 || answer.status == 429 || answer.status >= 500;
    if (m_question == Question::Events && !isKnown) {
        m_hasEvents = false;
        return lookNext();
    }
    if (answer.status != 423 && answer.status != 408) // others ask it as well: nothing to tell
        setTrouble(SendRefusal::of(answer, m_options).text);
}

void ResultWatch::takeEvents(const QByteArray &body)
{
    const QJsonObject page = QJsonDocument::fromJson(body).object();
    const QJsonArray events = page.value("events"_L1).toArray();
    for (const QJsonValue entry : events) {
        const QJsonObject event = entry.toObject().value("event"_L1).toObject();
        if (event.value("event"_L1) != "result"_L1 || event.value("request"_L1) != m_request)
            continue;
        const SendReply reply = SendReply::of(event);
        if (!reply.isCut)
            return end(reply);
        m_cut = reply; // an event has 32 kB at most; an answer has more
        return ask(Question::Device);
    }
    const qint64 next = page.value("next"_L1).toInteger();
    const bool isMore = !events.isEmpty() && next > m_since;
    m_since = std::max(next, m_since);
    if (isMore)
        ask(Question::Events);
}

void ResultWatch::takeDeviceAnswer(const QByteArray &body)
{
    const SendReply reply = SendReply::of(body);
    const bool isOurs = reply.request == m_request;
    if (m_cut)
        return end(isOurs && reply.kind == SendReply::Kind::Ended
                       ? reply
                       : *std::exchange(m_cut, std::nullopt));
    if (isOurs && reply.kind == SendReply::Kind::Pending)
        Q_EMIT stateChanged(reply.state);
    else if (isOurs)
        end(reply);
}

void ResultWatch::setTrouble(const QString &why)
{
    if (m_trouble == why)
        return;
    m_trouble = why;
    Q_EMIT troubled(why);
}

void ResultWatch::end(const SendReply &reply)
{
    stop();
    Q_EMIT ended(reply);
}
