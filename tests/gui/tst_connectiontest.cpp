// SPDX-License-Identifier: Apache-2.0
#include "attachedagent.h"
#include "certificateview.h"
#include "connectiontest.h"
#include "notice.h"
#include "tlssetup.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using Kind = Notice::Kind;
using Result = ConnectionTest::Result;

class TestConnectionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_attached = std::make_unique<AttachedAgent>(Agent::Owner::Window);
        QVERIFY(m_attached->start());
        m_test = std::make_unique<ConnectionTest>(m_attached->agent.get());
        m_test->setPossible(true);
    }
    void cleanup()
    {
        m_test.reset();
        m_attached.reset();
    }

    void attachesSendsAHeartbeatAndDetaches()
    {
        ScriptedServer server;
        m_test->setSettings(settingsFor(server));
        button()->click();
        QCOMPARE(m_test->result(), Result::Running);
        QCOMPARE(notice(0)->kind(), Kind::Busy);
        QCOMPARE(notice(1)->kind(), Kind::Pending);
        QTRY_COMPARE(m_test->result(), Result::Good);
        for (int i = 0; i < 4; ++i)
            QCOMPARE(notice(i)->kind(), Kind::Done);
        QVERIFY(notice(1)->text().contains(QString::number(server.port())));
        QVERIFY(notice(2)->text().contains(u"pc-9"_s));
        QVERIFY(notice(3)->text().contains(u"60 s"_s));
        QCOMPARE(server.connections(), 1);
        QCOMPARE(server.received(), ScriptedServer::chunk("\x06"));
        QTRY_VERIFY(!server.hasDevice());
        QCOMPARE(m_attached->agent->state(), CometaClient::State::Attached);
        QCOMPARE(m_attached->server.connections(), 1);
    }

    void saysWhatIsWrongAtTheStepThatFailed_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("step");
        QTest::addColumn<QString>("words");
        QTest::newRow("refused") << QByteArray(
            "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
                                 << 2 << u"application"_s;
        QTest::newRow("another server")
            << QByteArray("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n") << 2
            << u"redirect"_s;
    }
    void saysWhatIsWrongAtTheStepThatFailed()
    {
        QFETCH(QByteArray, answer);
        QFETCH(int, step);
        QFETCH(QString, words);
        ScriptedServer server;
        server.setAnswer(answer);
        m_test->setSettings(settingsFor(server));
        button()->click();
        QTRY_COMPARE(m_test->result(), Result::Failed);
        QCOMPARE(notice(step)->kind(), Kind::Problem);
        QVERIFY2(notice(step)->text().contains(words), qPrintable(notice(step)->text()));
        QCOMPARE(notice(step + 1)->kind(), Kind::Pending);
    }

    void saysThatNobodyListens()
    {
        ScriptedServer server;
        server.stopListening();
        m_test->setSettings(settingsFor(server));
        button()->click();
        QTRY_COMPARE(m_test->result(), Result::Failed);
        QCOMPARE(notice(0)->kind(), Kind::Done);
        QCOMPARE(notice(1)->kind(), Kind::Problem);
    }

    void seesALinkThatEndsRightAfterTheAttach()
    {
        ScriptedServer server;
        server.setHangUpAfterAnswer(true);
        m_test->setSettings(settingsFor(server));
        button()->click();
        // Whether the heartbeat arrived first is a race; what counts is that it ends.
        QTRY_VERIFY(m_test->result() == Result::Failed || m_test->result() == Result::Good);
        QCOMPARE(notice(2)->kind(), Kind::Done);
    }

    void saysThatTheAgentIsAttachedWithTheseSettings()
    {
        m_test->setSettings(m_attached->agent->settings());
        button()->click();
        QCOMPARE(m_test->result(), Result::Good);
        QVERIFY(notice(0)->text().contains(u"already"_s));
        QCOMPARE(m_attached->server.connections(), 1);
        QVERIFY(m_attached->server.hasDevice());
    }

    void triesAnotherDeviceIdWhereOursIsInUse()
    {
        Settings settings = m_attached->agent->settings();
        settings.info = u"another description"_s;
        m_test->setSettings(settings);
        button()->click();
        QTRY_COMPARE(m_attached->server.connections(), 2);
        QTRY_VERIFY(m_attached->server.attachRequest().startsWith(
            "POST /v1/applications/ops/devices/dev1.test "));
        QTRY_COMPARE(m_test->result(), Result::Good);
        QVERIFY(notice(4)->text().contains(u"dev1.test"_s));
        QCOMPARE(m_attached->agent->state(), CometaClient::State::Attached);
    }

    void triesThePasswordThatIsTyped()
    {
        ScriptedServer proxy;
        Settings settings = m_attached->agent->settings();
        settings.proxy = u"http://127.0.0.1:%1"_s.arg(proxy.port());
        settings.proxyUser = u"anna"_s;
        m_test->setSettings(settings);
        m_test->setPassword(u"typed"_s);
        button()->click();
        QTRY_VERIFY(proxy.received().contains(QByteArray("anna:typed").toBase64()));
        proxy.send("HTTP/1.1 407 No\r\n\r\n");
        QTRY_COMPARE(m_test->result(), Result::Failed);
        m_test->setPassword(u"another"_s);
        QCOMPARE(m_test->result(), Result::None);
    }

    void saysThatThePasswordIsNotThere()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        Settings settings = m_attached->agent->settings();
        settings.proxy = u"http://127.0.0.1:9"_s;
        settings.proxyUser = u"anna"_s;
        settings.proxyKeychain = true;
        m_test->setSettings(settings);
        button()->click();
        QCOMPARE(m_test->result(), Result::Running);
        QCOMPARE(notice(0)->kind(), Kind::Busy);
        QTRY_COMPARE(m_test->result(), Result::Failed);
        QCOMPARE(notice(0)->kind(), Kind::Problem);
        QVERIFY(notice(0)->text().contains(u"password for the proxy"_s));
        button()->click();
        button()->click();
        QCOMPARE(m_test->result(), Result::Cancelled);
        QTRY_VERIFY(notice(0)->text().contains(u"cancelled"_s));
    }

    void canBeCancelled()
    {
        ScriptedServer server;
        server.setAnswer({});
        m_test->setSettings(settingsFor(server));
        button()->click();
        QTRY_VERIFY(!server.attachRequest().isEmpty());
        button()->click();
        QCOMPARE(m_test->result(), Result::Cancelled);
        QVERIFY(notice(2)->text().contains(u"cancelled"_s));
        QTRY_VERIFY(!server.hasDevice());
        QVERIFY(button()->isEnabled());
    }

    void forgetsAResultForOtherSettings()
    {
        ScriptedServer server;
        Settings settings = settingsFor(server);
        m_test->setSettings(settings);
        button()->click();
        settings.keepDays = 1;
        m_test->setSettings(settings); // nothing to do with the link
        QTRY_COMPARE(m_test->result(), Result::Good);
        settings.port = 1;
        m_test->setSettings(settings);
        QCOMPARE(m_test->result(), Result::None);
        QTRY_VERIFY(notices().isEmpty());
    }

    void theKeyOfAGoodCertificateCanBePinned()
    {
        ScriptedServer server(true, serverTls());
        Settings settings = settingsFor(server);
        settings.tls = true;
        settings.caFile = tlsFile("ca.pem");
        m_test->setSettings(settings);
        QSignalSpy pins(m_test.get(), &ConnectionTest::pinChosen);
        button()->click();
        QTRY_COMPARE(m_test->result(), Result::Good);
        const auto *view = m_test->findChild<CertificateView *>();
        QVERIFY(view);
        for (const char *name : {"subject", "issuer", "validity", "key"})
            QVERIFY(!view->findChild<QLabel *>(QLatin1String(name))->text().isEmpty());
        auto *pin = view->findChild<QPushButton *>(u"pinKey"_s);
        QVERIFY(pin->isEnabled());
        pin->click();
        const QSslCertificate certificate =
            QSslCertificate::fromPath(tlsFile("server.pem")).value(0);
        QCOMPARE(pins.value(0).value(0).toString(), TlsSetup::pinOf(certificate));
        QVERIFY(!pin->isEnabled());
        settings.pin = TlsSetup::pinOf(certificate);
        m_test->setSettings(settings); // as the dialog does
        QCOMPARE(m_test->result(), Result::Good);
    }

    void aCertificateThatIsNotTrustedIsShownButCannotBePinned()
    {
        ScriptedServer server(true, serverTls());
        Settings settings = settingsFor(server);
        settings.tls = true;
        m_test->setSettings(settings);
        button()->click();
        QTRY_COMPARE(m_test->result(), Result::Failed);
        QCOMPARE(notice(2)->kind(), Kind::Problem);
        QVERIFY(notice(2)->text().contains(u"CA certificate"_s));
        const auto *view = m_test->findChild<CertificateView *>();
        QVERIFY(view);
        QVERIFY(view->findChild<QPushButton *>(u"pinKey"_s)->isHidden());
        QCOMPARE(server.attachRequest(), QByteArray());
    }

    void theTestUsesAnotherDeviceIdOnlyWhenOursIsAttached()
    {
        QCOMPARE(testDeviceId(u"pc-1"_s, false), u"pc-1"_s);
        QCOMPARE(testDeviceId(u"pc-1"_s, true), u"pc-1.test"_s);
        const QString longest(32, u'x');
        QCOMPARE(testDeviceId(longest, true), QString(27, u'x') + u".test"_s);
    }

private:
    static QString tlsFile(const char *name)
    {
        return QFINDTESTDATA("../data/tls/") + QLatin1String(name);
    }
    static QSslConfiguration serverTls()
    {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(
            QSslCertificate::fromPath(tlsFile("server.pem")).value(0));
        QFile key(tlsFile("server.key"));
        if (!key.open(QIODevice::ReadOnly))
            qFatal("no key");
        const QByteArray pem = key.readAll();
        QSslKey read(pem, QSsl::Ec);
        configuration.setPrivateKey(read.isNull() ? QSslKey(pem, QSsl::Rsa) : read);
        return configuration;
    }
    Settings settingsFor(const ScriptedServer &server) const
    {
        Settings settings = m_attached->agent->settings();
        settings.port = server.port();
        settings.device = u"pc-9"_s;
        return settings;
    }
    QPushButton *button() { return m_test->findChild<QPushButton *>(u"testConnection"_s); }
    QList<Notice *> notices()
    {
        return m_test->findChildren<Notice *>(QString(), Qt::FindDirectChildrenOnly);
    }
    Notice *notice(int index) { return notices().value(index); }

    std::unique_ptr<AttachedAgent> m_attached;
    std::unique_ptr<ConnectionTest> m_test;
};

QTEST_MAIN(TestConnectionTest)
#include "tst_connectiontest.moc"
