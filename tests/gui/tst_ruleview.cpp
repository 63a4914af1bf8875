// SPDX-License-Identifier: Apache-2.0
#include "agent.h"
#include "rulemodel.h"
#include "ruleview.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;

class TestRuleView final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Agent> m_agent;
    std::unique_ptr<RuleView> m_view;
    QString m_error;

    void start()
    {
        Settings settings;
        settings.server = u"127.0.0.1"_s;
        settings.application = u"ops"_s;
        settings.dataDirectory = m_directory->filePath(u"data"_s);
        m_agent = std::make_unique<Agent>(settings, Agent::Owner::Window);
        QVERIFY2(m_agent->open(&m_error), qPrintable(m_error));
        m_view = std::make_unique<RuleView>(m_agent.get());
        m_view->show();
    }
    void stop()
    {
        m_view.reset();
        m_agent.reset();
    }
    bool add(const QByteArray &command, Rule::Verdict verdict = Rule::Verdict::Allow)
    {
        Rule rule;
        rule.verdict = verdict;
        rule.command = command;
        rule.scope = m_agent->scope();
        return m_agent->rules()->add(rule, &m_error);
    }
    QString cell(int row, RuleModel::Column column)
    {
        return list()->model()->index(row, column).data().toString();
    }
    QTreeView *list() { return m_view->findChild<QTreeView *>(u"rules"_s); }
    QPushButton *button(const char *name)
    {
        return m_view->findChild<QPushButton *>(QString::fromLatin1(name));
    }
    QString rest() { return m_view->findChild<QLabel *>(u"rest"_s)->text(); }

private Q_SLOTS:
    void init()
    {
        qunsetenv("XDG_RUNTIME_DIR"); // the control socket is in the data directory
        m_directory = std::make_unique<QTemporaryDir>();
        start();
    }
    void cleanup() { stop(); }

    void saysWhatRulesAreWhereThereAreNone()
    {
        QVERIFY(!list()->isVisible());
        QVERIFY(!button("removeRule")->isEnabled());
        QCOMPARE(rest(), u"You are asked about every command."_s);
        QVERIFY(add("df -h"));
        QCOMPARE(rest(), u"You are asked about every other command."_s);
    }

    void listsTheNewestFirst()
    {
        QVERIFY(add("df -h"));
        QVERIFY(add("rm -r x\x1b", Rule::Verdict::Deny));
        QVERIFY(list()->isVisible());
        QCOMPARE(list()->model()->rowCount(), 2);
        QCOMPARE(cell(0, RuleModel::Command), u"rm -r x\\u{001B}"_s);
        QCOMPARE(cell(0, RuleModel::Decision), u"✕ deny"_s);
        QCOMPARE(cell(1, RuleModel::Command), u"df -h"_s);
        QCOMPARE(cell(1, RuleModel::Decision), u"● allow"_s);
        QCOMPARE(cell(1, RuleModel::From), m_agent->scope());
        QCOMPARE(cell(1, RuleModel::Until), u"until removed"_s);
    }

    void SP_05_showsMarkupAsItIs()
    {
        QVERIFY(add("uptime '<b></b><!--'"));
        QCOMPARE(cell(0, RuleModel::Command), u"uptime '<b></b><!--'"_s);
        const QModelIndex index = list()->model()->index(0, RuleModel::Command);
        QVERIFY(!index.data(Qt::ToolTipRole).toString().contains(u"<b>"_s));
    }

    void removesTheOneThatIsSelected()
    {
        QVERIFY(add("df -h"));
        QVERIFY(add("id"));
        list()->setCurrentIndex(list()->model()->index(1, 0));
        QVERIFY(button("removeRule")->isEnabled());
        QTest::mouseClick(button("removeRule"), Qt::LeftButton);
        QCOMPARE(m_agent->rules()->all().size(), 1);
        QCOMPARE(m_agent->rules()->all().first().command, QByteArray("id"));
        QVERIFY(!button("removeRule")->isEnabled());
    }

    void asksForANewOne()
    {
        Rule asked;
        connect(m_view.get(), &RuleView::ruleRequested, this,
                [&asked](const Rule &r) { asked = r; });
        QTest::mouseClick(button("addRule"), Qt::LeftButton);
        QVERIFY(asked.command.isEmpty() && asked.id.isEmpty());
        QCOMPARE(asked.scope, m_agent->scope());
        QCOMPARE(asked.verdict, Rule::Verdict::Deny);
    }

    void asksForAChangeOfTheOneThatIsSelected()
    {
        Rule asked;
        connect(m_view.get(), &RuleView::ruleRequested, this,
                [&asked](const Rule &r) { asked = r; });
        QVERIFY(add("df -h"));
        QVERIFY(add("id"));
        QVERIFY(!button("changeRule")->isEnabled());
        list()->setCurrentIndex(list()->model()->index(1, 0));
        QTest::mouseClick(button("changeRule"), Qt::LeftButton);
        QCOMPARE(asked, m_agent->rules()->all().first());
        list()->setCurrentIndex(list()->model()->index(0, 0));
        QVERIFY(QMetaObject::invokeMethod(list(), "activated",
                                          Q_ARG(QModelIndex, list()->currentIndex())));
        QCOMPARE(asked.command, QByteArray("id"));
    }

    void tellsHowOftenTheSelectedOneHasDecided()
    {
        const auto *use = m_view->findChild<QLabel *>(u"use"_s);
        QVERIFY(add("df -h"));
        QVERIFY(!use->isVisible());
        list()->setCurrentIndex(list()->model()->index(0, 0));
        QVERIFY(use->isVisible());
        QCOMPARE(use->text(), u"No rule has decided about this command so far."_s);
    }

    void theSelectedOneStaysSelectedWhenOthersChange()
    {
        QVERIFY(add("df -h"));
        QVERIFY(add("id"));
        list()->setCurrentIndex(list()->model()->index(1, 0));
        QVERIFY(add("uptime"));
        QCOMPARE(list()->currentIndex().siblingAtColumn(RuleModel::Command).data().toString(),
                 u"df -h"_s);
        QCOMPARE(list()->selectionModel()->selectedRows().value(0).row(), 2);
        QVERIFY(button("removeRule")->isEnabled());
        // What is gone hands its place to nobody.
        QVERIFY(m_agent->rules()->remove(m_agent->rules()->all().constFirst().id, &m_error));
        QCOMPARE(list()->model()->rowCount(), 2);
        QVERIFY(!list()->currentIndex().isValid());
        QVERIFY(!button("removeRule")->isEnabled());
    }

    void aUseIsToldOfAtOnce()
    {
        QVERIFY(add("df -h"));
        list()->setCurrentIndex(list()->model()->index(0, 0));
        Request request;
        request.name = u"a"_s;
        request.command = "df -h";
        Journal *journal = m_agent->journal();
        QVERIFY(journal->received(request, m_agent->scope(), "df -h"));
        QVERIFY(journal->approved(request, u"rule"_s));
        const auto *use = m_view->findChild<QLabel *>(u"use"_s);
        QTRY_VERIFY(use->text().startsWith(u"A rule has decided about this command once"_s));
    }

    void untilWhenIsThereInWhole()
    {
        Rule rule;
        rule.verdict = Rule::Verdict::Allow;
        rule.command = "df -h";
        rule.scope = m_agent->scope();
        rule.forSession = true;
        rule.usesLeft = 1000;
        rule.keepsOutput = false;
        QVERIFY(m_agent->rules()->add(rule, &m_error));
        const QModelIndex index = list()->model()->index(0, RuleModel::Until);
        QVERIFY(list()->fontMetrics().horizontalAdvance(index.data().toString())
                < list()->columnWidth(RuleModel::Until));
    }

    void PO_06_showsRulesThatSomebodyElseWroteAndLetsTheOwnerDecide_data()
    {
        QTest::addColumn<bool>("trusts");
        QTest::newRow("use them") << true;
        QTest::newRow("throw them away") << false;
    }
    void PO_06_showsRulesThatSomebodyElseWroteAndLetsTheOwnerDecide()
    {
        QFETCH(const bool, trusts);
        QVERIFY(add("df -h"));
        stop();
        Rule foreign;
        foreign.id = u"x"_s;
        foreign.verdict = Rule::Verdict::Allow;
        foreign.command = "rm -r y";
        foreign.scope = u"127.0.0.1:443/ops"_s;
        foreign.created = QDateTime::currentDateTimeUtc();
        const RuleFile file(m_directory->filePath(u"data/rules.json"_s));
        QVERIFY(file.write(RuleFile::json({foreign}), &m_error));
        start();
        QVERIFY(m_view->findChild<QLabel *>(u"doubt"_s)->isVisible());
        QCOMPARE(cell(0, RuleModel::Command), u"rm -r y"_s);
        QVERIFY(m_agent->rules()->all().isEmpty());
        list()->setCurrentIndex(list()->model()->index(0, 0));
        QVERIFY(!button("removeRule")->isEnabled());
        QTest::mouseClick(button(trusts ? "trust" : "discard"), Qt::LeftButton);
        QVERIFY(!m_view->findChild<QLabel *>(u"doubt"_s)->isVisible());
        QCOMPARE(m_agent->rules()->all().size(), trusts ? 1 : 0);
    }
};

QTEST_MAIN(TestRuleView)
#include "tst_ruleview.moc"
