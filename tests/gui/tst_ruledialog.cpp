// SPDX-License-Identifier: Apache-2.0
#include "bytesview.h"
#include "ruledialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestRuleDialog final : public QObject
{
    Q_OBJECT

    ArmGuard::Now m_now;
    QList<Rule> m_saved;
    QString m_error;
    std::unique_ptr<RuleDialog> m_dialog;

    void open(const QByteArray &command, Rule rule = {})
    {
        rule.verdict = Rule::Verdict::Allow;
        rule.command = command;
        rule.scope = u"cometa.example:443/ops"_s;
        m_dialog = std::make_unique<RuleDialog>(
            rule,
            [this](const Rule &made, QString *error) {
                *error = m_error;
                m_saved.append(made);
                return m_error.isEmpty();
            },
            [](const QByteArray &bytes) { return u"So far: "_s + QString::fromUtf8(bytes); },
            [this] { return m_now; });
        m_dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        m_dialog->show();
        m_dialog->activateWindow();
    }
    template<typename T>
    T *child(const char *name)
    {
        return m_dialog->findChild<T *>(QString::fromLatin1(name));
    }
    QPushButton *accept() { return child<QPushButton>("accept"); }
    void arm()
    {
        const QColor armed = m_dialog->palette().color(QPalette::Active, QPalette::ButtonText);
        QTRY_VERIFY((m_now.awake += 700ms,
                     accept()->palette().color(QPalette::Active, QPalette::ButtonText) == armed));
    }
    void save()
    {
        arm();
        QTest::mouseClick(accept(), Qt::LeftButton);
    }

private Q_SLOTS:
    void init()
    {
        m_now = {1000s, 0s};
        m_saved.clear();
        m_error.clear();
    }
    void cleanup() { m_dialog.reset(); }

    void AC_08_savesWhatItShows_data()
    {
        QTest::addColumn<int>("length");
        QTest::addColumn<bool>("forSession");
        QTest::addColumn<qint64>("seconds");
        QTest::newRow("session") << -1 << true << qint64(0);
        QTest::newRow("an hour") << 60 << false << qint64(3600);
        QTest::newRow("a day") << 1440 << false << qint64(86'400);
        QTest::newRow("30 days") << 43'200 << false << qint64(30 * 86'400);
        QTest::newRow("for good") << 0 << false << qint64(0);
    }
    void AC_08_savesWhatItShows()
    {
        QFETCH(const int, length);
        QFETCH(const bool, forSession);
        QFETCH(const qint64, seconds);
        open("df -h");
        QVERIFY(child<QPlainTextEdit>("commandEdit")->isHidden());
        QCOMPARE(child<BytesView>("command")->bytes(), QByteArray("df -h"));
        auto *box = child<QComboBox>("length");
        box->setCurrentIndex(box->findData(length));
        child<QSpinBox>("uses")->setValue(3);
        save();
        QCOMPARE(m_saved.size(), 1);
        const Rule &rule = m_saved.first();
        QCOMPARE(rule.command, QByteArray("df -h"));
        QCOMPARE(rule.scope, u"cometa.example:443/ops"_s);
        QCOMPARE(rule.forSession, forSession);
        QCOMPARE(rule.until.isValid(), seconds > 0);
        if (seconds > 0)
            QVERIFY(std::abs(QDateTime::currentDateTimeUtc().secsTo(rule.until) - seconds) <= 5);
        QCOMPARE(rule.usesLeft, std::optional(3));
        QVERIFY(m_dialog->isHidden());
    }

    void whatWentWrongSqueezesNothing()
    {
        open("df -h");
        m_error =
            u"The rules in a file are not used, since others could have changed them. "_s.repeated(
                4);
        arm();
        m_dialog->resize(m_dialog->minimumSizeHint());
        save();
        const auto isWhole = [](const QWidget *shown) {
            const auto *label = qobject_cast<const QLabel *>(shown);
            const int needed = label && label->wordWrap() ? label->heightForWidth(label->width())
                                                          : shown->minimumSizeHint().height();
            return shown->height() >= needed;
        };
        QTRY_COMPARE(child<QLabel>("status")->text(), m_error);
        for (const char *name : {"verdict", "length", "uses", "discardOutput", "status", "accept"})
            QTRY_VERIFY2(isWhole(child<QWidget>(name)), name);
    }

    void P16_leavesTheOutputWhereTheOwnerWantsIt()
    {
        open("df -h");
        QVERIFY(m_dialog->rule().keepsOutput);
        child<QCheckBox>("discardOutput")->setChecked(true);
        QVERIFY(!m_dialog->rule().keepsOutput);
        auto *verdict = child<QComboBox>("verdict");
        verdict->setCurrentIndex(verdict->findData(int(Rule::Verdict::Deny)));
        QVERIFY(!child<QCheckBox>("discardOutput")->isEnabled());
        QVERIFY(m_dialog->rule().keepsOutput); // there will be none
        Rule before;
        before.id = u"1"_s;
        before.keepsOutput = false;
        open("df -h", before);
        save();
        QCOMPARE(m_saved.size(), 1);
        QVERIFY(!m_saved.first().keepsOutput);
    }

    void beginsWithTheShortest()
    {
        open("df -h");
        QVERIFY(m_dialog->rule().forSession);
        QVERIFY(!m_dialog->rule().usesLeft);
        QVERIFY(m_dialog->rule().verdict == Rule::Verdict::Allow);
    }

    void countsInWords()
    {
        open("df -h");
        auto *uses = child<QSpinBox>("uses");
        QCOMPARE(uses->text(), u"any number of times"_s);
        uses->setValue(1);
        QCOMPARE(uses->text(), u"1 time"_s);
        uses->setValue(2);
        QCOMPARE(uses->text(), u"2 times"_s);
    }

    void takesATypedCommandByteForByte()
    {
        open({});
        QVERIFY(child<BytesView>("command")->isHidden());
        auto *edit = child<QPlainTextEdit>("commandEdit");
        QVERIFY(!accept()->isEnabled());
        edit->setPlainText(u" \n"_s);
        QVERIFY(!accept()->isEnabled());
        edit->setPlainText(u" git *\n"_s);
        QVERIFY(accept()->isEnabled());
        QCOMPARE(child<QLabel>("past")->text(), u"So far:  git *\n"_s);
        save();
        QCOMPARE(m_saved.size(), 1);
        QCOMPARE(m_saved.first().command, QByteArray(" git *\n"));
    }

    void AC_08_allowsNothingThatCannotBeSeen()
    {
        open("ls \xE2\x80\xAE");
        QVERIFY(!accept()->isEnabled());
        QVERIFY(child<QLabel>("status")->text().contains(u"hidden"_s));
        auto *verdict = child<QComboBox>("verdict");
        verdict->setCurrentIndex(verdict->findData(int(Rule::Verdict::Deny)));
        QVERIFY(accept()->isEnabled());
        QCOMPARE(child<QLabel>("status")->text(), QString());
    }

    void AC_03_armsAnewWithEachChange()
    {
        open("df -h");
        arm();
        child<QSpinBox>("uses")->setValue(2);
        QTest::mouseClick(accept(), Qt::LeftButton);
        QVERIFY(m_saved.isEmpty());
        save();
        QCOMPARE(m_saved.size(), 1);
    }

    void AC_02_returnSavesNothing()
    {
        open("df -h");
        arm();
        QTest::keyClick(m_dialog.get(), Qt::Key_Return);
        accept()->setFocus();
        QTest::keyClick(accept(), Qt::Key_Return);
        QVERIFY(m_saved.isEmpty());
    }

    void staysWithTheReasonWhenItCannotBeSaved()
    {
        m_error = u"The disk is full."_s;
        open("df -h");
        save();
        QCOMPARE(m_saved.size(), 1);
        QVERIFY(m_dialog->isVisible());
        QCOMPARE(child<QLabel>("status")->text(), m_error);
    }

    void keepsWhatARuleHasWhenItIsChanged()
    {
        Rule rule;
        rule.id = u"r1"_s;
        rule.until = QDateTime::currentDateTimeUtc().addDays(3);
        rule.untilBoot = BootClock::time_point(1h);
        rule.usesLeft = 7;
        open("df", rule);
        QCOMPARE(m_dialog->rule().until, rule.until);
        QVERIFY(m_dialog->rule().untilBoot == rule.untilBoot);
        QCOMPARE(m_dialog->rule().usesLeft, std::optional(7));
        auto *length = child<QComboBox>("length");
        length->setCurrentIndex(length->findData(60));
        QVERIFY(m_dialog->rule().until < rule.until);
        QVERIFY(!m_dialog->rule().untilBoot);
        rule.until = {};
        open("df", rule);
        QVERIFY(!m_dialog->rule().until.isValid() && !m_dialog->rule().forSession);
        rule.forSession = true;
        open("df", rule);
        QVERIFY(m_dialog->rule().forSession);
    }
};

QTEST_MAIN(TestRuleDialog)
#include "tst_ruledialog.moc"
