// SPDX-License-Identifier: Apache-2.0
#include "rawreply.h"

#include "outputcut.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QByteArray endLine(const Outcome &outcome)
{
    if (outcome.state == RequestState::TimedOut)
        return u"[timed out after %1 s]\n"_s.arg(outcome.limit.count()).toUtf8();
    if (outcome.exitCode)
        return u"[exit %1]\n"_s.arg(*outcome.exitCode).toUtf8();
    return u"[killed by %1]\n"_s.arg(signalName(outcome.signal)).toUtf8();
}

QByteArray gapLine(qint64 leftOut, const QString &requestName)
{
    return u"[… %1 bytes left out; request %2 …]\n"_s.arg(leftOut).arg(requestName).toUtf8();
}

} // namespace

RawReply::RawReply(const QString &requestName, const Outcome &outcome) : m_requestName(requestName)
{
    append(outcome.standardOutput);
    if (outcome.state == RequestState::Finished && outcome.exitCode == 0)
        return;
    append(outcome.standardError);
    QByteArray line = endLine(outcome);
    if (!m_pieces.isEmpty() && !m_pieces.constLast().bytes.endsWith('\n'))
        line.prepend('\n');
    m_total += line.size();
    m_pieces.append({line, false});
}

void RawReply::append(const KeptOutput &output)
{
    m_total += output.total;
    const bool gap = output.leftOut() > 0;
    if (!output.head.isEmpty())
        m_pieces.append({output.head, false});
    if (gap || !output.tail.isEmpty())
        m_pieces.append({output.tail, gap});
    m_hasGap = m_hasGap || gap;
}

QByteArray RawReply::whole() const
{
    QByteArray all;
    for (const Piece &piece : m_pieces)
        all += piece.bytes;
    return all;
}

QByteArray RawReply::beginning(qsizetype size) const
{
    QByteArray front;
    for (const Piece &piece : m_pieces) {
        if (piece.followsGap || front.size() >= size)
            break;
        front += piece.bytes.left(size - front.size());
    }
    return front;
}

QByteArray RawReply::ending(qsizetype size) const
{
    QByteArray back;
    for (auto piece = m_pieces.crbegin(); piece != m_pieces.crend(); ++piece) {
        if (back.size() >= size)
            break;
        back.prepend(piece->bytes.right(size - back.size()));
        if (piece->followsGap)
            break;
    }
    return back;
}

QByteArray RawReply::bytes(qsizetype limit) const
{
    if (!m_hasGap && m_total <= limit)
        return whole();
    // The line is never longer than it would be if everything were left out; one more for the
    // newline before it.
    const qsizetype room = limit - gapLine(m_total, m_requestName).size() - 1;
    const qsizetype half = std::max<qsizetype>(room, 0) / 2;
    QByteArray front = beginning(half);
    front.truncate(OutputCut::withoutHalfEnd(front).size());
    const QByteArray end = ending(half);
    const QByteArrayView back = OutputCut::withoutHalfBegin(end);
    const qint64 leftOut = m_total - front.size() - back.size();
    if (!front.isEmpty() && !front.endsWith('\n'))
        front += '\n';
    return front + gapLine(leftOut, m_requestName) + back.toByteArray();
}
