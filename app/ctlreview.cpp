// SPDX-License-Identifier: Apache-2.0
#include "ctlreview.h"

#include "ctlprint.h"
#include "terminalsize.h"

#include <QCryptographicHash>

#include <termios.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

// Also when the output goes through a pipe to a pager.
TerminalSize terminalSize()
{
    return TerminalSize::of({STDOUT_FILENO, STDERR_FILENO, STDIN_FILENO});
}

} // namespace

CtlReview::CtlReview(const CtlUsage &usage, const QString &socketPath, QObject *parent)
    : QObject(parent), m_usage(usage), m_client(socketPath),
      m_isTerminal(isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1)
{
    connect(&m_client, &ControlClient::answered, this, &CtlReview::handleAnswer);
    connect(&m_client, &ControlClient::failed, this, &CtlReview::handleFailure);
    connect(&m_input, &LineInput::lineRead, this, &CtlReview::handleLine);
    connect(&m_input, &LineInput::ended, this, [this] {
        CtlPrint::out(u"\n"_s);
        Q_EMIT finished(m_exitCode);
    });
}

void CtlReview::start()
{
    m_client.send({{u"do"_s, u"status"_s}});
}

void CtlReview::handleAnswer(const QJsonObject &answer)
{
    const bool good = answer.value("ok"_L1).toBool();
    switch (m_step) {
    case Step::Status:
        m_status = answer;
        m_step = Step::Requests;
        return m_client.send({{u"do"_s, u"requests"_s}});
    case Step::Requests:
        m_step = Step::Decision;
        return takeRequests(answer.value("requests"_L1).toArray());
    case Step::Decision:
        if (good)
            CtlPrint::out(m_decision == "approve"_L1 ? u"Approved.\n"_s : u"Denied.\n"_s);
        else
            CtlPrint::error(answer.value("error"_L1).toString());
        m_exitCode = good ? m_exitCode : 1;
        m_waiting.removeFirst();
        return showNext();
    }
}

void CtlReview::handleFailure(const QString &error)
{
    CtlPrint::error(error);
    Q_EMIT finished(1);
}

void CtlReview::takeRequests(const QJsonArray &requests)
{
    const QString wanted = m_usage.arguments.value(0);
    for (const QJsonValue request : requests) {
        const QJsonObject object = request.toObject();
        if (object.value("state"_L1) == "awaiting-approval"_L1
            && (wanted.isEmpty() || object.value("request"_L1) == wanted))
            m_waiting.append(object);
    }
    if (m_waiting.isEmpty() && !wanted.isEmpty())
        return handleFailure(u"Request %1 does not wait for approval."_s.arg(wanted));
    if (m_waiting.isEmpty())
        CtlPrint::out(u"No request waits for approval.\n"_s);
    showNext();
}

void CtlReview::showNext()
{
    if (m_waiting.isEmpty())
        return Q_EMIT finished(m_exitCode);
    const QJsonObject request = m_waiting.first().toObject();
    const QByteArray command = CtlPrint::command(request);
    m_shown = QCryptographicHash::hash(command, QCryptographicHash::Sha256).toHex();
    const TerminalSize size = terminalSize();
    const TerminalRows rows = CtlPrint::prompt(request, m_status, size.columns);
    if (m_isTerminal && !size.fault().isEmpty())
        return handleFailure(size.fault());
    if (m_isTerminal) {
        m_question = PagedQuestion(rows.list(), question(request, size.columns).list(),
                                   u"Return: go on / [d]eny / [l]ater: "_s);
        return ask(m_question.next(size));
    }
    CtlPrint::out(rows.text() + CtlPrint::summary(request, m_status, size.columns).text());
    const QString name = CtlPrint::escaped(request.value("request"_L1).toString());
    CtlPrint::out(u"  To approve:  cometactl review %1 --approve %2\n"
                  "  To refuse:   cometactl deny %1\n"_s.arg(name, QString::fromLatin1(m_shown)));
    m_exitCode = 2;
    m_waiting.removeFirst();
    if (m_waiting.isEmpty())
        CtlPrint::error(u"This is no terminal, so nothing was decided: use --approve or deny."_s);
    showNext();
}

TerminalRows CtlReview::question(const QJsonObject &request, int columns) const
{
    const bool approves = m_status.value("approves"_L1).toBool();
    TerminalRows rows = CtlPrint::summary(request, m_status, columns);
    if (!approves)
        rows.add(u"  This agent has a window: approve there."_s);
    rows.add(approves ? u"Approve this command? [a]pprove / [d]eny / [l]ater: "_s
                      : u"[d]eny / [l]ater: "_s);
    return rows;
}

void CtlReview::ask(const QString &text)
{
    CtlPrint::out(text);
    tcdrain(STDOUT_FILENO);
    m_input.readAnswer();
}

void CtlReview::handleLine(const QByteArray &line)
{
    const QByteArray word = line.trimmed().toLower();
    const bool approves = m_question.asks() && m_status.value("approves"_L1).toBool();
    if (approves && (word == "a" || word == "approve"))
        return decide(u"approve"_s);
    if (word == "d" || word == "deny")
        return decide(u"deny"_s);
    if (word.isEmpty() && !m_question.asks())
        return ask(m_question.next(terminalSize()));
    if (!word.isEmpty() && word != "l" && word != "later")
        return ask(m_question.again());
    m_waiting.removeFirst();
    showNext();
}

void CtlReview::decide(const QString &decision)
{
    m_decision = decision;
    m_client.send({{u"do"_s, decision},
                   {u"request"_s, m_waiting.first().toObject().value("request"_L1)},
                   {u"sha256"_s, QString::fromLatin1(m_shown)}});
}
