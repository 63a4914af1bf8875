// SPDX-License-Identifier: Apache-2.0
#include "certificateview.h"
#include "tlssetup.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

class TestCertificateView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWhoseItIsAndItsKey()
    {
        const QSslCertificate certificate = read();
        const CertificateView view(certificate);
        QCOMPARE(text(view, "subject"), certificate.subjectDisplayName());
        QCOMPARE(text(view, "issuer"), certificate.issuerDisplayName());
        QVERIFY(text(view, "validity")
                    .contains(QString::number(certificate.expiryDate().date().year())));
        QCOMPARE(text(view, "key").remove(u' '), TlsSetup::pinOf(certificate));
        for (const QLabel *label : view.findChildren<QLabel *>())
            QCOMPARE(label->textFormat(), Qt::PlainText);
    }

    void offersThePinWhenToldTo()
    {
        const QSslCertificate certificate = read();
        CertificateView view(certificate);
        auto *button = view.findChild<QPushButton *>(u"pinKey"_s);
        QVERIFY(button->isHidden());
        view.offerPin(true);
        QVERIFY(!button->isHidden() && !button->isEnabled());
        view.offerPin(false);
        QSignalSpy clicked(&view, &CertificateView::pinClicked);
        button->click();
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(clicked.first().first().toString(), TlsSetup::pinOf(certificate));
        button->click(); // once is enough
        QCOMPARE(clicked.size(), 1);
    }

private:
    static QSslCertificate read()
    {
        return QSslCertificate::fromPath(QFINDTESTDATA("../data/tls/server.pem")).value(0);
    }
    static QString text(const CertificateView &view, const char *name)
    {
        return view.findChild<QLabel *>(QLatin1String(name))->text();
    }
};

QTEST_MAIN(TestCertificateView)
#include "tst_certificateview.moc"
