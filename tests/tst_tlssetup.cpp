// SPDX-License-Identifier: Apache-2.0
#include "tlssetup.h"

#include <QSslKey>
#include <QTest>

Q_DECLARE_METATYPE(TlsOptions)

class TestTlsSetup final : public QObject
{
    Q_OBJECT

    QString file(const char *name)
    {
        return QFINDTESTDATA("data/tls/") + QString::fromLatin1(name);
    }
    QSslCertificate certificate(const char *name)
    {
        return QSslCertificate::fromPath(file(name)).value(0);
    }

private Q_SLOTS:
    void NE_03_asksForTls12AndTheWholeChain()
    {
        QString error;
        const auto configuration = TlsSetup::configuration({true, {}, {}, {}, {}}, &error);
        QVERIFY2(configuration, qPrintable(error));
        QCOMPARE(configuration->protocol(), QSsl::TlsV1_2OrLater);
        QCOMPARE(configuration->peerVerifyMode(), QSslSocket::VerifyPeer);
    }

    void trustsOnlyTheGivenAuthorities()
    {
        QString error;
        const auto configuration =
            TlsSetup::configuration({true, file("ca.pem"), {}, {}, {}}, &error);
        QVERIFY2(configuration, qPrintable(error));
        QCOMPARE(configuration->caCertificates(), QList<QSslCertificate>{certificate("ca.pem")});
    }

    void takesAClientCertificate()
    {
        QString error;
        const auto configuration =
            TlsSetup::configuration({true, {}, {}, file("server.pem"), file("server.key")}, &error);
        QVERIFY2(configuration, qPrintable(error));
        QCOMPARE(configuration->localCertificate(), certificate("server.pem"));
        QVERIFY(!configuration->privateKey().isNull());
    }

    void namesTheFileThatCannotBeUsed_data()
    {
        QTest::addColumn<TlsOptions>("options");
        QTest::addColumn<QString>("text");
        const QString none = QStringLiteral("/nowhere.pem");
        QTest::newRow("no CA file") << TlsOptions{true, none, {}, {}, {}} << none;
        QTest::newRow("CA file is a key")
            << TlsOptions{true, file("server.key"), {}, {}, {}} << QStringLiteral("server.key");
        QTest::newRow("no certificate")
            << TlsOptions{true, {}, {}, none, file("server.key")} << none;
        QTest::newRow("key is a certificate")
            << TlsOptions{true, {}, {}, file("server.pem"), file("ca.pem")}
            << QStringLiteral("ca.pem");
        QTest::newRow("key of another certificate")
            << TlsOptions{true, {}, {}, file("server.pem"), file("othername.key")}
            << QStringLiteral("othername.key and certificate");
        QTest::newRow("certificate is a key")
            << TlsOptions{true, {}, {}, file("server.key"), file("server.key")}
            << QStringLiteral("server.key");
    }
    void namesTheFileThatCannotBeUsed()
    {
        QFETCH(TlsOptions, options);
        QFETCH(QString, text);
        QString error;
        QVERIFY(!TlsSetup::configuration(options, &error));
        QVERIFY2(error.contains(text), qPrintable(error));
    }

    void NE_01_takesOnlySubjectAltNames()
    {
        QVERIFY(TlsSetup::isFor(certificate("server.pem"), QStringLiteral("localhost")));
        QVERIFY(TlsSetup::isFor(certificate("server.pem"), QStringLiteral("127.0.0.1")));
        QVERIFY(!TlsSetup::isFor(certificate("server.pem"), QStringLiteral("127.0.0.2")));
        QVERIFY(!TlsSetup::isFor(certificate("server.pem"), QStringLiteral("sub.localhost")));
        QVERIFY(!TlsSetup::isFor(certificate("othername.pem"), QStringLiteral("localhost")));
        QVERIFY(!TlsSetup::isFor(certificate("commonname.pem"), QStringLiteral("localhost")));
        // *.wild.example stands for exactly one label.
        QVERIFY(TlsSetup::isFor(certificate("wildcard.pem"), QStringLiteral("a.wild.example")));
        QVERIFY(!TlsSetup::isFor(certificate("wildcard.pem"), QStringLiteral("wild.example")));
        QVERIFY(!TlsSetup::isFor(certificate("wildcard.pem"), QStringLiteral("a.b.wild.example")));
    }

    void NE_02_comparesThePin()
    {
        // openssl pkey -in server.key -pubout -outform der | sha256sum
        const QString pin =
            QStringLiteral("5b56487994221cb003bbb51ce9827d0a4dfc56a91f8f037ad30ef44dfce8494d");
        const QString host = QStringLiteral("localhost");
        QCOMPARE(TlsSetup::pinOf(certificate("server.pem")), pin);
        QCOMPARE(TlsSetup::peerProblem(certificate("server.pem"), host, pin), QString());
        QCOMPARE(TlsSetup::peerProblem(certificate("server.pem"), host, {}), QString());
        QVERIFY(TlsSetup::peerProblem(certificate("server.pem"), host, QString(64, u'a'))
                    .contains(pin));
    }

    void explainsWhatIsWrongAndWhatToDo_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<QString>("text");
        QTest::newRow("expired") << int(QSslError::CertificateExpired)
                                 << QStringLiteral("has expired");
        QTest::newRow("not yet valid")
            << int(QSslError::CertificateNotYetValid) << QStringLiteral("clock");
        QTest::newRow("self-signed")
            << int(QSslError::SelfSignedCertificate) << QStringLiteral("--ca-file");
        QTest::newRow("host") << int(QSslError::HostNameMismatch) << QStringLiteral("not for");
        QTest::newRow("other") << int(QSslError::CertificateRevoked)
                               << QStringLiteral("not acceptable");
    }
    void explainsWhatIsWrongAndWhatToDo()
    {
        QFETCH(int, error);
        QFETCH(QString, text);
        const QList<QSslError> errors{QSslError(static_cast<QSslError::SslError>(error))};
        const QString line = TlsSetup::explain(errors, QStringLiteral("a.example"));
        QVERIFY2(line.contains(text) && line.contains(QStringLiteral("a.example")),
                 qPrintable(line));
    }
};

QTEST_GUILESS_MAIN(TestTlsSetup)
#include "tst_tlssetup.moc"
