// SPDX-License-Identifier: Apache-2.0
#include "singleinstance.h"

#include <QDir>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using Claim = SingleInstance::Claim;

class TestSingleInstance final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        qunsetenv("XDG_RUNTIME_DIR"); // the socket is in the data directory then
        QVERIFY(QDir().mkpath(data()));
        QVERIFY(
            QFile::setPermissions(data(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }

    void ST_04_theSecondRaisesTheFirst()
    {
        SingleInstance first;
        const QSignalSpy raised(&first, &SingleInstance::raiseRequested);
        QString error;
        QVERIFY2(first.claim(data(), {}, &error) == Claim::First, qPrintable(error));
        SingleInstance second;
        QVERIFY(second.claim(data(), {}, &error) == Claim::Raised);
        QTRY_COMPARE(raised.size(), 1);
    }

    void ST_04_theSecondTellsTheFirstItsOptions()
    {
        SingleInstance first;
        const QSignalSpy raised(&first, &SingleInstance::raiseRequested);
        QString error;
        QVERIFY2(first.claim(data(), {}, &error) == Claim::First, qPrintable(error));
        const SingleInstance::Values values{{u"server"_s, u"grüße.example\n"_s},
                                            {u"port"_s, u"99999"_s}};
        SingleInstance second;
        QVERIFY(second.claim(data(), values, &error) == Claim::Raised);
        QTRY_COMPARE(raised.size(), 1);
        QCOMPARE(raised.first().first().value<SingleInstance::Values>(), values);
    }

    void ST_04_isRaisedByWhateverElseComes_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("raise\0{"_ba);
        QTest::newRow("no object") << QByteArray("[1]");
        QTest::newRow("no strings") << QByteArray(R"({"port":1,"server":null,"app":{}})");
        QTest::newRow("too much") << QByteArray(100'000, '{');
    }
    void ST_04_isRaisedByWhateverElseComes()
    {
        QFETCH(const QByteArray, message);
        SingleInstance first;
        const QSignalSpy raised(&first, &SingleInstance::raiseRequested);
        QString error;
        QVERIFY2(first.claim(data(), {}, &error) == Claim::First, qPrintable(error));
        QLocalSocket socket;
        socket.connectToServer(data() + u"/control.window"_s);
        QVERIFY(socket.waitForConnected());
        socket.write(message);
        socket.disconnectFromServer();
        QTRY_COMPARE(raised.size(), 1);
        QVERIFY(raised.first().first().value<SingleInstance::Values>().isEmpty());
    }

    void ST_04_startsAfterOneThatWasKilled()
    {
        const QByteArray path = QFile::encodeName(data() + u"/control.window"_s);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        qstrncpy(address.sun_path, path.constData(), sizeof address.sun_path);
        const int left = socket(AF_UNIX, SOCK_STREAM, 0);
        QCOMPARE(bind(left, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
        close(left);
        SingleInstance instance;
        QString error;
        QVERIFY2(instance.claim(data(), {}, &error) == Claim::First, qPrintable(error));
    }

    void otherDirectoriesAreOtherInstances()
    {
        const QString other = m_directory->filePath(u"other"_s);
        QVERIFY(QDir().mkpath(other));
        QVERIFY(
            QFile::setPermissions(other, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        SingleInstance first;
        SingleInstance second;
        QString error;
        QVERIFY2(first.claim(data(), {}, &error) == Claim::First, qPrintable(error));
        QVERIFY2(second.claim(other, {}, &error) == Claim::First, qPrintable(error));
    }

private:
    QString data() const { return m_directory->filePath(u"data"_s); }

    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_GUILESS_MAIN(TestSingleInstance)
#include "tst_singleinstance.moc"
