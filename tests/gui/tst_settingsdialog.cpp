// SPDX-License-Identifier: Apache-2.0
#include "agent.h"
#include "connectiontest.h"
#include "deviceid.h"
#include "notice.h"
#include "proxypassword.h"
#include "settingfield.h"
#include "settingsdialog.h"

#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
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
        qputenv("XDG_CONFIG_HOME", QFile::encodeName(m_directory->filePath(u"config"_s)));
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
        QCOMPARE(saved(), QByteArray("time-limit = 60\n"));
    }

    void savesOnlyWhatWasChangedHere()
    {
        QFile before(m_settings.configFile);
        QVERIFY(before.open(QIODevice::WriteOnly) && before.write("# mine\nkeep-megabytes = 99\n"));
        before.close();
        type(u"time-limit"_s, u"60"_s);
        m_dialog->accept();
        QCOMPARE(saved(), QByteArray("# mine\nkeep-megabytes = 99\ntime-limit = 60\n"));
        QCOMPARE(m_agent->settings().server, m_settings.server); // of the command line: still holds
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
        QCOMPARE(notice()->kind(), Notice::Kind::Problem);
        QVERIFY(notice()->text().contains(m_settings.configFile));
        QCOMPARE(m_agent->settings(), m_settings);
    }

    void losesNothingOfAFileThatWasBrokenMeanwhile()
    {
        QFile file(m_settings.configFile);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("port = 1\nnonsense\n"));
        file.close();
        m_dialog->open();
        type(u"time-limit"_s, u"60"_s);
        m_dialog->accept();
        QVERIFY(m_dialog->isVisible());
        QCOMPARE(saved(), QByteArray("port = 1\nnonsense\n"));
        QCOMPARE(m_agent->settings(), m_settings);
    }

    void whatTheAdministratorSetCannotBeEdited()
    {
        QVERIFY(!field(u"keep-days"_s)->editor()->isEnabled());
        QVERIFY(field(u"keep-days"_s)
                    ->findChild<Notice *>(u"lock"_s)
                    ->text()
                    .contains(u"administrator"_s));
        QVERIFY(field(u"keep-megabytes"_s)->editor()->isEnabled());
    }

    void everyPageTellsWhereAProblemIs()
    {
        m_dialog->open();
        auto *pages = m_dialog->findChild<QListWidget *>(u"pages"_s);
        auto *elsewhere = m_dialog->findChild<Notice *>(u"elsewhere"_s);
        QCOMPARE(pages->count(), 7);
        type(u"keep-megabytes"_s, u"1"_s);
        QVERIFY(elsewhere->text().contains(u"History"_s));
        QVERIFY(!pages->item(5)->icon().isNull());
        pages->setCurrentRow(5);
        QVERIFY(elsewhere->text().isEmpty()); // it is beside its field
        QVERIFY(field(u"keep-megabytes"_s)->isVisible());
        type(u"keep-megabytes"_s, u"100"_s);
        QVERIFY(pages->item(5)->icon().isNull());
    }

    void showsTheDefaultDeviceId()
    {
        QCOMPARE(field(u"device"_s)->findChild<QLineEdit *>()->placeholderText(),
                 defaultDeviceId(m_settings.dataDirectory));
    }

    void importFillsTheFieldsAndSavesNothing()
    {
        const QString path = write("server = imported.example\nport = 8443\nkeep-days = 1\n"
                                   "ca-file = /nowhere.pem\n");
        m_dialog->importProfile(path);
        QCOMPARE(field(u"server"_s)->value(), u"imported.example"_s);
        QCOMPARE(field(u"port"_s)->value(), u"8443"_s);
        QCOMPARE(field(u"keep-days"_s)->value(), u"90"_s); // locked
        QVERIFY(!reason(u"ca-file"_s).isEmpty());
        QVERIFY(!ok()->isEnabled());
        QVERIFY(notice()->text().contains(u"Server"_s));
        QVERIFY(!QFile::exists(m_settings.configFile));
        type(u"ca-file"_s, {});
        m_dialog->accept();
        QCOMPARE(saved(), QByteArray("server = imported.example\nport = 8443\n"));
    }

    void ST_04_offersWhatASecondStartBroughtAndSavesNothing()
    {
        m_dialog->offer({{u"server"_s, u"127.0.0.2"_s}, {u"data-dir"_s, u"/elsewhere"_s}});
        QCOMPARE(field(u"server"_s)->value(), u"127.0.0.2"_s);
        QVERIFY(notice()->text().contains(u"Server"_s));
        QVERIFY(!QFile::exists(m_settings.configFile));
        m_dialog->accept();
        QCOMPARE(saved(), QByteArray("server = 127.0.0.2\n"));
    }

    void namesWhatTheAdministratorHasLockedApart()
    {
        const QString locked = field(u"keep-days"_s)->editor()->accessibleName();
        const QHash<QString, QString> values{{u"server"_s, u"a.example"_s},
                                             {u"keep-days"_s, u"1"_s}};
        m_dialog->offer(values);
        QStringList sentences = notice()->text().split(u". "_s);
        QCOMPARE(sentences.size(), 3);
        QVERIFY2(sentences[0].endsWith(u": Server"_s), qPrintable(notice()->text()));
        QVERIFY(sentences[2].contains(u"administrator"_s) && sentences[2].contains(locked));
        m_dialog->importProfile(write("keep-days = 1\nport = 8443\n"));
        sentences = notice()->text().split(u". "_s);
        QCOMPARE(sentences.size(), 3);
        QVERIFY2(sentences[0].endsWith(u": Port"_s), qPrintable(notice()->text()));
        QVERIFY(sentences[2].contains(locked));
        QCOMPARE(notice()->kind(), Notice::Kind::Done);
    }

    void saysThatAllOfItIsLocked()
    {
        m_dialog->importProfile(write("keep-days = 1\n"));
        QCOMPARE(notice()->kind(), Notice::Kind::Locked);
        QVERIFY2(notice()->text().startsWith(u"Nothing was filled in"_s),
                 qPrintable(notice()->text()));
        QVERIFY(!notice()->text().contains(u"OK"_s));
        m_dialog->offer({{u"keep-days"_s, u"1"_s}});
        QCOMPARE(notice()->kind(), Notice::Kind::Locked);
        QVERIFY(notice()->text().contains(u"once more. Nothing was filled in"_s));
        m_dialog->offer({{u"data-dir"_s, u"/elsewhere"_s}});
        QCOMPARE(field(u"keep-days"_s)->value(), u"90"_s);
    }

    void importOfSomethingElseChangesNothing()
    {
        type(u"info"_s, u"typed before"_s);
        m_dialog->importProfile(write(QByteArray("\x89PNG\r\n\x1a\n\0", 9)));
        QCOMPARE(notice()->kind(), Notice::Kind::Problem);
        QCOMPARE(field(u"server"_s)->value(), m_settings.server);
        QCOMPARE(field(u"info"_s)->value(), u"typed before"_s);
        QVERIFY(ok()->isEnabled());
    }

    void exportWritesWhatTheFieldsSay()
    {
        const QString path = m_directory->filePath(u"out.conf"_s);
        type(u"time-limit"_s, u"60"_s);
        m_dialog->exportProfile(path);
        QCOMPARE(notice()->kind(), Notice::Kind::Done);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().endsWith("\nserver = 127.0.0.1\napp = ops\ntime-limit = 60\n"));
        m_dialog->exportProfile(u"/proc/nowhere/out.conf"_s);
        QCOMPARE(notice()->kind(), Notice::Kind::Problem);
    }

    void autostartIsWrittenAtOkAlone()
    {
        const QString path = m_directory->filePath(u"config/autostart/cometa-agent.desktop"_s);
        autostart()->setChecked(true);
        m_dialog->reject();
        QVERIFY(!QFile::exists(path));
        m_dialog = std::make_unique<SettingsDialog>(m_agent.get());
        QVERIFY(!autostart()->isChecked());
        autostart()->setChecked(true);
        m_dialog->accept();
        QVERIFY(QFile::exists(path));
        m_dialog = std::make_unique<SettingsDialog>(m_agent.get());
        QVERIFY(autostart()->isChecked());
        QVERIFY(QFile::remove(path)); // by the owner, elsewhere
        m_dialog = std::make_unique<SettingsDialog>(m_agent.get());
        QVERIFY(!autostart()->isChecked());
    }

    void aPinFromTheTestGoesIntoItsField()
    {
        auto *test = m_dialog->findChild<ConnectionTest *>();
        Q_EMIT test->pinChosen(QString(64, u'a'));
        QCOMPARE(field(u"pin"_s)->value(), QString(64, u'a'));
    }

    void everyControlHasAName()
    {
        m_dialog->open();
        auto *pages = m_dialog->findChild<QListWidget *>(u"pages"_s);
        int seen = 0;
        for (int i = 0; i < pages->count(); ++i) {
            pages->setCurrentRow(i);
            for (QWidget *widget : m_dialog->findChildren<QWidget *>()) {
                if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible()
                    || widget->focusProxy())
                    continue;
                QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
                QVERIFY2(accessible && !accessible->text(QAccessible::Name).isEmpty(),
                         widget->metaObject()->className());
                ++seen;
            }
        }
        QVERIFY(seen > 50);
    }

    void noMnemonicStandsForTwoThings()
    {
        m_dialog->open();
        auto *pages = m_dialog->findChild<QListWidget *>(u"pages"_s);
        for (int i = 0; i < pages->count(); ++i) {
            pages->setCurrentRow(i);
            QStringList keys;
            for (const QLabel *label : m_dialog->findChildren<QLabel *>()) {
                if (label->isVisible() && label->buddy())
                    keys.append(QKeySequence::mnemonic(label->text()).toString());
            }
            for (const QAbstractButton *button : m_dialog->findChildren<QAbstractButton *>()) {
                if (button->isVisible())
                    keys.append(QKeySequence::mnemonic(button->text()).toString());
            }
            keys.removeAll(QString());
            QVERIFY(keys.size() > 2);
            QCOMPARE(QSet<QString>(keys.begin(), keys.end()).size(), keys.size());
        }
    }

    void tabReachesThePasswordInItsPlace()
    {
        m_dialog->open();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
        m_dialog->findChild<QListWidget *>(u"pages"_s)->setCurrentRow(1);
        auto *password = m_dialog->findChild<ProxyPassword *>();
        auto *editor = password->findChild<QLineEdit *>();
        editor->setText(u"secret"_s); // so that it can be forgotten
        field(u"proxy"_s)->setFocus();
        const QList<QWidget *> order{field(u"proxy-user"_s)->editor(), editor,
                                     password->findChild<QPushButton *>(),
                                     field(u"proxy-password-file"_s)->editor()};
        for (QWidget *next : order) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            QCOMPARE(QApplication::focusWidget(), next);
        }
        for (int i = 0; i < 10 && QApplication::focusWidget() != field(u"proxy"_s)->editor(); ++i)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), field(u"proxy"_s)->editor()); // round once
    }

    void tabGoesFromTopToBottom()
    {
        m_dialog->open();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
        QCOMPARE(QApplication::focusWidget(), field(u"server"_s)->editor());
        int last = -1;
        for (const char *option : {"port", "tls", "app", "device", "info", "ca-file"}) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            QCOMPARE(QApplication::focusWidget(), field(QLatin1String(option))->editor());
            const int y = QApplication::focusWidget()->mapTo(m_dialog.get(), QPoint()).y();
            QVERIFY(y > last);
            last = y;
        }
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab); // Browse…
        for (const char *option : {"pin", "cert-file"}) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            QCOMPARE(QApplication::focusWidget(), field(QLatin1String(option))->editor());
        }
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
    QString reason(const QString &option) { return field(option)->problem(); }
    Notice *notice() { return m_dialog->findChild<Notice *>(u"notice"_s); }
    QCheckBox *autostart() { return m_dialog->findChild<QCheckBox *>(u"autostart"_s); }
    QByteArray saved()
    {
        QFile file(m_settings.configFile);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QString write(const QByteArray &content)
    {
        const QString path = m_directory->filePath(u"profile.conf"_s);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write the test file");
        return path;
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
