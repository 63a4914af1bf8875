// SPDX-License-Identifier: Apache-2.0
#include "localserver.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

class TestLocalServer final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsOnLoopbackAndEndsWithTheObject()
    {
        QVERIFY2(!LocalServer::installedProgram().isEmpty(), "cometa-server is built beside this");
        auto server = std::make_unique<LocalServer>();
        QSignalSpy ready(server.get(), &LocalServer::ready);
        QSignalSpy failed(server.get(), &LocalServer::failed);
        const QString data = m_directory.filePath(u"server"_s);
        server->start(data);
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 20'000);
        const LocalServer::Application application = server->application();
        QVERIFY(application.port > 0);
        QVERIFY(!application.id.isEmpty() && !application.secret.isEmpty());
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, application.port);
        QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
        server->start(data);
        QCOMPARE(ready.size(), 2); // it runs already
        server.reset();
        QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(failed.size(), 0);
        QCOMPARE(QFileInfo(data).permissions() & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());

        LocalServer again;
        QSignalSpy readyAgain(&again, &LocalServer::ready);
        again.start(data);
        QTRY_COMPARE_WITH_TIMEOUT(readyAgain.size(), 1, 20'000);
        QCOMPARE(again.application().id, application.id); // kept
        QCOMPARE(again.application().secret, application.secret);
    }

    void tellsOnceWhatWentWrong_data()
    {
        QTest::addColumn<QString>("program");
        QTest::newRow("not there") << u"/nowhere/cometa-server"_s;
        QTest::newRow("ends at once") << u"/bin/false"_s;
        QTest::newRow("says something else") << script("echo hello; exec sleep 100");
        QTest::newRow("a port that is none")
            << script("echo '{\"ready\":true,\"port\":70000,\"app_id\":\"a\"}'; exec sleep 100");
    }
    void tellsOnceWhatWentWrong()
    {
        QFETCH(QString, program);
        LocalServer server(program);
        QSignalSpy failed(&server, &LocalServer::failed);
        QSignalSpy ready(&server, &LocalServer::ready);
        server.start(m_directory.path());
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 20'000);
        QVERIFY(failed.first().first().toString().startsWith(u"cometa-server"_s));
        server.start(m_directory.path()); // another try, another answer
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 2, 20'000);
        QCOMPARE(ready.size(), 0);
        QCOMPARE(server.application().port, 0);
    }

private:
    QString script(const QByteArray &lines)
    {
        const QString path = m_directory.filePath(u"script%1"_s.arg(++m_scripts));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write("#!/bin/sh\n" + lines + '\n') < 0
            || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
            qFatal("cannot write the test file");
        return path;
    }

    QTemporaryDir m_directory;
    int m_scripts = 0;
};

QTEST_GUILESS_MAIN(TestLocalServer)
#include "tst_localserver.moc"
