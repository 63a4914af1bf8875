// SPDX-License-Identifier: Apache-2.0
// bench_requestlog DIRECTORY: figures of the window with the journal in DIRECTORY, which
// bench_makejournal has made. Prints a table; judges nothing. Each figure is the median of five,
// and for what comes in slices the longest one.

#include "agent.h"
#include "requestmodel.h"
#include "requestview.h"
#include "streampane.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTextStream>
#include <QTreeView>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace {

QTextStream out(stdout);

void print(const QString &what, double milliseconds, const QString &wanted = {})
{
    out << what.leftJustified(58) << QString::number(milliseconds, 'f', 2).rightJustified(10)
        << " ms   " << wanted << Qt::endl;
}

double timeOf(const std::function<void()> &work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return double(timer.nsecsElapsed()) / 1e6;
}

double median(const std::function<void()> &work)
{
    QList<double> times;
    for (int i = 0; i < 5; ++i)
        times.append(timeOf(work));
    std::sort(times.begin(), times.end());
    return times.at(2);
}

// The whole of a search and its longest turn of the event loop.
void search(RequestModel *model, const QString &what, const RequestFilter &filter)
{
    const double first = median([&] { model->setFilter(filter); });
    double longest = first;
    const double all =
        first + timeOf([&] {
            while (model->isSearching())
                longest = std::max(longest, timeOf([] { QCoreApplication::processEvents(); }));
        });
    print(u"search: %1, first answer"_s.arg(what), first, u"<= 50"_s);
    if (all > first)
        print(u"  … to the end, without blocking (longest turn %1 ms)"_s.arg(longest, 0, 'f', 1),
              all);
    out << "  … rows found: " << model->rowCount() << Qt::endl;
}

RequestFilter withText(const QString &text, const QList<RequestState> &states = {},
                       bool failuresOnly = false)
{
    RequestFilter filter;
    filter.text = text;
    filter.states = states;
    filter.failuresOnly = failuresOnly;
    return filter;
}

void searches(Journal *journal)
{
    using State = RequestState;
    RequestModel model(journal);
    search(&model, u"all"_s, {});
    search(&model, u"rare word"_s, withText(u"needle"_s));
    search(&model, u"common word"_s, withText(u"common"_s));
    search(&model, u"beginning of a common word"_s, withText(u"comm"_s));
    search(&model, u"two common words"_s, withText(u"common ticket"_s));
    search(&model, u"no such word"_s, withText(u"missing"_s));
    search(&model, u"denied"_s, withText({}, {State::Denied}));
    search(&model, u"waiting or running"_s, withText({}, {State::Running, State::Received}));
    search(&model, u"failed (1 in 50)"_s, withText({}, {State::Finished, State::TimedOut}, true));
    search(&model, u"common word, denied"_s, withText(u"common"_s, {State::Denied}));
    search(&model, u"rare word, failed"_s, withText(u"needle"_s, {State::Finished}, true));
    search(&model, u"common word, stopped (none)"_s, withText(u"common"_s, {State::Stopped}));
    RequestFilter lately;
    lately.since = QDateTime::currentDateTime().addDays(-30);
    search(&model, u"last 30 days"_s, lately);
    lately.text = u"common"_s;
    search(&model, u"last 30 days, common word"_s, lately);
}

void manyRows(Journal *journal)
{
    RequestModel model(journal);
    double longest = 0;
    const double all = timeOf([&] {
        while (model.canFetchMore({}) && model.rowCount() < 200'000)
            longest = std::max(longest, timeOf([&] { model.fetchMore({}); }));
    });
    print(u"scrolling through %1 rows (longest page %2 ms)"_s.arg(model.rowCount())
              .arg(longest, 0, 'f', 2),
          all);
    print(u"1,000 new requests among them"_s, timeOf([&] {
              const int before = model.rowCount();
              for (int i = 0; i < 1000; ++i) {
                  Request request;
                  request.name = Request::newName();
                  request.command = "new";
                  if (!journal->received(request, u"host:1/app"_s, "new"))
                      qFatal("%s", qPrintable(journal->errorString()));
              }
              while (model.rowCount() < before + 1000)
                  QCoreApplication::processEvents();
          }));
}

void window(Agent *agent)
{
    RequestView view(agent);
    view.resize(960, 560);
    print(u"the tab with its list, built and painted"_s, median([agent] {
              RequestView made(agent);
              made.resize(960, 560);
              made.grab();
          }),
          u"<= 100"_s);
    view.show();
    auto *list = view.findChild<QTreeView *>();
    print(u"repaint of the list"_s, median([list] { list->grab(); }), u"<= 16"_s);
    list->setCurrentIndex(list->model()->index(0, 0));
    print(u"the next request shown"_s, median([list] {
              list->setCurrentIndex(list->model()->index(list->currentIndex().row() + 1, 0));
              list->window()->grab();
          }));
}

void output()
{
    StreamPane pane(u"Output"_s);
    pane.resize(900, 400);
    pane.show();
    KeptOutput kept{QByteArray(512 * 1024, 'x'),
                    QByteArray("a line of output with 40 characters….\n").repeated(13'000), 0};
    double longest = 0;
    for (int i = 1; i < 50; ++i) {
        kept.total = i * 10'000'000LL;
        longest = std::max(longest, timeOf([&] {
                               pane.showLive(kept);
                               pane.grab();
                           }));
    }
    print(u"live output at 100 MB/s, longest update of ten a second"_s, longest, u"<= 100"_s);
}

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    Settings settings;
    settings.dataDirectory = QCoreApplication::arguments().value(1);
    QString error;
    const auto open = [&settings, &error] {
        Agent agent(settings, Agent::Owner::Headless);
        if (!agent.open(&error))
            qFatal("%s", qPrintable(error));
    };
    print(u"journal opened, all pages read"_s, timeOf([&] {
              QFile::remove(settings.dataDirectory + u"/seal"_s);
              open();
          }));
    print(u"journal opened after a clean end"_s, median(open), u"<= 100"_s);
    Agent agent(settings, Agent::Owner::Headless);
    if (!agent.open(&error))
        qFatal("%s", qPrintable(error));
    window(&agent);
    searches(agent.journal());
    manyRows(agent.journal());
    output();
    return 0;
}
