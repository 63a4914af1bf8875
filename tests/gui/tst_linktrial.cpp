// SPDX-License-Identifier: Apache-2.0
#include "linktrial.h"
#include "scriptedserver.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using Step = LinkTrial::Step;

class TestLinkTrial final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesThroughItsStepsInOrder()
    {
        ScriptedServer server;
        LinkTrial trial(target(server));
        QSignalSpy passed(&trial, &LinkTrial::passed);
        QSignalSpy succeeded(&trial, &LinkTrial::succeeded);
        QSignalSpy failed(&trial, &LinkTrial::failed);
        trial.start();
        QTRY_COMPARE(succeeded.size(), 1);
        QVERIFY(!succeeded.first().first().toBool()); // loopback needs no encryption
        const QList<Step> steps = LinkTrial::steps(false, false);
        QCOMPARE(passed.size(), steps.size());
        for (int i = 0; i < passed.size(); ++i) {
            QCOMPARE(passed.at(i).first().value<Step>(), steps.at(i));
            QVERIFY(!passed.at(i).at(1).toString().isEmpty());
        }
        QTRY_VERIFY(!server.hasDevice());
        QCOMPARE(failed.size(), 0);
    }

    void namesTheProxyWhereThereIsOne()
    {
        ScriptedServer proxy; // one that answers before it was asked
        proxy.setGreeting("HTTP/1.1 502 Bad Gateway\r\n\r\n");
        LinkTrial::Target through = target(proxy);
        through.proxy = {ProxyOptions::Kind::Http, u"127.0.0.1"_s, proxy.port(), {}, {}};
        LinkTrial trial(through);
        QSignalSpy passed(&trial, &LinkTrial::passed);
        QSignalSpy failed(&trial, &LinkTrial::failed);
        trial.start();
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(passed.size(), 1);
        QCOMPARE(passed.first().first().value<Step>(), Step::Proxy);
        QVERIFY(passed.first().at(1).toString().contains(through.proxy.toText()));
        QCOMPARE(failed.first().first().value<Step>(), Step::Connection);
        QVERIFY(failed.first().at(1).toString().contains("502"_L1));
        QVERIFY(!LinkTrial::steps(false, true).contains(Step::Name)); // the proxy looks it up
    }

    void failsOnce()
    {
        ScriptedServer server;
        server.setAnswer("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        LinkTrial trial(target(server));
        QSignalSpy failed(&trial, &LinkTrial::failed);
        QSignalSpy succeeded(&trial, &LinkTrial::succeeded);
        trial.start();
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed.first().first().value<Step>(), Step::Attach);
        QTRY_VERIFY(!server.hasDevice());
        QCOMPARE(server.connections(), 1); // no other try
        QCOMPARE(succeeded.size(), 0);
    }

    void mayBeDeletedByWhoHearsOfIt()
    {
        ScriptedServer server;
        server.stopListening();
        auto *trial = new LinkTrial(target(server));
        QPointer<LinkTrial> watched(trial);
        connect(trial, &LinkTrial::failed, this, [trial] { delete trial; });
        trial->start();
        QTRY_VERIFY(!watched);
    }

    void hasAnEncryptionStepOnlyWithTls()
    {
        QVERIFY(LinkTrial::steps(true, false).contains(Step::Encryption));
        QVERIFY(!LinkTrial::steps(false, false).contains(Step::Encryption));
        for (const Step step : LinkTrial::steps(true, true))
            QVERIFY(!LinkTrial::title(step).isEmpty());
    }

private:
    static LinkTrial::Target target(const ScriptedServer &server)
    {
        Settings settings;
        settings.server = u"127.0.0.1"_s;
        settings.port = server.port();
        settings.application = u"ops"_s;
        return {settings, u"pc-1"_s, false};
    }
};

QTEST_GUILESS_MAIN(TestLinkTrial)
#include "tst_linktrial.moc"
