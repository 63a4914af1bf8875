// SPDX-License-Identifier: Apache-2.0
#include "tlsfiles.h"

#include <QSslCertificate>
#include <QSslKey>
#include <QTest>

using namespace Qt::StringLiterals;

class TlsFilesTest final : public QObject
{
    Q_OBJECT

    QString m_directory = QFINDTESTDATA("data/tls/");

private Q_SLOTS:
    void readsChainAndKey()
    {
        QString error;
        const TlsFiles files{m_directory + "server.pem"_L1, m_directory + "server.key"_L1};
        const auto tls = files.read(u"cert"_s, u"key"_s, &error);
        QVERIFY2(tls, qPrintable(error));
        QVERIFY(!tls->localCertificateChain().isEmpty());
        QVERIFY(!tls->privateKey().isNull());
        QCOMPARE(tls->protocol(), QSsl::TlsV1_2OrLater);
    }

    void namesTheOneAtFault_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("begin");
        const QString pem = m_directory + "server.pem"_L1;
        const QString key = m_directory + "server.key"_L1;
        QTest::newRow("no certificate") << key << key << u"--cert: "_s + key;
        QTest::newRow("missing certificate") << u"/nowhere.pem"_s << key << u"--cert: /nowhere"_s;
        QTest::newRow("no key") << pem << pem << u"--key: "_s + pem;
        QTest::newRow("key of another")
            << pem << m_directory + "othername.key"_L1
            << u"--key: "_s + m_directory + "othername.key and the certificate"_L1;
        QTest::newRow("missing key") << pem << u"/nowhere.key"_s << u"--key: /nowhere"_s;
    }
    void namesTheOneAtFault()
    {
        QFETCH(QString, certificate);
        QFETCH(QString, key);
        QFETCH(QString, begin);
        QString error;
        QVERIFY(!TlsFiles({certificate, key}).read(u"--cert"_s, u"--key"_s, &error));
        QVERIFY2(error.startsWith(begin) && !error.contains(u'\n'), qPrintable(error));
    }
};

QTEST_GUILESS_MAIN(TlsFilesTest)
#include "tst_tlsfiles.moc"
