// SPDX-License-Identifier: Apache-2.0
// bench_desktoploop OPTIONS: cometa-agent with its window open and a probe in its event loop. It
// does what it reads on stdin, a line each, and answers each with a line on stdout:
//   begin        the figures begin anew
//   end          the figures since: see Probe::report()
//   type TEXT    the first letters of a text to be searched
//   search TEXT  types TEXT, and waits until that is found: rows, ms until they are painted
//   select       shows the newest request
//   scroll N     presses End N times: rows that are listed then, longest repaint in ms
//   waits        how many requests wait for a decision
//   prompt       the last prompt: ms from the arrival of its request until it was painted, 0: not
//   yet deny         denies what waits

#include "activerequest.h"
#include "agent.h"
#include "desktop.h"
#include "options.h"
#include "requestmodel.h"
#include "unixsignals.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QLineEdit>
#include <QScrollBar>
#include <QSocketNotifier>
#include <QTextStream>
#include <QTimer>
#include <QTreeView>

#include <algorithm>
#include <csignal>
#include <ctime>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QTextStream out(stdout);

double threadTime() // ms
{
    timespec spent{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return double(spent.tv_sec) * 1e3 + double(spent.tv_nsec) / 1e6;
}

double memory(const QByteArray &name) // MiB
{
    QFile file(u"/proc/self/status"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(name + ':'))
            return line.mid(name.size() + 1).trimmed().split(' ').constFirst().toDouble() / 1024;
    }
    return 0;
}

// A timer that should fire each few ms. By how much it is late, the loop was blocked.
class Probe final : public QObject
{
public:
    Probe()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(Interval);
        connect(&m_timer, &QTimer::timeout, this, &Probe::look);
        m_timer.start();
        begin();
    }

    void begin()
    {
        QFile peak(u"/proc/self/clear_refs"_s);
        if (peak.open(QIODevice::WriteOnly))
            peak.write("5"); // the peak is what it is now
        m_before = memory("VmRSS");
        m_longest = m_busiest = 0;
        m_turns = 0;
        m_began.start();
        m_beganBusy = m_busy = threadTime();
        m_last.start();
    }

    // Longest time that the loop was blocked, longest that it worked itself meanwhile, the time of
    // all and what it worked of that: ms. Growth of memory at its peak: MiB.
    void report()
    {
        look();
        out << m_longest << ' ' << m_busiest << ' ' << m_began.elapsed() << ' '
            << threadTime() - m_beganBusy << ' ' << memory("VmHWM") - m_before << Qt::endl;
    }

private:
    static constexpr std::chrono::milliseconds Interval = 5ms;

    void look()
    {
        const double busy = threadTime();
        const double late = double(m_last.nsecsElapsed()) / 1e6 - double(Interval.count());
        m_longest = std::max(m_longest, late);
        m_busiest = std::max(m_busiest, busy - m_busy);
        m_busy = busy;
        m_last.start();
        ++m_turns;
    }

    QTimer m_timer;
    QElapsedTimer m_began;
    QElapsedTimer m_last;
    double m_before = 0;
    double m_longest = 0;
    double m_busiest = 0;
    double m_busy = 0;
    double m_beganBusy = 0;
    int m_turns = 0;
};

// How long it takes from the arrival of a request until its prompt is painted.
class PromptClock final : public QObject
{
public:
    explicit PromptClock(const Agent *agent)
    {
        connect(agent, &Agent::requestAdded, this, [this] {
            m_painted = 0;
            m_arrived.start();
        });
        qApp->installEventFilter(this);
    }

    [[nodiscard]] double painted() const { return m_painted; }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const auto *widget = qobject_cast<QWidget *>(watched);
        if (event->type() == QEvent::Paint && widget && m_arrived.isValid()
            && widget->window()->objectName() == "approvalPrompt"_L1)
            QTimer::singleShot(0, this, &PromptClock::note); // once it is through
        return false;
    }

private:
    void note()
    {
        if (!m_arrived.isValid())
            return;
        m_painted = double(m_arrived.nsecsElapsed()) / 1e6;
        m_arrived.invalidate();
    }

    QElapsedTimer m_arrived;
    double m_painted = 0;
};

class Console final : public QObject
{
public:
    Console(Agent *agent, Probe *probe, const PromptClock *prompts)
        : m_agent(agent), m_probe(probe), m_prompts(prompts)
    {
        connect(&m_input, &QSocketNotifier::activated, this, &Console::read);
        m_searched.setInterval(1ms);
        connect(&m_searched, &QTimer::timeout, this, &Console::tellFound);
    }

private:
    template<typename T>
    [[nodiscard]] static T *part(const char *name) // of the window
    {
        for (const QWidget *window : QApplication::topLevelWidgets()) {
            if (T *found = window->findChild<T *>(QLatin1String(name)))
                return found;
        }
        qFatal("the window has no %s", name);
    }

    void read()
    {
        char bytes[1000];
        const ssize_t count = ::read(STDIN_FILENO, bytes, sizeof bytes);
        if (count <= 0)
            return QCoreApplication::quit();
        for (const QByteArray &line : QByteArray(bytes, count).split('\n')) {
            const qsizetype blank = line.indexOf(' ');
            if (!line.isEmpty())
                obey(blank < 0 ? line : line.left(blank), blank < 0 ? "" : line.mid(blank + 1));
        }
    }

    void obey(const QByteArray &word, const QByteArray &argument)
    {
        if (word == "begin")
            m_probe->begin();
        if (word == "end")
            return m_probe->report();
        if (word == "type")
            part<QLineEdit>("requestSearch")->setText(QString::fromUtf8(argument));
        if (word == "search")
            return search(QString::fromUtf8(argument));
        if (word == "select")
            part<QTreeView>("requests")->setCurrentIndex(model()->index(0, 0));
        if (word == "scroll")
            out << scroll(argument.toInt()) << ' ' << model()->rowCount();
        if (word == "prompt")
            out << m_prompts->painted();
        if (word == "waits")
            out << m_agent->awaitingCount();
        if (word == "deny")
            m_agent->stopAll();
        out << Qt::endl;
    }

    static QAbstractItemModel *model() { return part<QTreeView>("requests")->model(); }

    void search(const QString &text)
    {
        m_began.start();
        m_isReset = false;
        connect(model(), &QAbstractItemModel::modelReset, this, [this] { m_isReset = true; });
        part<QLineEdit>("requestSearch")->setText(text);
        m_searched.start();
    }

    void tellFound()
    {
        const auto *requests = qobject_cast<RequestModel *>(model());
        if (!m_isReset || (requests->isSearching() && requests->rowCount() == 0))
            return;
        m_searched.stop();
        disconnect(requests, nullptr, this, nullptr);
        part<QTreeView>("requests")->viewport()->repaint();
        out << requests->rowCount() << ' ' << double(m_began.nsecsElapsed()) / 1e6 << Qt::endl;
    }

    // The time is that of reading on and of painting.
    static double scroll(int times)
    {
        auto *list = part<QTreeView>("requests");
        double longest = 0;
        for (int i = 0; i < times; ++i) {
            QElapsedTimer timer;
            timer.start();
            list->verticalScrollBar()->setValue(list->verticalScrollBar()->maximum());
            list->viewport()->repaint();
            longest = std::max(longest, double(timer.nsecsElapsed()) / 1e6);
        }
        return longest;
    }

    Agent *m_agent;
    Probe *m_probe;
    const PromptClock *m_prompts;
    QSocketNotifier m_input{STDIN_FILENO, QSocketNotifier::Read};
    QTimer m_searched;
    QElapsedTimer m_began;
    bool m_isReset = false;
};

} // namespace

int main(int argc, char *argv[])
{
    std::signal(SIGPIPE, SIG_IGN);
    QCoreApplication::setApplicationName(u"cometa-agent"_s);
    const QApplication app(argc, argv);
    QGuiApplication::setQuitOnLastWindowClosed(false);
    const auto parsed = Options::parse(Options::Program::Agentd, QCoreApplication::arguments());
    const auto *options = std::get_if<Options>(&parsed);
    if (!options)
        return 2;
    QString error;
    Agent agent(options->settings, Agent::Owner::Window);
    if (!agent.open(&error))
        qFatal("%s", qPrintable(error));
    const PromptClock prompts(&agent); // before the desktop hears of a request
    Desktop desktop(&agent);
    Probe probe;
    const Console console(&agent, &probe, &prompts);
    const UnixSignals ended; // so that the journal is closed well
    QObject::connect(&ended, &UnixSignals::endRequested, &agent, &Agent::shutDown);
    QObject::connect(&agent, &Agent::shutDownDone, &app, &QCoreApplication::quit);
    agent.start();
    desktop.start(false);
    out << "ready" << Qt::endl;
    return QApplication::exec();
}
