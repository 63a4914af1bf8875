// SPDX-License-Identifier: Apache-2.0
#include "terminalsize.h"

#include <QTest>

#include <cstdlib>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace {

class Terminal final
{
public:
    Terminal(ushort columns, ushort rows) : m_file(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC))
    {
        const winsize size{rows, columns, 0, 0};
        if (ioctl(m_file, TIOCSWINSZ, &size) != 0)
            qFatal("no terminal");
    }
    ~Terminal() { ::close(m_file); }
    Q_DISABLE_COPY_MOVE(Terminal)

    [[nodiscard]] int file() const { return m_file; }

private:
    int m_file;
};

} // namespace

class TerminalSizeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isThatOfTheFirstThatSaysIt();
    void hasADefault();
    void tellsWhatIsTooNarrow();
};

void TerminalSizeTest::isThatOfTheFirstThatSaysIt()
{
    const Terminal silent(0, 0);
    const Terminal small(50, 10);
    const Terminal large(200, 60);
    const TerminalSize size = TerminalSize::of({-1, silent.file(), small.file(), large.file()});
    QCOMPARE(size.columns, 50);
    QCOMPARE(size.rows, 10);
}

void TerminalSizeTest::hasADefault()
{
    const Terminal silent(0, 0);
    const TerminalSize size = TerminalSize::of({silent.file()});
    QCOMPARE(size.columns, 80);
    QCOMPARE(size.rows, 24);
    const Terminal wide(132, 0);
    QCOMPARE(TerminalSize::of({wide.file()}).columns, 132);
    QCOMPARE(TerminalSize::of({wide.file()}).rows, 24);
}

void TerminalSizeTest::tellsWhatIsTooNarrow()
{
    QVERIFY(TerminalSize().fault().isEmpty());
    QVERIFY((TerminalSize{TerminalSize::Least, 1}.fault().isEmpty()));
    QVERIFY((TerminalSize{TerminalSize::Least - 1, 24}.fault().contains(QLatin1String("29"))));
}

QTEST_GUILESS_MAIN(TerminalSizeTest)
#include "tst_terminalsize.moc"
