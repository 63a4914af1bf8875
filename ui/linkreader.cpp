// SPDX-License-Identifier: Apache-2.0
#include "linkreader.h"

#include "journal.h"

#include <algorithm>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

LinkReader::LinkReader(Journal *journal, std::chrono::hours depth, QObject *parent)
    : QObject(parent), m_reader(journal->connection()), m_depth(depth)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(200ms);
    connect(&m_slice, &QTimer::timeout, this, &LinkReader::readSlice);
    connect(&m_soon, &QTimer::timeout, this, &LinkReader::readNew);
    connect(journal, &Journal::entryAdded, this, [this](const QString &kind) {
        const bool isShown = LinkHistory::kinds().contains(kind) || kind == "received"_L1;
        if (m_isStarted && isShown && !m_soon.isActive())
            m_soon.start();
    });
}

void LinkReader::start()
{
    if (std::exchange(m_isStarted, true))
        return;
    m_newest = m_reader.newest();
    m_oldest = m_newest + 1;
    m_slice.start();
    readSlice();
}

QDateTime LinkReader::earliest() const
{
    return QDateTime::currentDateTimeUtc().addSecs(-std::chrono::seconds(m_depth).count());
}

// Beyond the hours that are wanted it goes on to the state that they began with.
void LinkReader::readSlice()
{
    const qint64 before = m_oldest;
    m_oldest = std::max<qint64>(1, before - ChainReader::SliceRows);
    add(m_oldest, before);
    const QDateTime known = m_history.oldestTime();
    const bool isDeepEnough = known.isValid() && known <= earliest();
    if (isDeepEnough || m_oldest <= m_reader.oldest() || m_oldest == 1)
        m_slice.stop();
    Q_EMIT changed();
}

void LinkReader::readNew()
{
    const qint64 newest = m_reader.newest();
    if (newest <= m_newest)
        return;
    add(m_newest + 1, newest + 1);
    m_newest = newest;
    m_history.forget(earliest());
    Q_EMIT changed();
}

void LinkReader::add(qint64 from, qint64 before)
{
    constexpr int Limit = int(ChainReader::SliceRows);
    const QList<JournalEntry> entries = m_reader.entries(LinkHistory::kinds(), from, before, Limit);
    for (const JournalEntry &entry : entries) {
        const bool isStart = entry.data.contains("started"_L1);
        m_history.add(entry, isStart ? m_reader.lastTimeBefore(entry.seq) : QDateTime());
    }
    m_history.addRequests(m_reader.requestsByMinute(from, before));
}
