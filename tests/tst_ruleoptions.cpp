// SPDX-License-Identifier: Apache-2.0
#include "ctlusage.h"
#include "ruleoptions.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class RuleOptionsTest final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;
    QString m_error;

    std::optional<Rule> read(const QHash<QString, QString> &options)
    {
        CtlUsage usage;
        usage.options = options;
        m_error.clear();
        return RuleOptions::read(usage, &m_error);
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_CONFIG_HOME", m_home.path().toLocal8Bit());
        qputenv("XDG_CONFIG_DIRS", m_home.path().toLocal8Bit());
    }

    void readsAVerdictAndAScope()
    {
        const auto allow = read({{u"allow"_s, {}}, {u"scope"_s, u"127.0.0.1:7007/ops"_s}});
        QVERIFY2(allow, qPrintable(m_error));
        QCOMPARE(allow->verdict, Rule::Verdict::Allow);
        QCOMPARE(allow->scope, u"127.0.0.1:7007/ops"_s);
        QVERIFY(allow->command.isEmpty());
        QVERIFY(!allow->until.isValid());
        QVERIFY(!allow->usesLeft);
        const auto deny = read({{u"deny"_s, {}}, {u"scope"_s, u"127.0.0.1:7007/ops"_s}});
        QCOMPARE(deny->verdict, Rule::Verdict::Deny);
    }

    void PO_05_readsALength_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("seconds"); // 0: it is none
        QTest::newRow("minutes") << u"90m"_s << qint64(90 * 60);
        QTest::newRow("hours") << u"8h"_s << qint64(8 * 3600);
        QTest::newRow("days") << u"30d"_s << qint64(30 * 86'400);
        for (const char *text :
             {"", "30", "0d", "-1d", "+1d", "1.5h", "1w", "1d ", "1d\n", "100000m"})
            QTest::newRow(text) << QString::fromLatin1(text) << qint64(0);
    }
    void PO_05_readsALength()
    {
        QFETCH(const QString, text);
        QFETCH(const qint64, seconds);
        const QDateTime before = QDateTime::currentDateTimeUtc();
        const auto rule =
            read({{u"allow"_s, {}}, {u"scope"_s, u"a.example:1/b"_s}, {u"for"_s, text}});
        QCOMPARE(rule.has_value(), seconds > 0);
        QCOMPARE(m_error.contains(u"--for"_s), seconds == 0);
        if (rule) {
            QVERIFY(rule->until >= before.addSecs(seconds));
            QVERIFY(rule->until <= QDateTime::currentDateTimeUtc().addSecs(seconds));
        }
    }

    void PO_05_readsACount_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("uses"); // 0: it is none
        QTest::newRow("one") << u"1"_s << 1;
        QTest::newRow("most") << u"1000000"_s << 1'000'000;
        for (const char *text : {"", "0", "-1", "+1", "1000001", "1e3", " 1", "x"})
            QTest::newRow(text) << QString::fromLatin1(text) << 0;
    }
    void PO_05_readsACount()
    {
        QFETCH(const QString, text);
        QFETCH(const int, uses);
        const auto rule =
            read({{u"allow"_s, {}}, {u"scope"_s, u"a.example:1/b"_s}, {u"uses"_s, text}});
        QCOMPARE(rule ? rule->usesLeft.value_or(-1) : 0, uses);
        QCOMPARE(m_error.contains(u"--uses"_s), uses == 0);
    }

    void PO_04_writesTheScopeAsTheAgentDoes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("scope"); // empty: it is none
        QTest::newRow("name") << u"Cometa.Example.ORG:443/ops"_s << u"cometa.example.org:443/ops"_s;
        QTest::newRow("IPv6") << u"[::1]:7007/a"_s << u"[::1]:7007/a"_s;
        for (const char *text : {"", "a", "a:1", "a/b", ":1/b", "a:/b", "a:0/b", "a:65536/b",
                                 "a:1/", "a:1/b c", "a:1/..", "a b:1/c", "u@a:1/b", "http://a:1/b"})
            QTest::newRow(text) << QString::fromLatin1(text) << QString();
    }
    void PO_04_writesTheScopeAsTheAgentDoes()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, scope);
        QCOMPARE(RuleOptions::normalisedScope(text), scope);
        QCOMPARE(read({{u"allow"_s, {}}, {u"scope"_s, text}}).has_value(), !scope.isEmpty());
        QCOMPARE(m_error.contains(u"--scope"_s), scope.isEmpty());
    }

    void takesTheScopeOfTheSettings()
    {
        QVERIFY(!read({{u"allow"_s, {}}}));
        QVERIFY(m_error.contains(u"--scope"_s));
        QVERIFY(QDir(m_home.path()).mkdir(u"cometa-agent"_s));
        QFile file(m_home.filePath(u"cometa-agent/agent.conf"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("server = cometa.example.org\nport = 8443\napp = ops\n");
        file.close();
        const auto rule = read({{u"allow"_s, {}}});
        QVERIFY2(rule, qPrintable(m_error));
        QCOMPARE(rule->scope, u"cometa.example.org:8443/ops"_s);
    }
};

QTEST_GUILESS_MAIN(RuleOptionsTest)
#include "tst_ruleoptions.moc"
