// SPDX-License-Identifier: Apache-2.0
#include "attachedagent.h"
#include "controlclient.h"
#include "controlconnection.h"
#include "controlsocket.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QSignalSpy>

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <grp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

// What one object is answered; empty when it is not.
QJsonObject answerTo(const QString &path, const QJsonObject &request)
{
    ControlClient client(path);
    QSignalSpy answered(&client, &ControlClient::answered);
    QSignalSpy failed(&client, &ControlClient::failed);
    client.send(request);
    if (!QTest::qWaitFor([&] { return !answered.isEmpty() || !failed.isEmpty(); }))
        return {};
    return answered.isEmpty() ? QJsonObject() : answered.constFirst().constFirst().toJsonObject();
}

QJsonObject lastRequest(const QString &path)
{
    const QJsonArray all =
        answerTo(path, {{u"do"_s, u"requests"_s}}).value("requests"_L1).toArray();
    return all.isEmpty() ? QJsonObject() : all.last().toObject();
}

bool isDone(const QJsonObject &answer)
{
    return answer.value("ok"_L1).toBool();
}

// Sends raw bytes, returns all that comes back until the other end closes.
QByteArray exchange(const QString &path, const QByteArray &bytes)
{
    QLocalSocket socket;
    socket.connectToServer(path);
    socket.write(bytes);
    const bool closed =
        QTest::qWaitFor([&] { return socket.state() == QLocalSocket::UnconnectedState; });
    return closed ? socket.readAll() : QByteArray("still open");
}

// In a process of user and group 65534. 0: it was answered, 1: it was closed, 2: could not connect.
[[noreturn]] void askAsNobody(const sockaddr_un &address)
{
    constexpr uid_t nobody = 65534;
    if (setgroups(0, nullptr) != 0 || setgid(nobody) != 0 || setuid(nobody) != 0)
        _exit(3);
    const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) != 0)
        _exit(2);
    constexpr std::array line{'{', '"', 'd', 'o', '"', ':', '"', 's',
                              't', 'a', 't', 'u', 's', '"', '}', '\n'};
    (void)!send(fd, line.data(), line.size(), MSG_NOSIGNAL);
    char byte = 0;
    _exit(read(fd, &byte, 1) == 1 ? 0 : 1);
}

} // namespace

class ControlSocketTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qunsetenv("XDG_RUNTIME_DIR"); }

    void answersTheStatus();
    void listsRequestsFromArrivalToEnd();
    void approvesOnlyTheCommandThatWasShown();
    void neverApprovesForAnAgentWithAWindow();
    void deniesAndStops();
    void pausesAndResumes();
    void queuesEvents();
    void refusesWhatItDoesNotKnow_data();
    void refusesWhatItDoesNotKnow();
    void P18_cannotChangeSettingsOrRules();
    void isPrivateAndGoesAway();
    void replacesOnlyASocketThatIsLeftBehind();
    void IP_01_knowsWhoseProcessTheOtherEndIs();
    void IP_01_refusesAnotherUser();
    void IP_02_refusesWhatIsNoLine_data();
    void IP_02_refusesWhatIsNoLine();
    void IP_02_closesLinesThatDoNotEnd();
    void IP_02_closesSlowWriters();
    void IP_02_bearsManyConnections();
    void IP_03_refusesAPathThatIsTaken_data();
    void IP_03_refusesAPathThatIsTaken();
    void tellsThatNoAgentRuns();
};

void ControlSocketTest::answersTheStatus()
{
    AttachedAgent device;
    QVERIFY(device.start());
    const QJsonObject status = answerTo(device.socketPath(), {{u"do"_s, u"status"_s}});
    QVERIFY(isDone(status));
    QCOMPARE(status.value("state"_L1), u"attached"_s);
    QCOMPARE(status.value("server"_L1), u"127.0.0.1"_s);
    QCOMPARE(status.value("port"_L1), int(device.server.port()));
    QCOMPARE(status.value("tls"_L1), false);
    QCOMPARE(status.value("app"_L1), u"ops"_s);
    QCOMPARE(status.value("device"_L1), u"dev1"_s);
    QCOMPARE(status.value("approval"_L1), u"ask"_s);
    QVERIFY(status.contains("window_until"_L1) && status.value("window_until"_L1).isNull());
    QCOMPARE(status.value("awaiting"_L1), 0);
    QCOMPARE(status.value("running"_L1), 0);
    QCOMPARE(status.value("outbox"_L1), 0);
    QCOMPARE(status.value("error"_L1), u"none"_s);
    QCOMPARE(status.value("pid"_L1).toInteger(), QCoreApplication::applicationPid());
    QCOMPARE(status.value("version"_L1), QStringLiteral(COMETA_VERSION));
}

void ControlSocketTest::listsRequestsFromArrivalToEnd()
{
    AttachedAgent device;
    QVERIFY(device.start());
    const QString name =
        device.ask(R"({"cmd":"echo \u001b[2Kx; exit 3","reason":"why","cwd":"/"})");
    QJsonObject request = lastRequest(device.socketPath());
    QCOMPARE(request.value("request"_L1), name);
    QCOMPARE(request.value("state"_L1), u"awaiting-approval"_s);
    QCOMPARE(request.value("cmd"_L1), uR"(echo \u{001B}[2Kx; exit 3)"_s);
    QCOMPARE(request.value("reason"_L1), u"why"_s);
    QCOMPARE(request.value("ignored"_L1).toArray(), QJsonArray{u"cwd"_s});
    QVERIFY(request.value("remaining_ms"_L1).toInteger() > 0);
    QVERIFY(request.value("exit"_L1).isNull());

    QVERIFY(isDone(answerTo(device.socketPath(),
                            {{u"do"_s, u"approve"_s},
                             {u"request"_s, name},
                             {u"sha256"_s, request.value("sha256"_L1)}})));
    QTRY_COMPARE(lastRequest(device.socketPath()).value("state"_L1), u"finished"_s);
    request = lastRequest(device.socketPath());
    QCOMPARE(request.value("request"_L1), name);
    QCOMPARE(request.value("exit"_L1), 3);
    QVERIFY(request.value("signal"_L1).isNull());
    QCOMPARE(request.value("by"_L1), u"user"_s);
    QCOMPARE(request.value("stdout_bytes"_L1), 6);
    QVERIFY(request.value("duration_ms"_L1).isDouble());
    QVERIFY(QDateTime::fromString(request.value("received"_L1).toString(), Qt::ISODateWithMs)
                .isValid());
}

void ControlSocketTest::approvesOnlyTheCommandThatWasShown()
{
    AttachedAgent device;
    QVERIFY(device.start());
    const QString name = device.ask(R"({"cmd":"echo ran"})");
    const QStringList wrong{QString(), u"00"_s, QString(64, u'0'), QString(64, u'x')};
    for (const QString &sha256 : wrong) {
        const QJsonObject answer =
            answerTo(device.socketPath(),
                     {{u"do"_s, u"approve"_s}, {u"request"_s, name}, {u"sha256"_s, sha256}});
        QCOMPARE(answer.value("ok"_L1), false);
        QVERIFY(!answer.value("error"_L1).toString().isEmpty());
    }
    QVERIFY(
        !isDone(answerTo(device.socketPath(), {{u"do"_s, u"approve"_s}, {u"request"_s, name}})));
    QCOMPARE(device.agent->awaitingCount(), 1);
    QVERIFY(device.server.received().isEmpty());

    const QJsonValue sha256 = lastRequest(device.socketPath()).value("sha256"_L1);
    const QJsonObject approve{{u"do"_s, u"approve"_s}, {u"request"_s, name}, {u"sha256"_s, sha256}};
    QVERIFY(isDone(answerTo(device.socketPath(), approve)));
    QTRY_COMPARE(device.server.received(), "4\r\nran\n\r\n");
    QVERIFY(!isDone(answerTo(device.socketPath(), approve)));
}

void ControlSocketTest::neverApprovesForAnAgentWithAWindow()
{
    AttachedAgent device(Agent::Owner::Window);
    QVERIFY(device.start());
    const QString name = device.ask(R"({"cmd":"echo ran"})");
    const QJsonObject request = lastRequest(device.socketPath());
    QVERIFY(!isDone(answerTo(device.socketPath(),
                             {{u"do"_s, u"approve"_s},
                              {u"request"_s, name},
                              {u"sha256"_s, request.value("sha256"_L1)}})));
    QCOMPARE(device.agent->awaitingCount(), 1);
    QVERIFY(isDone(answerTo(device.socketPath(), {{u"do"_s, u"deny"_s}, {u"request"_s, name}})));
}

void ControlSocketTest::deniesAndStops()
{
    AttachedAgent device;
    QVERIFY(device.start());
    const QString denied = device.ask(R"({"cmd":"echo 1"})");
    QVERIFY(isDone(
        answerTo(device.socketPath(),
                 {{u"do"_s, u"deny"_s}, {u"request"_s, denied}, {u"reason"_s, u"not now"_s}})));
    QTRY_VERIFY(device.server.received().contains(R"("by":"user","detail":"not now"})"));
    const QString stopped = device.ask(R"({"cmd":"echo 2"})");
    QVERIFY(isDone(answerTo(device.socketPath(), {{u"do"_s, u"stop"_s}, {u"request"_s, stopped}})));
    QTRY_VERIFY(device.server.received().contains(R"("code":"stopped")"));
    QVERIFY(
        !isDone(answerTo(device.socketPath(), {{u"do"_s, u"stop"_s}, {u"request"_s, stopped}})));
    QVERIFY(!device.ask(R"({"cmd":"echo 3"})").isEmpty());
    QVERIFY(!isDone(answerTo(device.socketPath(), {{u"do"_s, u"stop"_s}, {u"request"_s, 7}})));
    QVERIFY(isDone(
        answerTo(device.socketPath(), {{u"do"_s, u"stop"_s}, {u"request"_s, QJsonValue()}})));
    QTRY_VERIFY(device.agent->requests().isEmpty());
}

void ControlSocketTest::pausesAndResumes()
{
    AttachedAgent device;
    QVERIFY(device.start());
    QVERIFY(isDone(answerTo(device.socketPath(), {{u"do"_s, u"pause"_s}})));
    QTRY_COMPARE(answerTo(device.socketPath(), {{u"do"_s, u"status"_s}}).value("state"_L1),
                 u"paused"_s);
    QVERIFY(isDone(answerTo(device.socketPath(), {{u"do"_s, u"resume"_s}})));
    QTRY_COMPARE(device.agent->state(), CometaClient::State::Attached);
}

void ControlSocketTest::queuesEvents()
{
    AttachedAgent device;
    QVERIFY(device.start());
    const auto event = [&](const QByteArray &payload) {
        return answerTo(device.socketPath(),
                        {{u"do"_s, u"event"_s}, {u"payload"_s, QString::fromLatin1(payload)}});
    };
    QVERIFY(isDone(event(QByteArray(R"({"temp":21})").toBase64())));
    QTRY_COMPARE(device.server.received(), "c\r\n\a{\"temp\":21}\r\n");
    QVERIFY(!isDone(event("not base64!")));
    QVERIFY(!isDone(event("")));
    QVERIFY(!isDone(event(QByteArray(32'756, 'x').toBase64())));
    QVERIFY(isDone(event(QByteArray(32'755, 'x').toBase64())));
}

void ControlSocketTest::refusesWhatItDoesNotKnow_data()
{
    QTest::addColumn<QJsonObject>("request");
    QTest::newRow("nothing") << QJsonObject();
    QTest::newRow("unknown") << QJsonObject{{u"do"_s, u"reboot"_s}};
    QTest::newRow("no string") << QJsonObject{{u"do"_s, 7}};
    QTest::newRow("deny nothing") << QJsonObject{{u"do"_s, u"deny"_s}};
    QTest::newRow("deny nobody") << QJsonObject{{u"do"_s, u"deny"_s}, {u"request"_s, u"x"_s}};
}

void ControlSocketTest::refusesWhatItDoesNotKnow()
{
    QFETCH(const QJsonObject, request);
    AttachedAgent device;
    QVERIFY(device.start());
    const QJsonObject answer = answerTo(device.socketPath(), request);
    QCOMPARE(answer.value("ok"_L1), false);
    QVERIFY(!answer.value("error"_L1).toString().isEmpty());
}

void ControlSocketTest::P18_cannotChangeSettingsOrRules()
{
    AttachedAgent device;
    QVERIFY(device.start());
    const Settings before = device.agent->settings();
    for (const char *command :
         {"set", "settings", "rule", "rules", "window", "config", "approve-all"}) {
        const QJsonObject answer = answerTo(device.socketPath(),
                                            {{u"do"_s, QString::fromLatin1(command)},
                                             {u"approval"_s, u"all"_s},
                                             {u"minutes"_s, 15}});
        QCOMPARE(answer.value("ok"_L1), false);
    }
    QVERIFY(device.agent->settings() == before);
    QVERIFY(device.agent->rules()->all().isEmpty());
    QVERIFY(!device.agent->windowUntil().isValid());
}

void ControlSocketTest::isPrivateAndGoesAway()
{
    AttachedAgent device;
    const mode_t before = umask(0);
    QVERIFY(device.start());
    umask(before);
    struct stat status = {};
    QVERIFY(lstat(device.socketPath().toUtf8().constData(), &status) == 0);
    QCOMPARE(status.st_mode & 07777U, 0600U);
    device.agent.reset();
    QVERIFY(lstat(device.socketPath().toUtf8().constData(), &status) != 0);
}

void ControlSocketTest::replacesOnlyASocketThatIsLeftBehind()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"control.sock"_s);
    QString error;
    ControlSocket first(nullptr, false);
    QVERIFY(first.listen(path, &error));
    ControlSocket second(nullptr, false);
    QVERIFY(!second.listen(path, &error));
    QVERIFY(!error.isEmpty());
    QVERIFY(second.path().isEmpty());

    // Left behind: bound, but nobody listens any more.
    const QString left = directory.filePath(u"left.sock"_s);
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    qstrncpy(address.sun_path, left.toUtf8().constData(), sizeof(address.sun_path));
    const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    QVERIFY(bind(fd, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) == 0);
    ::close(fd);
    QVERIFY2(second.listen(left, &error), qPrintable(error));
    QCOMPARE(second.path(), left);
}

void ControlSocketTest::IP_01_knowsWhoseProcessTheOtherEndIs()
{
    std::array<int, 2> pair{};
    QVERIFY(socketpair(AF_UNIX, SOCK_STREAM, 0, pair.data()) == 0);
    QVERIFY(ControlSocket::isPeerOf(pair[0], geteuid()));
    QVERIFY(!ControlSocket::isPeerOf(pair[0], geteuid() + 1));
    ::close(pair[0]);
    ::close(pair[1]);
    const int file = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    QVERIFY(!ControlSocket::isPeerOf(file, geteuid()));
    ::close(file);
    QVERIFY(!ControlSocket::isPeerOf(-1, geteuid()));
}

void ControlSocketTest::IP_01_refusesAnotherUser()
{
    const QTemporaryDir directory;
    const QByteArray path = directory.filePath(u"control.sock"_s).toUtf8();
    QString error;
    ControlSocket control(nullptr, true);
    QVERIFY(control.listen(QString::fromUtf8(path), &error));
    if (geteuid() != 0) { // only root can become somebody else; the other test is for everybody
        QVERIFY(!ControlSocket::isPeerOf(-1, 0));
        return;
    }
    QVERIFY(chmod(directory.path().toUtf8().constData(), 0777) == 0);
    QVERIFY(chmod(path.constData(), 0666) == 0);
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    qstrncpy(address.sun_path, path.constData(), sizeof(address.sun_path));
    const pid_t child = fork();
    if (child == 0)
        askAsNobody(address);
    int status = 0;
    pid_t ended = 0;
    QVERIFY(QTest::qWaitFor([&] { return (ended = waitpid(child, &status, WNOHANG)) != 0; }));
    QCOMPARE(ended, child);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 1);
}

void ControlSocketTest::IP_02_refusesWhatIsNoLine_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("binary") << QByteArray("\x00\x01\xFE\x7F\n", 5);
    QTest::newRow("bad UTF-8") << QByteArray("{\"do\":\"\xFF\"}\n");
    QTest::newRow("no JSON") << QByteArray("status\n");
    QTest::newRow("array") << QByteArray("[]\n");
    QTest::newRow("empty line") << QByteArray("\n");
    QTest::newRow("deep") << QByteArray(100'000, '[') + '\n';
    QTest::newRow("HTTP") << QByteArray("GET / HTTP/1.1\r\n\r\n");
}

void ControlSocketTest::IP_02_refusesWhatIsNoLine()
{
    QFETCH(const QByteArray, bytes);
    AttachedAgent device;
    QVERIFY(device.start());
    const QByteArray answer = exchange(device.socketPath(), bytes + "{\"do\":\"pause\"}\n");
    const QJsonObject object = QJsonDocument::fromJson(answer).object();
    QCOMPARE(object.value("ok"_L1), false);
    QVERIFY(!object.value("error"_L1).toString().isEmpty());
    QCOMPARE(answer.count('\n'), 1);
    QCOMPARE(device.agent->state(), CometaClient::State::Attached);
    QVERIFY(isDone(answerTo(device.socketPath(), {{u"do"_s, u"status"_s}})));
}

void ControlSocketTest::IP_02_closesLinesThatDoNotEnd()
{
    AttachedAgent device;
    QVERIFY(device.start());
    QLocalSocket socket;
    socket.connectToServer(device.socketPath());
    qint64 written = 0;
    // A gibibyte, if it were taken.
    while (socket.state() == QLocalSocket::ConnectedState && written < (1LL << 30)) {
        written += socket.write(QByteArray(64 * 1024, 'x'));
        (void)QTest::qWaitFor([&] {
            return socket.bytesToWrite() == 0 || socket.state() != QLocalSocket::ConnectedState;
        });
    }
    QVERIFY2(written < 4 * 1024 * 1024, qPrintable(QString::number(written)));
    QVERIFY(isDone(answerTo(device.socketPath(), {{u"do"_s, u"status"_s}})));

    const QByteArray line =
        R"({"do":"status","x":")" + QByteArray(ControlSocket::MaximumLine - 22, 'x');
    const QByteArray longest = line + "\"}\n";
    QCOMPARE(longest.size(), ControlSocket::MaximumLine + 1);
    QVERIFY(exchange(device.socketPath(), longest + "stop\n").startsWith(R"({"app")"));
}

void ControlSocketTest::IP_02_closesSlowWriters()
{
    QLocalServer server;
    const QTemporaryDir directory;
    QVERIFY(server.listen(directory.filePath(u"s"_s)));
    QLocalSocket socket;
    socket.connectToServer(directory.filePath(u"s"_s));
    QTRY_VERIFY(server.hasPendingConnections());
    QObject owner;
    new ControlConnection(
        server.nextPendingConnection(), [](const QJsonObject &object) { return object; }, &owner,
        std::chrono::milliseconds(50));
    socket.write("{\"do\":");
    QTRY_COMPARE(socket.state(), QLocalSocket::UnconnectedState);
    QTRY_VERIFY(owner.children().isEmpty());
    QVERIFY(socket.readAll().isEmpty());
}

void ControlSocketTest::IP_02_bearsManyConnections()
{
    AttachedAgent device;
    QVERIFY(device.start());
    std::vector<std::unique_ptr<QLocalSocket>> sockets;
    for (int i = 0; i < 300; ++i) {
        sockets.push_back(std::make_unique<QLocalSocket>());
        sockets.back()->connectToServer(device.socketPath());
        (void)QTest::qWaitFor([] { return true; });
    }
    const auto open = [&] {
        return std::count_if(sockets.begin(), sockets.end(), [](const auto &socket) {
            return socket->state() == QLocalSocket::ConnectedState;
        });
    };
    QTRY_COMPARE(open(), ControlSocket::MaximumConnections);
    sockets.clear();
    QTRY_VERIFY(isDone(answerTo(device.socketPath(), {{u"do"_s, u"status"_s}})));
}

void ControlSocketTest::IP_03_refusesAPathThatIsTaken_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("file") << u"file"_s;
    QTest::newRow("directory") << u"directory"_s;
    QTest::newRow("symbolic link") << u"link"_s;
    QTest::newRow("dangling link") << u"dangling"_s;
}

void ControlSocketTest::IP_03_refusesAPathThatIsTaken()
{
    QFETCH(const QString, kind);
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"control.sock"_s);
    const QString other = directory.filePath(u"other.sock"_s);
    QString error;
    ControlSocket somebody(nullptr, false);
    QFile file(path);
    if (kind == "file"_L1)
        QVERIFY(file.open(QIODevice::WriteOnly));
    else if (kind == "directory"_L1)
        QVERIFY(QDir().mkdir(path));
    else if (kind == "link"_L1)
        QVERIFY(somebody.listen(other, &error) && QFile::link(other, path));
    else
        QVERIFY(QFile::link(other, path));
    ControlSocket control(nullptr, false);
    QVERIFY(!control.listen(path, &error));
    QVERIFY(!error.isEmpty());
    struct stat status = {};
    QVERIFY(lstat(path.toUtf8().constData(), &status) == 0); // what was there is still there
}

void ControlSocketTest::tellsThatNoAgentRuns()
{
    const QTemporaryDir directory;
    ControlClient client(directory.filePath(u"control.sock"_s));
    QSignalSpy failed(&client, &ControlClient::failed);
    client.send({{u"do"_s, u"status"_s}});
    QVERIFY(failed.isEmpty());
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(failed.constFirst().constFirst().toString().contains(u"cometa-agent"_s));
}

QTEST_GUILESS_MAIN(ControlSocketTest)
#include "tst_controlsocket.moc"
