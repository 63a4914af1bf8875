// SPDX-License-Identifier: Apache-2.0
#include "ctlsend.h"

#include "ctlprint.h"
#include "sendexit.h"
#include "terminaltext.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <unistd.h>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr auto cancelLimit = 5s;
constexpr auto quietTime = 1s; // a quick answer needs no word about the wait for it

} // namespace

CtlSend::CtlSend(const SendOptions &options, QObject *parent)
    : QObject(parent), m_options(options), m_server(options), m_watch(options, &m_server)
{
    connect(&m_server, &SendRequest::answered, this, &CtlSend::handleAnswer);
    connect(&m_server, &SendRequest::failed, this, &CtlSend::handleFailure);
    connect(&m_watch, &ResultWatch::ended, this, &CtlSend::finish);
    connect(&m_watch, &ResultWatch::stateChanged, this, &CtlSend::handleState);
    connect(&m_watch, &ResultWatch::troubled, this, &CtlSend::handleTrouble);
    connect(&m_watch, &ResultWatch::refused, this, &CtlSend::handleRefusal);
    connect(&m_limit, &Deadline::expired, this, &CtlSend::handleWaited);
    connect(&m_progress, &SendProgress::written, this, [](const QByteArray &bytes) {
        std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stderr);
        std::fflush(stderr);
    });
}

void CtlSend::start()
{
    QString error;
    if (!m_server.prepare(&error))
        return end(SendExit::Failure, error);
    if (m_options.wait.value_or(0s) > 0s)
        m_limit.start(*m_options.wait);
    m_progress.show(u"Waiting for device %1 to answer …"_s.arg(m_options.device), quietTime);
    m_server.post(m_options.message());
}

void CtlSend::interrupt()
{
    if (m_step != Step::Waiting)
        return end(SendExit::Interrupted,
                   m_step == Step::Sending
                       ? u"interrupted; the command may still run on the device"_s
                       : u"interrupted; request %1 was not cancelled"_s.arg(m_pending.request));
    m_step = Step::Cancelling;
    m_watch.stop();
    m_limit.start(cancelLimit);
    m_progress.show(u"Cancelling request %1 …"_s.arg(CtlPrint::escaped(m_pending.request)), 0ms);
    const QJsonObject cancel{{u"op"_s, u"cancel"_s}, {u"request"_s, m_pending.request}};
    m_server.post(QJsonDocument(cancel).toJson(QJsonDocument::Compact));
}

void CtlSend::handleAnswer(const SendRequest::Answer &answer)
{
    if (m_step == Step::Waiting || m_step == Step::Ended)
        return; // for the watch
    if (answer.status == 200)
        return handleReply(SendReply::of(answer.body));
    if (m_options.json && m_step == Step::Sending) {
        m_progress.clear();
        (void)print(answer.body + '\n', stdout); // the exit code says more
    }
    handleRefusal(SendRefusal::of(answer, m_options));
}

void CtlSend::handleFailure(const QString &error)
{
    if (m_step == Step::Sending)
        end(SendExit::Unreachable, error);
    else if (m_step == Step::Cancelling)
        end(SendExit::Interrupted,
            u"request %1 was not cancelled: %2"_s.arg(m_pending.request, error));
}

void CtlSend::handleReply(const SendReply &reply)
{
    const bool isPending = reply.kind == SendReply::Kind::Pending;
    if (m_step == Step::Sending && isPending)
        waitFor(reply);
    else if (m_step == Step::Sending)
        finish(reply);
    else if (reply.kind == SendReply::Kind::Ended)
        finishCancelled(reply);
    else
        end(SendExit::Interrupted, u"request %1 could not be cancelled"_s.arg(m_pending.request));
}

// It can have ended by itself before it was cancelled.
void CtlSend::finishCancelled(SendReply reply)
{
    if (reply.exitCode == SendExit::EndedEarly)
        reply.exitCode = SendExit::Interrupted;
    finish(reply);
}

void CtlSend::waitFor(const SendReply &pending)
{
    m_step = Step::Waiting;
    m_pending = pending;
    if (m_options.wait == 0s)
        return handleWaited();
    handleState(pending.state);
    m_watch.start(pending.request);
}

void CtlSend::handleState(const QString &state)
{
    m_state = state;
    const QString request = CtlPrint::escaped(m_pending.request);
    m_progress.show(
        state == "awaiting-approval"_L1
            ? u"Request %1 waits for the approval of the device's owner …"_s.arg(request)
            : u"Request %1 is running …"_s.arg(request),
        0ms);
}

void CtlSend::handleTrouble(const QString &why)
{
    if (why.isEmpty())
        return handleState(m_state);
    m_progress.show(u"Request %1: trying again (%2) …"_s.arg(CtlPrint::escaped(m_pending.request),
                                                             CtlPrint::escaped(why)),
                    0ms);
}

void CtlSend::handleRefusal(const SendRefusal &refusal)
{
    if (m_step == Step::Cancelling)
        return end(SendExit::Interrupted,
                   u"request %1 was not cancelled: %2"_s.arg(m_pending.request, refusal.text));
    end(refusal.exitCode, refusal.text);
}

void CtlSend::handleWaited()
{
    if (m_step == Step::Cancelling)
        return end(SendExit::Interrupted,
                   u"request %1 was not cancelled: no answer came"_s.arg(m_pending.request));
    if (m_step == Step::Sending)
        return end(SendExit::TimedOut,
                   u"no answer within %1 s; the command may still run on the device"_s.arg(
                       m_options.wait->count()));
    m_progress.clear();
    if (m_options.json)
        (void)print(m_pending.json + '\n', stdout); // the exit code says more
    end(SendExit::TimedOut,
        u"no result within %1 s; request %2 goes on on the device"_s.arg(m_options.wait->count())
            .arg(m_pending.request));
}

void CtlSend::finish(const SendReply &reply)
{
    m_progress.clear();
    const QByteArray lineEnd = reply.json.endsWith('\n') ? "" : "\n";
    const bool isPrinted = m_options.json
        ? print(reply.json + lineEnd, stdout)
        : print(reply.output, stdout) && print(reply.errorOutput, stderr);
    if (!reply.note.isEmpty())
        CtlPrint::error(reply.note);
    end(isPrinted ? reply.exitCode : SendExit::Failure,
        isPrinted ? QString() : u"the output could not be written"_s);
}

void CtlSend::end(int exitCode, const QString &error)
{
    if (m_step == Step::Ended)
        return;
    m_step = Step::Ended;
    m_limit.stop();
    m_watch.stop();
    m_progress.clear();
    if (!error.isEmpty())
        CtlPrint::error(error);
    Q_EMIT finished(exitCode);
}

bool CtlSend::print(const QByteArray &bytes, FILE *file) const
{
    const bool isShown = isatty(fileno(file)) == 1 && !m_options.raw;
    const QByteArray written = isShown ? TerminalText::visible(bytes) : bytes;
    const auto size = size_t(written.size());
    return std::fwrite(written.constData(), 1, size, file) == size && std::fflush(file) == 0;
}
