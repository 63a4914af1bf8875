// SPDX-License-Identifier: Apache-2.0
#include "commandhistory.h"

#include "journal.h"
#include "plain.h"
#include "requesttext.h"

#include <QCoreApplication>

#include <limits>

namespace {

constexpr qint64 LookBack = 100'000; // rows of the chain
constexpr int MaximumCounted = 100;
constexpr int MaximumCompared = 1'000; // of the newest
constexpr int MaximumSearched = 100; // bytes

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandHistory)
};

// The newest runs of the command that came from there, at most so many.
QList<RequestRow> runs(const Journal *journal, const QByteArray &command, const QString &scope,
                       int maximum)
{
    RequestFilter newest;
    newest.limit = 1;
    const QList<RequestRow> last = journal->requests(newest);
    QList<RequestRow> found;
    if (last.isEmpty())
        return found;
    const qint64 from = std::max<qint64>(0, last.first().serial - LookBack);
    qint64 before = std::numeric_limits<qint64>::max();
    while (found.size() < maximum) {
        const std::optional<RequestRow> row = journal->previousRun(command, before, from);
        if (!row)
            break;
        before = row->serial;
        if (row->scope == scope)
            found.append(*row);
    }
    return found;
}

} // namespace

QString CommandHistory::lastTime(const QByteArray &command, const QString &scope) const
{
    const QList<RequestRow> last = runs(m_journal, command, scope, 1);
    if (last.isEmpty())
        return {};
    const RequestRow &row = last.first();
    QStringList parts{Plain::shortTime(row.received),
                      Text::tr("decided by %1").arg(RequestText::decidedBy(row.by)),
                      RequestText::exit(row.outcome),
                      Plain::size(row.outputBytes + row.errorBytes)};
    parts.removeAll(QString());
    return Text::tr("Last time: %1").arg(parts.join(QStringLiteral(" · ")));
}

QString CommandHistory::matches(const QByteArray &command, const QString &scope) const
{
    const QList<RequestRow> found = runs(m_journal, command, scope, MaximumCounted);
    if (found.isEmpty())
        return Text::tr("Exactly this command was not run from there before.");
    const QString last = Plain::shortTime(found.first().received);
    if (found.size() == MaximumCounted)
        return Text::tr(
                   "Exactly this command was run from there %1 times or more, the last time at %2.")
            .arg(MaximumCounted)
            .arg(last);
    if (found.size() == 1)
        return Text::tr("Exactly this command was run from there once, at %1.").arg(last);
    return Text::tr("Exactly this command was run from there %1 times, the last time at %2.")
        .arg(found.size())
        .arg(last);
}

QString CommandHistory::uses(const QByteArray &command, const QString &scope) const
{
    RequestFilter alike;
    // By its first words, where it has some; the bytes are compared below.
    alike.text = QString::fromUtf8(command.left(MaximumSearched));
    alike.limit = MaximumCompared;
    QList<RequestRow> rows = m_journal->requests(alike);
    if (rows.isEmpty()) {
        alike.text.clear();
        rows = m_journal->requests(alike);
    }
    int count = 0;
    QDateTime last;
    for (const RequestRow &row : rows) {
        if (row.by != QLatin1String("rule") || row.request.command != command || row.scope != scope)
            continue;
        if (count++ == 0)
            last = row.received;
    }
    if (count == 0)
        return Text::tr("No rule has decided about this command so far.");
    if (count == 1)
        return Text::tr("A rule has decided about this command once, at %1.")
            .arg(Plain::shortTime(last));
    return Text::tr("A rule has decided about this command %1 times, the last time at %2.")
        .arg(count)
        .arg(Plain::shortTime(last));
}
