// SPDX-License-Identifier: Apache-2.0
#include "pipereader.h"

#include "childprocesses.h"

#include <QSocketNotifier>
#include <QTest>
#include <QTimer>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <memory>
#include <thread>

#include <fcntl.h>

namespace {

constexpr qsizetype PipeSize = 256 * 1024; // what it asks for
constexpr qsizetype PieceSize = 64 * 1024;

bool put(const PipeReader &reader, const QByteArray &bytes)
{
    return ::write(reader.childEnd(), bytes.constData(), static_cast<size_t>(bytes.size()))
        == bytes.size();
}

// Writes until nobody reads any more.
class Flood final
{
    Q_DISABLE_COPY_MOVE(Flood)

public:
    explicit Flood(PipeReader *reader)
        : m_reader(reader), m_fd(::dup(reader->childEnd())), m_thread([this] {
              const QByteArray bytes(PieceSize, 'y');
              while (::write(m_fd, bytes.constData(), static_cast<size_t>(bytes.size())) > 0)
                  m_written = true;
          })
    {
    }
    ~Flood()
    {
        m_reader->close();
        m_thread.join();
        ::close(m_fd);
    }
    [[nodiscard]] bool hasWritten() const { return m_written; }

private:
    PipeReader *m_reader;
    std::atomic_bool m_written = false;
    int m_fd;
    std::thread m_thread;
};

} // namespace

class TestPipeReader final : public QObject
{
    Q_OBJECT

    std::unique_ptr<PipeReader> m_reader;
    QByteArray m_read;

private Q_SLOTS:
    void initTestCase() { ::signal(SIGPIPE, SIG_IGN); }

    void init()
    {
        m_read.clear();
        m_reader = std::make_unique<PipeReader>();
        connect(m_reader.get(), &PipeReader::arrived, this,
                [this](QByteArrayView bytes) { m_read += bytes; });
        QVERIFY(m_reader->open());
    }
    void cleanup() { m_reader.reset(); }

    void readsWhatArrives()
    {
        QVERIFY(put(*m_reader, "one "));
        QTRY_COMPARE(m_read, QByteArray("one "));
        QVERIFY(put(*m_reader, "two"));
        QTRY_COMPARE(m_read, QByteArray("one two"));
    }

    void takesAnyBytes()
    {
        const QByteArray bytes("\0\xff\r\n\x1b[2J\x80", 10);
        QVERIFY(put(*m_reader, bytes));
        QTRY_COMPARE(m_read, bytes);
    }

    void EX_10_isInheritedOnlyWhenAsked()
    {
        QVERIFY(::fcntl(m_reader->childEnd(), F_GETFD) & FD_CLOEXEC);
        m_reader->inheritChildEnd();
        QCOMPARE(::fcntl(m_reader->childEnd(), F_GETFD), 0);
        m_reader->closeChildEnd();
        QCOMPARE(m_reader->childEnd(), -1);
    }

    void drainsAFullPipe()
    {
        QVERIFY(put(*m_reader, QByteArray(PieceSize - 1, 'x')));
        m_reader->drain();
        QCOMPARE(m_read.size(), PieceSize - 1);
        const int size = ::fcntl(m_reader->childEnd(), F_GETPIPE_SZ);
        QVERIFY(put(*m_reader, QByteArray(size, 'z')));
        m_read.clear();
        m_reader->drain();
        QCOMPARE(m_read, QByteArray(size, 'z'));
        m_reader->drain();
        QCOMPARE(m_read.size(), size);
    }

    void EX_05_drainsNoMoreThanThePipeHolds()
    {
        const Flood flood(m_reader.get());
        QTRY_VERIFY(flood.hasWritten());
        m_read.clear();
        m_reader->drain();
        QVERIFY(m_read.size() <= PipeSize + PieceSize);
    }

    void EX_05_leavesTheEventLoopToOthers()
    {
        const Flood flood(m_reader.get());
        qsizetype before = 0;
        qsizetype most = 0;
        int turns = 0;
        QTimer timer;
        connect(&timer, &QTimer::timeout, this, [&] {
            most = std::max(most, m_read.size() - before);
            before = m_read.size();
            ++turns;
        });
        timer.start(0);
        QTRY_VERIFY(turns > 20 && m_read.size() > 4 * PipeSize);
        timer.stop();
        QVERIFY2(most <= 2 * PipeSize, qPrintable(QString::number(most)));
    }

    void isNotToldOfTheEndAgainAndAgain()
    {
        const auto *notifier = m_reader->findChild<QSocketNotifier *>();
        QVERIFY(notifier && notifier->isEnabled());
        QVERIFY(put(*m_reader, "last"));
        m_reader->closeChildEnd();
        QTRY_VERIFY(!notifier->isEnabled());
        QCOMPARE(m_read, QByteArray("last"));
        m_reader->drain();
        QCOMPARE(m_read, QByteArray("last"));
    }

    void mayBeClosedWhileItTells()
    {
        connect(m_reader.get(), &PipeReader::arrived, m_reader.get(), &PipeReader::close);
        QVERIFY(put(*m_reader, QByteArray(2 * PieceSize, 'x')));
        QTRY_COMPARE(m_read.size(), PieceSize);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCoreApplication::processEvents();
        QCOMPARE(m_read.size(), PieceSize);
        m_reader->drain();
        QCOMPARE(m_read.size(), PieceSize);
    }

    void tellsTheWriterThatNobodyReads()
    {
        const int writer = ::dup(m_reader->childEnd());
        m_reader->close();
        QCOMPARE(::write(writer, "x", 1), -1);
        QCOMPARE(errno, EPIPE);
        ::close(writer);
    }

    void closesItsEnds()
    {
        m_reader.reset();
        const int before = ChildProcesses::descriptorCount();
        {
            PipeReader reader;
            QVERIFY(reader.open());
            QCOMPARE(ChildProcesses::descriptorCount(), before + 2);
        }
        QCOMPARE(ChildProcesses::descriptorCount(), before);
    }

    void EX_12_hasNoPipeWithoutDescriptors()
    {
        PipeReader reader;
        bool opened = true;
        int error = 0;
        {
            const DescriptorLimit limit(1);
            opened = reader.open();
            error = errno;
        }
        QVERIFY(!opened);
        QCOMPARE(error, EMFILE);
        QCOMPARE(reader.childEnd(), -1);
        reader.drain();
        reader.close();
        QVERIFY(reader.open());
    }
};

QTEST_GUILESS_MAIN(TestPipeReader)
#include "tst_pipereader.moc"
