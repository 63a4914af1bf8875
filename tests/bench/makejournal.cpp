// SPDX-License-Identifier: Apache-2.0
// bench_makejournal DIRECTORY REQUESTS: a journal of that many requests with their steps, as an
// agent would have written it, with a whole chain. The word "common" is in each command, "needle"
// in one of 100,000; one request in 50 fails, one in 1,000 is denied. One a minute, the last one
// now.

#include "chain.h"
#include "journaldatabase.h"
#include "requesttable.h"
#include "rowdata.h"

#include <QCoreApplication>
#include <QTextStream>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int RequestsATransaction = 10'000;

Request requestOf(qint64 number)
{
    Request request;
    request.id = {1, quint64(number)};
    request.name = u"N%1"_s.arg(number, 9, 10, QLatin1Char('0'));
    request.command = "common --host=h" + QByteArray::number(number % 977) + " --ticket "
        + QByteArray::number(number);
    if (number % 100'000 == 50'000)
        request.command += " needle";
    return request;
}

Outcome outcomeOf(qint64 number)
{
    Outcome outcome;
    const bool isDenied = number % 1000 == 500;
    outcome.state = isDenied ? RequestState::Denied : RequestState::Finished;
    outcome.by = isDenied ? u"user"_s : u"rule"_s;
    outcome.hasRun = !isDenied;
    if (isDenied)
        return outcome;
    outcome.exitCode = number % 50 == 25 ? 1 : 0;
    outcome.duration = std::chrono::milliseconds(number % 5000);
    outcome.limit = 300s;
    outcome.standardOutput.total = number % 100'000;
    return outcome;
}

class Writer
{
public:
    Writer(JournalDatabase *store, qint64 count)
        : m_table(store->connection()), m_chain(store->connection(), &m_head),
          m_begin(QDateTime::currentDateTimeUtc().addSecs(-60 * count))
    {
        m_isGood = m_head.open(store->directory().path());
    }

    [[nodiscard]] bool isGood() const { return m_isGood; }
    void committed() { m_chain.committed(); }

    void write(qint64 number)
    {
        const QString scope = u"127.0.0.1:8010/7"_s;
        const Request request = requestOf(number);
        const Outcome outcome = outcomeOf(number);
        const QDateTime time = m_begin.addSecs(60 * number);
        const qint64 seq =
            step(time, u"received"_s, request, RowData::received(request, scope, request.command));
        keep(m_table.insert(request, scope, seq, time, RequestState::Received, {}));
        if (outcome.hasRun) {
            step(time, u"approved"_s, request, RowData::approved(request, outcome.by));
            step(time, u"running"_s, request, {});
        }
        const QDateTime end = time.addMSecs(outcome.duration.count());
        const qint64 last = step(end, stateName(outcome.state), request, RowData::ended(outcome));
        keep(m_table.end(request.name, outcome, last, end));
    }

private:
    qint64 step(const QDateTime &time, const QString &kind, const Request &request,
                const QJsonObject &data)
    {
        const std::optional<qint64> seq = m_chain.append(time, kind, request.name, data);
        keep(seq.has_value());
        return seq.value_or(0);
    }
    void keep(bool ok) { m_isGood = m_isGood && ok; }

    HeadRecord m_head;
    RequestTable m_table;
    Chain m_chain;
    QDateTime m_begin;
    bool m_isGood = false;
};

QString make(const QString &directory, qint64 count)
{
    QString error;
    JournalDatabase store;
    if (!store.open(directory, &error))
        return error;
    auto writer = std::make_unique<Writer>(&store, count);
    for (qint64 number = 1; number <= count && writer->isGood();) {
        if (!store.begin(false))
            return store.lastError().text;
        for (int i = 0; i < RequestsATransaction && number <= count; ++i)
            writer->write(number++);
        if (!store.commit())
            return store.lastError().text;
        writer->committed();
    }
    const bool isGood = writer->isGood();
    writer.reset(); // its statements go before the connection
    store.close();
    return isGood ? QString() : u"it could not be written"_s;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const qint64 count = arguments.size() == 3 ? arguments.at(2).toLongLong() : 0;
    QTextStream errors(stderr);
    if (count < 1) {
        errors << "usage: bench_makejournal DIRECTORY REQUESTS\n";
        return 2;
    }
    const QString error = make(arguments.at(1), count);
    if (!error.isEmpty())
        errors << error << '\n';
    return error.isEmpty() ? 0 : 1;
}
