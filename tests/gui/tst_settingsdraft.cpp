// SPDX-License-Identifier: Apache-2.0
#include "settingfield.h"
#include "settingsdraft.h"
#include "settingspecs.h"

#include <QFile>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

class TestSettingsDraft final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_settings = {};
        m_settings.configFile = m_directory.filePath(u"agent.conf"_s);
        m_settings.server = u"from.command.line"_s;
        m_settings.application = u"ops"_s;
        m_settings.lockedOptions = {u"keep-days"_s};
        QFile::remove(m_settings.configFile);
        makeDraft();
    }
    void cleanup()
    {
        m_draft.reset();
        m_fields.clear();
    }

    void isGoodAndUnchangedAtFirst()
    {
        QVERIFY(m_draft->isGood());
        QCOMPARE(m_draft->changed(), QStringList());
        QCOMPARE(m_draft->settings(), m_settings);
    }

    void savesOnlyWhatWasChangedHere()
    {
        type(u"time-limit"_s, u"60"_s);
        QCOMPARE(m_draft->changed(), QStringList{u"time-limit"_s});
        QString error;
        QVERIFY2(m_draft->save(&error), qPrintable(error));
        QCOMPARE(saved(), QByteArray("time-limit = 60\n"));
    }

    void whatIsTypedBackIsNoChange()
    {
        type(u"port"_s, u"80"_s);
        type(u"port"_s, u"443"_s);
        QCOMPARE(m_draft->changed(), QStringList());
    }

    void keepsTheValueBeforeOneThatIsNotTaken()
    {
        QSignalSpy edited(m_draft.get(), &SettingsDraft::edited);
        type(u"port"_s, u"8080"_s);
        type(u"port"_s, u"99999"_s);
        QCOMPARE(edited.size(), 2);
        QVERIFY(!m_draft->isGood());
        QCOMPARE(m_draft->settings().port, 8080);
        QVERIFY(problem(u"port"_s).contains(u"1 to 65535"_s));
    }

    void tellsWhatDoesNotGoTogether()
    {
        m_draft->field(u"tls"_s)->setValue(u"no"_s);
        type(u"pin"_s, QString(64, u'a'));
        QVERIFY(!m_draft->isGood());
        QVERIFY(!problem(u"tls"_s).isEmpty());
        type(u"pin"_s, {});
        QVERIFY(m_draft->isGood());
        QVERIFY(problem(u"tls"_s).isEmpty());
    }

    void mendsWhatTheFileHadWrong()
    {
        QFile file(m_settings.configFile);
        QVERIFY(file.open(QIODevice::WriteOnly)
                && file.write("port = 99999\npin = abc\nserver = a.example\napp = ops\n") > 0);
        file.close();
        QString error;
        const auto loaded = Settings::load({{u"config"_s, m_settings.configFile}}, &error,
                                           Settings::Mistakes::Keep);
        QVERIFY2(loaded, qPrintable(error));
        m_settings = *loaded;
        makeDraft();
        QVERIFY(!m_draft->isGood());
        QCOMPARE(m_draft->field(u"port"_s)->value(), u"99999"_s);
        QVERIFY(problem(u"port"_s).contains(u"1 to 65535"_s));
        QVERIFY(problem(u"pin"_s).contains(u"64"_s));
        type(u"port"_s, u"443"_s); // the default
        type(u"pin"_s, QString(64, u'b'));
        QVERIFY(m_draft->isGood());
        QVERIFY(m_draft->save(&error));
        QCOMPARE(saved(), "pin = " + QByteArray(64, 'b') + "\nserver = a.example\napp = ops\n");
    }

    void isPatientWithWhatWasNotTouched()
    {
        m_settings.server.clear();
        m_settings.application.clear();
        makeDraft();
        QVERIFY(!problem(u"server"_s).isEmpty());
        m_draft->setPatient(true);
        QVERIFY(problem(u"server"_s).isEmpty());
        QVERIFY(!m_draft->isGood());
        type(u"server"_s, u"x"_s);
        type(u"server"_s, {});
        QVERIFY(!problem(u"server"_s).isEmpty());
        QVERIFY(problem(u"app"_s).isEmpty());
    }

    void fillCountsAsAChangeAndSparesWhatIsLocked()
    {
        m_draft->fill({{u"server"_s, u"from.command.line"_s}, {u"keep-days"_s, u"5"_s}});
        QCOMPARE(m_draft->changed(), QStringList{u"server"_s});
        QCOMPARE(m_draft->settings().keepDays, m_settings.keepDays);
        QString error;
        QVERIFY(m_draft->save(&error));
        QCOMPARE(saved(), QByteArray("server = from.command.line\n"));
    }

private:
    void makeDraft()
    {
        m_draft.reset();
        m_fields.clear();
        m_draft = std::make_unique<SettingsDraft>(m_settings);
        for (const SettingPage &page : SettingPage::all()) {
            for (const SettingSpec &spec : page.fields) {
                m_fields.push_back(std::make_unique<SettingField>(spec));
                m_draft->add(m_fields.back().get());
            }
        }
    }
    void type(const QString &option, const QString &value)
    {
        m_draft->field(option)->findChild<QLineEdit *>()->setText(value);
    }
    QString problem(const QString &option) { return m_draft->field(option)->problem(); }
    QByteArray saved()
    {
        QFile file(m_settings.configFile);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_directory;
    Settings m_settings;
    std::unique_ptr<SettingsDraft> m_draft;
    std::vector<std::unique_ptr<SettingField>> m_fields;
};

QTEST_MAIN(TestSettingsDraft)
#include "tst_settingsdraft.moc"
