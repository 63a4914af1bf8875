// SPDX-License-Identifier: Apache-2.0
// Approve meets disconnect, deadline, cancel and denial in one turn of the event loop, in any
// order, at the real agent with real commands: nothing runs for a request that is dead.
// COMETA_SEED=N begins with the turn of that number.
#include "attachedagent.h"

#include <QFile>
#include <QHash>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

constexpr int Requests = 40; // a turn
constexpr int ShortTurns = 6;
constexpr int LongTurns = 250; // 10,000 requests

enum class Meets { Nothing, Deadline, Pending }; // what a turn waits for

} // namespace

class TestApprovalRace final : public QObject
{
    Q_OBJECT

    struct Asked
    {
        QByteArray sha256;
        bool isApproved = false; // approve() said so
        bool isDead = false;
        bool isPending = false;
        int runs = 0;
    };

    AttachedAgent m_device;
    QRandomGenerator m_random;
    QHash<QString, Asked> m_asked; // of this turn
    bool m_isLinkLost = false;
    int m_let = 0;
    int m_refused = 0;
    QString m_wrong;

    Agent *agent() const { return m_device.agent.get(); }
    int draw(int bound) { return int(m_random.bounded(bound)); }
    QString any()
    {
        const QStringList names = m_asked.keys();
        return names.at(draw(int(names.size())));
    }
    QString log() const { return m_device.directory.filePath(QStringLiteral("log")); }

    // Sends a turn's requests; each writes its own line, and only when it runs.
    bool ask(int turn)
    {
        m_asked.clear();
        m_isLinkLost = false;
        QFile::remove(log());
        QByteArray bytes;
        for (int i = 0; i < Requests; ++i)
            bytes += ScriptedServer::chunk("{\"cmd\":\"echo $COMETA_REQUEST >>" + log().toUtf8()
                                           + " # " + QByteArray::number(turn) + "\"}");
        m_device.server.send(bytes);
        if (!QTest::qWaitFor([this] { return agent()->awaitingCount() == Requests; }, 60'000))
            return false;
        for (const ActiveRequest *request : agent()->requests())
            m_asked.insert(request->request().name, {request->request().commandSha256()});
        return true;
    }
    bool attach()
    {
        return QTest::qWaitFor(
            [this] {
                agent()->wakeUp();
                agent()->resume();
                return agent()->state() == CometaClient::State::Attached
                    && m_device.server.hasDevice(); // else it has not noticed the loss yet
            },
            60'000);
    }

    void approve(const QString &name)
    {
        Asked &asked = m_asked[name];
        const ActiveRequest *request = agent()->request(name);
        const bool isOver = request && request->approvalRemaining() == 0ms;
        const bool isLinkDead = m_isLinkLost && !(request && request->isPending());
        const bool mayNot = !request || asked.isDead || asked.isApproved || isOver || isLinkDead;
        QString error;
        const bool isApproved = agent()->approve(name, asked.sha256, &error);
        if (isApproved && mayNot)
            m_wrong = QStringLiteral("%1 was let through").arg(name);
        if (!isApproved && error.isEmpty())
            m_wrong = QStringLiteral("no reason why %1 was not let through").arg(name);
        m_asked[name].isApproved |= isApproved;
        ++(isApproved ? m_let : m_refused);
    }
    void act()
    {
        QString error;
        const QString name = any();
        switch (draw(80)) {
        case 0:
            return agent()->pause();
        case 1:
            return m_device.server.hasDevice() ? m_device.server.resetLink() : void();
        case 2:
        case 3:
            return spin();
        case 4:
        case 5:
        case 6:
        case 7:
        case 8:
        case 9:
            return cancel(name);
        case 10:
        case 11:
        case 12:
        case 13:
        case 14:
        case 15:
        case 16:
            return void(agent()->deny(name, {}, &error));
        case 17:
        case 18:
        case 19:
        case 20:
            return void(agent()->stop(name, &error));
        default:
            return approve(name);
        }
    }
    void spin() // the event loop does not run meanwhile
    {
        const auto until = BootClock::now() + milliseconds(1 + draw(4));
        while (BootClock::now() < until) { }
    }
    void cancel(const QString &name)
    {
        if (m_device.server.hasDevice())
            m_device.server.send(
                ScriptedServer::chunk("{\"op\":\"cancel\",\"request\":\"" + name.toUtf8() + "\"}"));
    }
    // Half of it now and half of it among what the event loop finds.
    void takeTurn()
    {
        for (int i = 0; i < 3 * Requests; ++i) {
            if (draw(2) == 0)
                act();
            else
                QMetaObject::invokeMethod(this, &TestApprovalRace::act, Qt::QueuedConnection);
        }
        QCoreApplication::processEvents();
        for (int i = 0; i < Requests; ++i)
            act();
    }

    bool waitFor(Meets what)
    {
        const auto isSoon = [](const ActiveRequest *request) {
            return request->approvalRemaining() <= 8ms;
        };
        const auto isPending = [](const ActiveRequest *request) { return request->isPending(); };
        return what == Meets::Nothing
            || QTest::qWaitFor(
                   [&] {
                       const QList<ActiveRequest *> requests = agent()->requests();
                       return what == Meets::Deadline
                           ? std::any_of(requests.begin(), requests.end(), isSoon)
                               || requests.isEmpty()
                           : std::all_of(requests.begin(), requests.end(), isPending);
                   },
                   60'000);
    }
    bool settle()
    {
        agent()->stopAll();
        return QTest::qWaitFor([this] { return agent()->requests().isEmpty(); }, 60'000);
    }

    // What is written down, by the commands themselves and in the journal.
    void check()
    {
        QFile file(log());
        if (file.open(QIODevice::ReadOnly)) {
            for (const QByteArray &line : file.readAll().split('\n')) {
                if (!line.isEmpty())
                    ++m_asked[QString::fromLatin1(line)].runs;
            }
        }
        QHash<QString, int> approved;
        for (const JournalEntry &entry :
             agent()->journal()->entries(QStringLiteral("approved"), 0, Requests))
            ++approved[entry.request];
        QCOMPARE(m_asked.size(), Requests);
        for (auto it = m_asked.cbegin(); it != m_asked.cend(); ++it) {
            const RequestState end = agent()->journal()->request(it.key())->state;
            QCOMPARE(approved.value(it.key()), it->isApproved ? 1 : 0);
            QVERIFY2(it->runs <= (it->isApproved ? 1 : 0), qPrintable(it.key()));
            if (end == RequestState::Finished)
                QCOMPARE(it->runs, 1);
            QVERIFY(hasEnded(end));
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        qunsetenv("XDG_RUNTIME_DIR"); // control socket in the data directory
        QVERIFY(m_device.start());
        connect(agent(), &Agent::requestEnded, this,
                [this](const ActiveRequest *request, const Outcome &outcome) {
                    if (m_asked.isEmpty())
                        return;
                    m_asked[request->request().name].isDead = true;
                    m_isLinkLost |= outcome.state == RequestState::Withdrawn;
                    if (outcome.state != RequestState::Finished)
                        approve(any()); // in the middle of whatever goes on
                });
    }

    void P5_nothingRunsForADeadRequest()
    {
        const QByteArray given = qgetenv("COMETA_SEED");
        const quint32 first =
            given.isEmpty() ? QRandomGenerator::system()->generate() : given.toUInt();
        const int turns = qEnvironmentVariableIsSet("COMETA_LONG") ? LongTurns : ShortTurns;
        for (int i = 0; i < turns; ++i) {
            const quint32 seed = first + quint32(i);
            m_random.seed(seed);
            const Meets meets =
                std::array{Meets::Nothing, Meets::Deadline, Meets::Pending}.at(size_t(i % 3));
            Settings settings = agent()->settings();
            settings.maxAwaiting = Requests;
            settings.maxRunning = Requests;
            settings.approvalDeadline = meets == Meets::Deadline ? 1s : 600s;
            settings.replyBudget = meets == Meets::Pending ? 1s : 600s;
            agent()->setSettings(settings);
            const QByteArray where = "COMETA_SEED=" + QByteArray::number(seed);
            QVERIFY2(attach() && ask(i) && waitFor(meets), where.constData());
            takeTurn();
            QVERIFY2(settle(), where.constData());
            QVERIFY2(m_wrong.isEmpty(), (where + ": " + m_wrong.toUtf8()).constData());
            check();
            if (QTest::currentTestFailed())
                qWarning("%s", where.constData());
            m_asked.clear();
            if (QTest::currentTestFailed())
                return;
        }
        QVERIFY(m_let > turns && m_refused > turns); // neither is rare
        qInfo("%d let through, %d refused", m_let, m_refused);
    }

    void cleanupTestCase()
    {
        QSignalSpy done(agent(), &Agent::shutDownDone);
        agent()->shutDown();
        QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, 30'000);
    }
};

QTEST_GUILESS_MAIN(TestApprovalRace)
#include "tst_approvalrace.moc"
