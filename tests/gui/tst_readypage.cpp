// SPDX-License-Identifier: Apache-2.0
#include "attachedagent.h"
#include "copyline.h"
#include "notice.h"
#include "readypage.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

class TestReadyPage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsTheLink()
    {
        AttachedAgent attached(Agent::Owner::Window);
        ReadyPage page(attached.agent.get());
        page.show();
        page.prepare({});
        const auto *link = page.findChild<Notice *>(u"link"_s);
        const auto *line = page.findChild<CopyLine *>(u"curl"_s);
        QVERIFY(!page.isAttached() && !line->isVisible());
        QVERIFY(attached.start());
        QCOMPARE(link->kind(), Notice::Kind::Done);
        QVERIFY(page.isAttached() && line->isVisible());
        QSignalSpy changed(&page, &ReadyPage::changed);
        attached.server.stopListening();
        attached.server.closeLink();
        QTRY_COMPARE(link->kind(), Notice::Kind::Problem);
        QVERIFY(!changed.isEmpty());
        QVERIFY(!line->isVisible());
        QVERIFY(!page.title().isEmpty());
    }

    void showsTheSecretOnlyWhereItIsKnown()
    {
        AttachedAgent attached(Agent::Owner::Window);
        QVERIFY(attached.start());
        ReadyPage page(attached.agent.get());
        const auto *line = page.findChild<CopyLine *>(u"curl"_s);
        page.prepare({});
        QVERIFY(line->line().contains(u"OAuth APPLICATION-SECRET"_s));
        page.prepare(u"s3cret"_s);
        QVERIFY(line->line().contains(u"OAuth s3cret"_s));
        QVERIFY(line->line().contains(u"/applications/ops/devices/dev1/send"_s));
    }
};

QTEST_MAIN(TestReadyPage)
#include "tst_readypage.moc"
