// SPDX-License-Identifier: Apache-2.0
#include "agent.h"
#include "connectiontest.h"
#include "settingfield.h"
#include "settingsdialog.h"

#include <QDialogButtonBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

class TestSettingsDialog final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_settings = {};
        m_settings.configFile = m_directory->filePath(u"agent.conf"_s);
        m_settings.dataDirectory = m_directory->filePath(u"data"_s);
        m_settings.server = u"127.0.0.1"_s;
        m_settings.application = u"ops"_s;
        m_settings.lockedOptions = {u"keep-days"_s};
        m_agent = std::make_unique<Agent>(m_settings, Agent::Owner::Window);
        QString error;
        QVERIFY2(m_agent->open(&error), qPrintable(error));
        m_dialog = std::make_unique<SettingsDialog>(m_agent.get());
    }
    void cleanup()
    {
        m_dialog.reset();
        m_agent.reset();
    }

    void showsEverySettingThatCanBeSet()
    {
        for (const QString &option : Settings::optionNames())
            QVERIFY2(field(option), qPrintable(option));
        QCOMPARE(field(u"server"_s)->value(), u"127.0.0.1"_s);
        QCOMPARE(field(u"port"_s)->value(), u"443"_s);
    }

    void aWrongValueShowsTheReasonAndTurnsOkOff()
    {
        type(u"port"_s, u"99999"_s);
        QVERIFY(reason(u"port"_s).contains(u"1 to 65535"_s));
        QVERIFY(!ok()->isEnabled());
        QVERIFY(!m_dialog->findChild<QPushButton *>(u"testConnection"_s)->isEnabled());
        type(u"port"_s, u"8080"_s);
        QVERIFY(reason(u"port"_s).isEmpty());
        QVERIFY(ok()->isEnabled());
    }

    void whatIsMissingIsSaidBesideItsField()
    {
        type(u"server"_s, {});
        QVERIFY(!reason(u"server"_s).isEmpty());
        QVERIFY(!ok()->isEnabled());
    }

    void cancelChangesNothing()
    {
        type(u"server"_s, u"other.example.org"_s);
        m_dialog->reject();
        QCOMPARE(m_agent->settings(), m_settings);
        QVERIFY(!QFile::exists(m_settings.configFile));
    }

    void okSavesAndApplies()
    {
        type(u"time-limit"_s, u"60"_s);
        m_dialog->accept();
        QCOMPARE(m_agent->settings().timeLimit, std::chrono::seconds(60));
        QFile file(m_settings.configFile);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("time-limit = 60"));
    }

    void staysOpenWhenItCannotBeSaved()
    {
        m_settings.configFile = m_directory->filePath(u"file/agent.conf"_s);
        QFile blocker(m_directory->filePath(u"file"_s));
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        m_agent->setSettings(m_settings);
        m_dialog = std::make_unique<SettingsDialog>(m_agent.get());
        m_dialog->open();
        type(u"time-limit"_s, u"60"_s);
        m_dialog->accept();
        QVERIFY(m_dialog->isVisible());
        QCOMPARE(m_agent->settings(), m_settings);
    }

    void whatTheAdministratorSetCannotBeEdited()
    {
        QVERIFY(!field(u"keep-days"_s)->isEnabled());
        QVERIFY(field(u"keep-megabytes"_s)->isEnabled());
    }

    void theTestUsesAnotherDeviceIdOnlyWhenOursIsAttached()
    {
        QCOMPARE(testDeviceId(u"pc-1"_s, false), u"pc-1"_s);
        QCOMPARE(testDeviceId(u"pc-1"_s, true), u"pc-1.test"_s);
        const QString longest(32, u'x');
        QCOMPARE(testDeviceId(longest, true), QString(27, u'x') + u".test"_s);
    }

private:
    SettingField *field(const QString &option)
    {
        return m_dialog->findChild<SettingField *>(option);
    }
    void type(const QString &option, const QString &value)
    {
        field(option)->findChild<QLineEdit *>()->setText(value);
    }
    QString reason(const QString &option)
    {
        return field(option)->findChild<QLabel *>(u"problem"_s)->text();
    }
    QPushButton *ok()
    {
        return m_dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    Settings m_settings;
    std::unique_ptr<Agent> m_agent;
    std::unique_ptr<SettingsDialog> m_dialog;
};

QTEST_MAIN(TestSettingsDialog)
#include "tst_settingsdialog.moc"
