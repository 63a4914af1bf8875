// SPDX-License-Identifier: Apache-2.0
#include "agent.h"
#include "copyline.h"
#include "curlline.h"
#include "firststart.h"
#include "localserver.h"
#include "notice.h"
#include "scriptedserver.h"
#include "settingfield.h"
#include "translation.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

class TestFirstStart final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        qputenv("XDG_CONFIG_HOME", QFile::encodeName(m_directory->filePath(u"config"_s)));
        m_settings = {};
        m_settings.configFile = m_directory->filePath(u"config/agent.conf"_s);
        m_settings.dataDirectory = m_directory->filePath(u"data"_s);
        makeWizard(LocalServer::installedProgram());
    }
    void cleanup()
    {
        m_wizard.reset();
        m_agent.reset();
    }

    void isNeededWithoutServerOrApplication()
    {
        Settings settings;
        QVERIFY(FirstStart::isNeeded(settings));
        settings.server = u"a.example"_s;
        QVERIFY(FirstStart::isNeeded(settings));
        settings.keyFile = u"/x.key"_s; // the settings dialog is for that
        QVERIFY(!FirstStart::isNeeded(settings));
        settings.keyFile.clear();
        settings.application = u"ops"_s;
        QVERIFY(!FirstStart::isNeeded(settings));
    }

    void goesOnOnlyWithAServerAndAnApplication()
    {
        next()->click();
        QCOMPARE(page(), 1);
        QVERIFY(!next()->isEnabled());
        QVERIFY(field(u"server"_s)->problem().isEmpty()); // nothing was typed yet
        type(u"server"_s, u"http://a.example"_s);
        QVERIFY(!field(u"server"_s)->problem().isEmpty());
        type(u"server"_s, u"a.example"_s);
        QVERIFY(!next()->isEnabled());
        type(u"app"_s, u"ops"_s);
        QVERIFY(next()->isEnabled());
        button("back")->click();
        QCOMPARE(page(), 0);
    }

    void asksForTheCertificateOfTheServersCaWhereItMatters()
    {
        next()->click();
        const SettingField *caFile = field(u"ca-file"_s);
        type(u"server"_s, u"127.0.0.1"_s);
        type(u"app"_s, u"ops"_s);
        QVERIFY(caFile->isVisible()); // port 443
        type(u"port"_s, u"8080"_s);
        QVERIFY(!caFile->isVisible());
        field(u"tls"_s)->setValue(u"yes"_s);
        QVERIFY(caFile->isVisible());
        type(u"ca-file"_s, m_directory->filePath(u"none.pem"_s));
        QVERIFY(!caFile->problem().isEmpty());
        QVERIFY(!next()->isEnabled());
        field(u"tls"_s)->setValue(u"auto"_s);
        QVERIFY(caFile->isVisible()); // it is why there is no next page
    }

    void endsAttachedToAServerWithItsOwnCa()
    {
        ScriptedServer server(true, tlsConfiguration());
        goToOptions(server.port());
        button("back")->click();
        field(u"tls"_s)->setValue(u"yes"_s);
        next()->click();
        next()->click();
        QTRY_COMPARE(link()->kind(), Notice::Kind::Problem);
        button("back")->click();
        type(u"ca-file"_s, tlsFile(u"ca.pem"_s));
        next()->click();
        next()->click();
        QTRY_COMPARE(m_agent->state(), CometaClient::State::Attached);
        QVERIFY(m_agent->client().isEncrypted());
        QVERIFY(saved().contains("/data/tls/ca.pem\n"));
    }

    void noKeyOfAButtonThatLeadsOnActsOnTheNextPage_data()
    {
        QTest::addColumn<Settings::Language>("language");
        QTest::newRow("English") << Settings::Language::English;
        QTest::newRow("German") << Settings::Language::German;
    }
    void noKeyOfAButtonThatLeadsOnActsOnTheNextPage()
    {
        QFETCH(const Settings::Language, language);
        const Translation translation(language);
        ScriptedServer server;
        makeWizard(LocalServer::installedProgram());
        QSet<QString> leading; // of the buttons below the pages, and of the one that tries
        QHash<QString, QString> acting; // key -> text, of what is on the pages
        goToOptions(server.port());
        button("back")->click();
        button("back")->click();
        QCOMPARE(page(), 0);
        for (int i = 0; i < 4; ++i) {
            QCOMPARE(page(), i);
            const QList<QAbstractButton *> all = m_wizard->findChildren<QAbstractButton *>();
            for (const QAbstractButton *found : all) {
                const QString key = QKeySequence::mnemonic(found->text()).toString();
                if (!found->isVisible() || key.isEmpty())
                    continue;
                const bool leads =
                    found->parentWidget() == m_wizard.get() || found == button("try");
                if (leads)
                    leading.insert(key);
                else
                    acting.insert(key, found->text());
            }
            next()->click();
            if (i == 2)
                QTRY_COMPARE(m_agent->state(), CometaClient::State::Attached);
        }
        QCOMPARE(leading.size(), 6); // Next, Back, Attach, Done, later, try
        QVERIFY(acting.size() >= 3); // two check boxes, the test, the line to copy
        for (auto one = acting.cbegin(); one != acting.cend(); ++one)
            QVERIFY2(!leading.contains(one.key()), qPrintable(one.value()));
    }

    void closingItLeavesEverythingAsItWas()
    {
        goToOptions(1);
        m_wizard->findChild<QCheckBox *>(u"autostart"_s)->setChecked(true);
        m_wizard->reject();
        QVERIFY(!m_wizard->isVisible());
        QCOMPARE(m_agent->settings(), m_settings);
        QVERIFY(!QFile::exists(m_settings.configFile));
        QVERIFY(!QFile::exists(m_directory->filePath(u"config/autostart"_s)));
    }

    void endsAttachedWithALineToSend()
    {
        ScriptedServer server;
        goToOptions(server.port());
        m_wizard->findChild<QCheckBox *>(u"autostart"_s)->setChecked(true);
        field(u"notifications"_s)->setValue(u"no"_s);
        next()->click();
        QCOMPARE(page(), 3);
        QTRY_COMPARE(m_agent->state(), CometaClient::State::Attached);
        QCOMPARE(link()->kind(), Notice::Kind::Done);
        auto *line = m_wizard->findChild<CopyLine *>(u"curl"_s);
        QVERIFY(line->isVisible());
        QVERIFY(line->line().startsWith(u"curl -H 'Authorization: OAuth APPLICATION-SECRET'"_s));
        QVERIFY(line->line().contains(u"/devices/pc-1/send"_s));
        line->findChild<QPushButton *>(u"copy"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), line->line());
        QCOMPARE(saved(),
                 "server = 127.0.0.1\nport = " + QByteArray::number(server.port())
                     + "\napp = ops\ndevice = pc-1\nnotifications = no\n");
        QVERIFY(QFile::exists(m_directory->filePath(u"config/autostart/cometa-agent.desktop"_s)));
        QVERIFY(!button("back")->isVisible() && !button("later")->isVisible());
        next()->click();
        QVERIFY(!m_wizard->isVisible());
    }

    void ST_04_takesWhatASecondStartBroughtAndSavesNothing()
    {
        m_settings.lockedOptions = {u"port"_s};
        makeWizard({});
        m_wizard->offer({{u"server"_s, u"127.0.0.1"_s},
                         {u"app"_s, u"ops"_s},
                         {u"port"_s, u"1"_s},
                         {u"data-dir"_s, u"/elsewhere"_s},
                         {u"time-limit"_s, u"60"_s}});
        QCOMPARE(page(), 1); // where they can be seen
        QCOMPARE(field(u"server"_s)->value(), u"127.0.0.1"_s);
        QCOMPARE(field(u"app"_s)->value(), u"ops"_s);
        QCOMPARE(field(u"port"_s)->value(), u"443"_s);
        QVERIFY(next()->isEnabled());
        const QString text = m_wizard->findChild<Notice *>(u"notice"_s)->text();
        QVERIFY2(text.contains(u"with these settings: Server, Application id."_s),
                 qPrintable(text));
        QVERIFY2(text.contains(u"administrator, and left so: Port."_s), qPrintable(text));
        QVERIFY2(text.endsWith(u"found in the settings: --time-limit."_s), qPrintable(text));
        QVERIFY(!QFile::exists(m_settings.configFile));
        QCOMPARE(m_agent->settings(), m_settings);
        next()->click();
        next()->click();
        QCOMPARE(saved(), "server = 127.0.0.1\napp = ops\n");
    }

    void leadsFromItsEndToWhatASecondStartBrought()
    {
        ScriptedServer server;
        goToOptions(server.port());
        next()->click();
        QTRY_COMPARE(m_agent->state(), CometaClient::State::Attached);
        m_wizard->offer({{u"device"_s, u"pc-2"_s}});
        QCOMPARE(page(), 1);
        next()->click();
        next()->click();
        QTRY_COMPARE(m_agent->settings().device, u"pc-2"_s);
        QVERIFY(saved().contains("device = pc-2\n"));
    }

    void leadsBackWhenTheServerRefuses()
    {
        ScriptedServer server;
        server.setAnswer("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        goToOptions(server.port());
        next()->click();
        QTRY_COMPARE(link()->kind(), Notice::Kind::Problem);
        QVERIFY(!m_wizard->findChild<CopyLine *>(u"curl"_s)->isVisible());
        QVERIFY(button("back")->isVisible());
        button("back")->click();
        QCOMPARE(page(), 1);
    }

    void staysWhereItIsWhenItCannotSave()
    {
        QFile blocker(m_directory->filePath(u"config"_s));
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        goToOptions(1);
        next()->click();
        QCOMPARE(page(), 2);
        QCOMPARE(m_wizard->findChild<Notice *>(u"notice"_s)->kind(), Notice::Kind::Problem);
        QCOMPARE(m_agent->settings(), m_settings);
    }

    void triesAServerOnThisComputerWithoutSavingAnything()
    {
        next()->click();
        button("try")->click();
        QTRY_COMPARE_WITH_TIMEOUT(page(), 2, 20'000);
        QVERIFY(!m_wizard->findChild<QCheckBox *>(u"autostart"_s)->isVisible());
        next()->click();
        QTRY_COMPARE(m_agent->state(), CometaClient::State::Attached);
        const QString line = m_wizard->findChild<CopyLine *>(u"curl"_s)->line();
        QVERIFY(!line.contains(u"APPLICATION-SECRET"_s));
        QVERIFY(line.contains(u"http://127.0.0.1:"_s));
        QVERIFY(!QFile::exists(m_settings.configFile));
        m_wizard.reset();
        QCOMPARE(exampleLine(*m_agent), line); // for the window
        Settings other = m_agent->settings();
        const quint16 trialPort = other.port;
        other.port = 1;
        m_agent->setSettings(other);
        QVERIFY(exampleLine(*m_agent).contains(u"APPLICATION-SECRET"_s));
        other.port = trialPort;
        m_agent->setSettings(other);
        QTRY_COMPARE(m_agent->state(), CometaClient::State::Attached);
        QVERIFY(m_agent->findChild<LocalServer *>()); // as long as the agent
        QCOMPARE(m_agent->state(), CometaClient::State::Attached);
    }

    void offersNoTrialWithoutTheServer()
    {
        makeWizard({});
        next()->click();
        QVERIFY(!button("try")->isVisible());
    }

    void offersNoTrialWhereTheServerIsLocked()
    {
        m_settings.server = u"a.example"_s;
        m_settings.lockedOptions = {u"server"_s};
        makeWizard(LocalServer::installedProgram());
        next()->click();
        QVERIFY(!button("try")->isVisible());
        QVERIFY(!field(u"server"_s)->editor()->isEnabled());
    }

    void saysThatTheTrialServerDidNotStart()
    {
        makeWizard(u"/bin/false"_s);
        next()->click();
        button("try")->click();
        auto *notice = m_wizard->findChild<Notice *>(u"notice"_s);
        QTRY_COMPARE(notice->kind(), Notice::Kind::Problem);
        QCOMPARE(page(), 1);
        QVERIFY(button("try")->isEnabled());
    }

    void worksByKeyboardAlone()
    {
        ScriptedServer server;
        QVERIFY(QTest::qWaitForWindowActive(m_wizard.get()));
        press(Qt::Key_Return);
        QCOMPARE(page(), 1);
        QTest::keyClicks(QApplication::focusWidget(), u"127.0.0.1"_s);
        press(Qt::Key_Tab);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), QString::number(server.port()));
        press(Qt::Key_Tab); // encryption: automatic
        press(Qt::Key_Tab);
        QTest::keyClicks(QApplication::focusWidget(), u"ops"_s);
        press(Qt::Key_Return);
        QCOMPARE(page(), 2);
        press(Qt::Key_Space); // notifications off
        QCOMPARE(field(u"notifications"_s)->value(), u"no"_s);
        press(Qt::Key_Return);
        QTRY_COMPARE(m_agent->state(), CometaClient::State::Attached);
        press(Qt::Key_Escape);
        QVERIFY(!m_wizard->isVisible());
        QCOMPARE(m_agent->state(), CometaClient::State::Attached);
    }

private:
    static QString tlsFile(const QString &name) { return QFINDTESTDATA("../data/tls/") + name; }
    static QSslConfiguration tlsConfiguration()
    {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(
            QSslCertificate::fromPath(tlsFile(u"server.pem"_s)).value(0));
        QFile key(tlsFile(u"server.key"_s));
        if (key.open(QIODevice::ReadOnly))
            configuration.setPrivateKey(QSslKey(&key, QSsl::Ec));
        return configuration;
    }
    void makeWizard(const QString &serverProgram)
    {
        m_wizard.reset();
        m_agent.reset();
        m_agent = std::make_unique<Agent>(m_settings, Agent::Owner::Window);
        QString error;
        QVERIFY2(m_agent->open(&error), qPrintable(error));
        m_wizard = std::make_unique<FirstStart>(m_agent.get(), serverProgram);
        m_wizard->open();
    }
    void goToOptions(quint16 port)
    {
        next()->click();
        type(u"server"_s, u"127.0.0.1"_s);
        type(u"port"_s, QString::number(port));
        type(u"app"_s, u"ops"_s);
        type(u"device"_s, u"pc-1"_s);
        next()->click();
        QCOMPARE(page(), 2);
    }
    int page() { return m_wizard->findChild<QStackedWidget *>()->currentIndex(); }
    QPushButton *button(const char *name)
    {
        return m_wizard->findChild<QPushButton *>(QLatin1String(name));
    }
    QPushButton *next() { return button("next"); }
    Notice *link() { return m_wizard->findChild<Notice *>(u"link"_s); }
    SettingField *field(const QString &option)
    {
        return m_wizard->findChild<SettingField *>(option);
    }
    void type(const QString &option, const QString &value)
    {
        field(option)->findChild<QLineEdit *>()->setText(value);
    }
    void press(Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); }
    QByteArray saved()
    {
        QFile file(m_settings.configFile);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    Settings m_settings;
    std::unique_ptr<Agent> m_agent;
    std::unique_ptr<FirstStart> m_wizard;
};

QTEST_MAIN(TestFirstStart)
#include "tst_firststart.moc"
