// SPDX-License-Identifier: Apache-2.0
#include "runcomparison.h"

#include "colours.h"
#include "datadirectory.h"
#include "journal.h"
#include "plain.h"
#include "visibletext.h"

#include <QGuiApplication>

#include <algorithm>

using namespace std::chrono_literals;
using LineDifference::Kind;

namespace {

constexpr qint64 SliceSize = 100'000; // serials
constexpr qsizetype Context = 3; // equal lines shown beside a change

// Some of what it wrote is not on disk, or not any more.
bool isIncomplete(const Journal *journal, const RequestRow &row)
{
    using Stream = OutputFiles::Stream;
    const OutputFiles files(journal->outputDirectory());
    return files.size(row.request.name, Stream::Output) < row.outputBytes
        || files.size(row.request.name, Stream::Error) < row.errorBytes;
}

QByteArray read(const Journal *journal, const RequestRow &row, OutputFiles::Stream stream)
{
    const OutputFiles files(journal->outputDirectory());
    if (files.size(row.request.name, stream) == 0)
        return {};
    return DataDirectory::read(files.path(row.request.name, stream), 0,
                               LineDifference::MaximumBytes + 1);
}

qsizetype count(const QList<LineDifference::Line> &lines, Kind kind)
{
    return std::count_if(lines.cbegin(), lines.cend(),
                         [kind](const LineDifference::Line &line) { return line.kind == kind; });
}

OutputView::Line lineOf(const LineDifference::Line &line, const QPalette &palette)
{
    const QString text = VisibleText::encode(line.text);
    if (line.kind == Kind::Equal)
        return {QStringLiteral("  ") + text};
    const bool isAdded = line.kind == Kind::Added;
    const QColor mark = Colours::of(isAdded ? Colours::Green : Colours::Red, palette);
    QTextCharFormat format;
    format.setBackground(Colours::blend(palette.color(QPalette::Base), mark, 0.2));
    return {(isAdded ? QStringLiteral("+ ") : QStringLiteral("- ")) + text, format};
}

} // namespace

RunComparison::RunComparison(Journal *journal, QObject *parent)
    : QObject(parent), m_journal(journal)
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &RunComparison::searchSlice);
}

void RunComparison::start(const RequestRow &row)
{
    m_row = row;
    m_before = row.serial;
    m_oldest = m_journal->firstSerial();
    m_next.start(0ms);
}

void RunComparison::cancel()
{
    m_next.stop();
}

void RunComparison::searchSlice()
{
    const qint64 from = std::max(m_oldest, m_before - SliceSize);
    if (const auto previous = m_journal->previousRun(m_row.request.command, m_before, from))
        return compare(*previous);
    m_before = from;
    if (m_before > m_oldest)
        m_next.start(0ms);
    else
        Q_EMIT finished(tr("This command has not run before."), {});
}

void RunComparison::compare(const RequestRow &previous)
{
    using Stream = OutputFiles::Stream;
    const QString time = Plain::dateTime(previous.received);
    if (isIncomplete(m_journal, previous) || isIncomplete(m_journal, m_row)) {
        Q_EMIT finished(tr("Not compared with the run of %1: the output of one of the two was not "
                           "kept.")
                            .arg(time),
                        {});
        return;
    }
    QList<LineDifference::Line> lines;
    for (const Stream stream : {Stream::Output, Stream::Error}) {
        const auto part = LineDifference::between(read(m_journal, previous, stream),
                                                  read(m_journal, m_row, stream));
        if (!part) {
            Q_EMIT finished(tr("Not compared with the run of %1: the outputs are too large or too "
                               "different.")
                                .arg(time),
                            {});
            return;
        }
        lines += *part;
    }
    const auto added = count(lines, Kind::Added);
    const auto removed = count(lines, Kind::Removed);
    if (added + removed == 0)
        Q_EMIT finished(tr("The output is the same as in the run of %1.").arg(time), {});
    else
        Q_EMIT finished(tr("Since the run of %1: lines added (+): %2, removed (-): %3.")
                            .arg(time)
                            .arg(added)
                            .arg(removed),
                        shown(lines, QGuiApplication::palette()));
}

QList<OutputView::Line> RunComparison::shown(const QList<LineDifference::Line> &lines,
                                             const QPalette &palette)
{
    QList<OutputView::Line> shown;
    const auto isChange = [](const LineDifference::Line &line) { return line.kind != Kind::Equal; };
    for (auto begin = lines.cbegin(); begin != lines.cend();) {
        const auto end = std::find_if(begin, lines.cend(), isChange);
        const qsizetype before = begin == lines.cbegin() ? 0 : Context;
        const qsizetype after = end == lines.cend() ? 0 : Context;
        const qsizetype left = end - begin - before - after;
        for (auto line = begin; line != end; ++line) {
            const qsizetype place = line - begin;
            if (left > 1 && place == before)
                shown.append({tr("  … %n equal lines …", nullptr, int(left))});
            if (left <= 1 || place < before || place >= before + left)
                shown.append(lineOf(*line, palette));
        }
        begin = std::find_if_not(end, lines.cend(), isChange);
        for (auto line = end; line != begin; ++line)
            shown.append(lineOf(*line, palette));
    }
    return shown;
}
