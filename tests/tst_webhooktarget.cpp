// SPDX-License-Identifier: Apache-2.0
#include "webhooktarget.h"

#include <QTest>

using namespace Qt::StringLiterals;

class WebhookTargetTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesWebAddresses_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("isTaken");
        const auto row = [](const QString &address, bool isTaken) {
            QTest::newRow(qPrintable(address)) << address << isTaken;
        };
        row(u"http://127.0.0.1:8080/hook"_s, true);
        row(u"https://example.org"_s, true);
        row(u"https://example.org/a?b=c"_s, true);
        row(u"http://[::1]/"_s, true);
        row(u""_s, false);
        row(u"example.org/hook"_s, false);
        row(u"ftp://example.org/"_s, false);
        row(u"file:///etc/passwd"_s, false);
        row(u"http:///hook"_s, false);
        row(u"http://user:word@example.org/"_s, false);
        row(u"http://exa mple.org/"_s, false);
        row(u"http://h/\r\nX: y"_s, false);
    }
    void takesWebAddresses()
    {
        QFETCH(QString, address);
        QFETCH(bool, isTaken);
        WebhookTarget target;
        QString error;
        QCOMPARE(target.setUrl(address, &error), isTaken);
        QCOMPARE(error.isEmpty(), isTaken);
        QCOMPARE(target.url, isTaken ? QUrl(address) : QUrl());
    }

    void sendsNoFragment()
    {
        WebhookTarget target;
        QString error;
        QVERIFY(target.setUrl(u"http://h/p#part"_s, &error));
        QCOMPARE(target.url, QUrl(u"http://h/p"_s));
    }

    void takesOneField_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const QString &line, const QByteArray &name, const QByteArray &value) {
            QTest::newRow(qPrintable(line)) << line << name << value;
        };
        row(u"Authorization: Bearer t"_s, "Authorization", "Bearer t");
        row(u"X-Key:v:w"_s, "X-Key", "v:w");
        row(u""_s, "", "");
        row(u"X-Key"_s, "", "");
        row(u"X-Key: "_s, "", "");
        row(u": v"_s, "", "");
        row(u"X Key: v"_s, "", "");
        row(u"X-Key: a\r\nY: b"_s, "", "");
        row(u"X-Key: \u00E4"_s, "", "");
        row(u"Host: h"_s, "", "");
        row(u"content-LENGTH: 1"_s, "", "");
        row(u"Transfer-Encoding: chunked"_s, "", "");
    }
    void takesOneField()
    {
        QFETCH(QString, line);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        WebhookTarget target;
        QString error;
        QCOMPARE(target.setField(line, &error), !name.isEmpty());
        QCOMPARE(error.isEmpty(), !name.isEmpty());
        QCOMPARE(target.fieldName, name);
        QCOMPARE(target.fieldValue, value);
    }
};

QTEST_GUILESS_MAIN(WebhookTargetTest)
#include "tst_webhooktarget.moc"
