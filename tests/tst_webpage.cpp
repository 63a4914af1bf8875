// SPDX-License-Identifier: Apache-2.0
#include "webpage.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

class WebPageTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void servesItsFiles_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("type");
        const auto row = [](const char *path, const char *type) {
            QTest::newRow(path) << QByteArray(path) << QByteArray(type);
        };
        row("/", "text/html; charset=utf-8");
        row("/app.js", "text/javascript; charset=utf-8");
        row("/style.css", "text/css; charset=utf-8");
        row("/icon.svg", "image/svg+xml");
    }
    void servesItsFiles()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, type);
        QVERIFY(WebPage::has(path));
        const HttpResponse response = WebPage::at(path);
        QCOMPARE(response.status, 200);
        QCOMPARE(response.type, type);
        QVERIFY(response.body.size() > 100);
        const QByteArray head = response.toBytes(true, true);
        QVERIFY(head.contains("\r\nContent-Security-Policy: default-src 'none'; "));
        QVERIFY(head.contains("\r\nX-Content-Type-Options: nosniff\r\n"));
        QVERIFY(head.contains("\r\nReferrer-Policy: no-referrer\r\n"));
        QVERIFY(!head.contains("unsafe"));
    }

    void servesNothingElse()
    {
        for (const char *path : {"", "/index.html", "//", "/app.js/", "/../main.cpp", "/APP.JS"}) {
            QVERIFY2(!WebPage::has(path), path);
            QCOMPARE(WebPage::at(path).status, 404);
        }
    }

    // What the policy forbids would silently not work; what could turn text into markup is banned.
    void keepsToItsPolicy()
    {
        const QByteArray page = WebPage::at("/").body;
        for (const char *banned : {"style=", "onclick", "javascript:", "http://", "https://"})
            QVERIFY2(!page.contains(banned), banned);
        static const QRegularExpression script(u"<script(?! src=\"app.js\")"_s);
        QVERIFY(!QString::fromUtf8(page).contains(script));
        const QByteArray code = WebPage::at("/app.js").body;
        for (const char *banned : {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write",
                                   "eval(", "localStorage", "document.cookie", "console."})
            QVERIFY2(!code.contains(banned), banned);
    }
};

QTEST_GUILESS_MAIN(WebPageTest)
#include "tst_webpage.moc"
