// SPDX-License-Identifier: Apache-2.0
#include "notice.h"
#include "passwordfile.h"
#include "privatekeyring.h"
#include "proxylogin.h"
#include "proxypassword.h"
#include "settingsdraft.h"
#include "settingspage.h"
#include "settingspecs.h"

#include <QFileInfo>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using Kind = Notice::Kind;

class TestProxyPassword final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_keyring = std::make_unique<PrivateKeyring>();
        m_settings = {};
        m_settings.dataDirectory = m_directory->path();
        m_settings.server = u"cometa.example"_s;
        m_settings.application = u"ops"_s;
        m_settings.proxy = u"http://proxy.example:3128"_s;
        m_settings.proxyUser = u"anna"_s;
    }
    void cleanup() { m_password.reset(); }

    void goesIntoTheKeychain()
    {
        m_keyring->start();
        open();
        type(u"secret"_s);
        QTRY_VERIFY(notice()->text().contains(u"keychain of your desktop"_s));
        QCOMPARE(notice()->kind(), Kind::Note);
        QVERIFY(save());
        QVERIFY(m_draft->settings().proxyKeychain);
        QCOMPARE(m_draft->settings().proxyPasswordFile, QString());
        QCOMPARE(m_draft->changed(), (QStringList{u"proxy-password-file"_s, u"proxy-keychain"_s}));
        QVERIFY(!QFileInfo::exists(ownFile()));
        QCOMPARE(kept(), u"secret"_s);
    }

    void saveWaitsUntilItKnowsTheKeychain()
    {
        m_keyring->start();
        open();
        type(u"at once"_s);
        QVERIFY(save());
        QCOMPARE(kept(), u"at once"_s);
        QVERIFY(!QFileInfo::exists(ownFile()));
    }

    void goesIntoAFileWhereThereIsNoKeychain()
    {
        open();
        type(u"secret"_s);
        QTRY_COMPARE(notice()->kind(), Kind::Warning);
        QVERIFY(notice()->text().contains(ownFile()));
        QVERIFY(!QFileInfo::exists(ownFile()));
        QVERIFY(save());
        QVERIFY(!m_draft->settings().proxyKeychain);
        QCOMPARE(m_draft->settings().proxyPasswordFile, ownFile());
        QCOMPARE(QFileInfo(ownFile()).permissions()
                     & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther),
                 QFile::Permissions());
        QString error;
        QCOMPARE(PasswordFile::read(ownFile(), &error), u"secret"_s);
    }

    void movesFromTheFileIntoTheKeychain()
    {
        QString error;
        QVERIFY(PasswordFile::write(ownFile(), u"old"_s, &error));
        m_settings.proxyPasswordFile = ownFile();
        m_keyring->start();
        open();
        QCOMPARE(notice()->kind(), Kind::Warning);
        QVERIFY(notice()->text().contains(ownFile()));
        type(u"new"_s);
        QVERIFY(save());
        QVERIFY(QFileInfo::exists(ownFile())); // the settings may still not be saved
        m_password->removeUnused();
        QVERIFY(!QFileInfo::exists(ownFile()));
        QCOMPARE(kept(), u"new"_s);
    }

    void leavesAloneWhatIsNotTouched()
    {
        m_settings.proxyKeychain = true;
        open();
        QVERIFY(editor()->text().isEmpty());
        QVERIFY(notice()->text().contains(u"in the keychain"_s));
        QVERIFY(save());
        QVERIFY(m_draft->settings().proxyKeychain);
        QVERIFY(m_draft->changed().isEmpty());
    }

    void canBeForgotten()
    {
        m_keyring->start();
        m_settings.proxyKeychain = true;
        keep("secret");
        open();
        forget()->click();
        QVERIFY(!forget()->isEnabled());
        QVERIFY(notice()->text().contains(u"when you press OK"_s));
        QCOMPARE(kept(), u"secret"_s);
        QVERIFY(save());
        QVERIFY(!m_draft->settings().proxyKeychain);
        QCOMPARE(kept(), QString());
    }

    void forgetsTheOneThatWasKeptNotTheOneOfAnotherUser()
    {
        m_keyring->start();
        m_settings.proxyKeychain = true;
        keep("secret");
        open();
        m_draft->field(u"proxy-user"_s)->setValue(u"bob"_s);
        forget()->click();
        QVERIFY(save());
        QCOMPARE(kept(), QString());
    }

    void aLockedKeychainChangesNothing()
    {
        m_keyring->start();
        m_settings.proxyKeychain = true;
        keep("secret");
        m_keyring->lock();
        open();
        type(u"another"_s);
        QSignalSpy failed(m_password.get(), &ProxyPassword::failed);
        m_password->save();
        QVERIFY(failed.wait());
        QVERIFY(failed.first().first().toString().contains(u"unlock it"_s));
        QVERIFY(!m_password->isSaving());
        QVERIFY(m_draft->changed().isEmpty());
        QCOMPARE(editor()->text(), u"another"_s);
    }

    void aCancelledSaveNeverComes()
    {
        m_keyring->start();
        open();
        type(u"secret"_s);
        QSignalSpy saved(m_password.get(), &ProxyPassword::saved);
        m_password->save();
        m_password->cancel();
        QVERIFY(!m_password->isSaving());
        QTRY_VERIFY(notice()->text().contains(u"keychain of your desktop"_s)); // it has looked
        QCOMPARE(saved.count(), 0);
        QVERIFY(m_draft->changed().isEmpty());
    }

    void wantsAUserName()
    {
        m_settings.proxyUser.clear();
        open();
        QVERIFY(m_password->isGood());
        type(u"secret"_s);
        QVERIFY(!m_password->isGood());
        QCOMPARE(notice()->kind(), Kind::Problem);
        m_draft->field(u"proxy-user"_s)->setValue(u"anna"_s);
        QVERIFY(m_password->isGood());
        type(QString(200, u'ä')); // 400 bytes
        QVERIFY(!m_password->isGood());
    }

    void P16_isNotShown()
    {
        open();
        type(u"secret"_s);
        QCOMPARE(editor()->echoMode(), QLineEdit::Password);
        QVERIFY(!notice()->text().contains(u"secret"_s));
    }

    void theAdministratorsIsNotChanged()
    {
        m_settings.lockedOptions = {u"proxy-password-file"_s};
        open();
        QVERIFY(!editor()->isEnabled() && !forget()->isEnabled());
    }

private:
    void open()
    {
        m_password.reset();
        m_page.reset();
        m_draft = std::make_unique<SettingsDraft>(m_settings);
        m_page = std::make_unique<SettingsPage>(SettingPage::all().at(1), m_draft.get());
        m_password = std::make_unique<ProxyPassword>(m_draft.get());
    }
    bool save()
    {
        QSignalSpy saved(m_password.get(), &ProxyPassword::saved);
        m_password->save();
        return saved.count() == 1 || saved.wait();
    }
    void keep(const QByteArray &secret)
    {
        Keychain keychain;
        QSignalSpy done(&keychain, &Keychain::done);
        keychain.write(ProxyLogin::key(m_settings), secret);
        QVERIFY(done.wait());
    }
    QString kept() const
    {
        Keychain keychain;
        QSignalSpy done(&keychain, &Keychain::done);
        QSignalSpy failed(&keychain, &Keychain::failed);
        keychain.read(ProxyLogin::key(m_settings));
        (void)QTest::qWaitFor([&] { return done.count() + failed.count() > 0; });
        return done.isEmpty() ? QString() : QString::fromUtf8(done.first().first().toByteArray());
    }
    void type(const QString &text) { editor()->setText(text); }
    QString ownFile() const { return m_directory->filePath(u"proxy-password"_s); }
    QLineEdit *editor() { return m_password->findChild<QLineEdit *>(); }
    QPushButton *forget() { return m_password->findChild<QPushButton *>(); }
    Notice *notice() { return m_password->findChild<Notice *>(); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<PrivateKeyring> m_keyring;
    Settings m_settings;
    std::unique_ptr<SettingsDraft> m_draft;
    std::unique_ptr<SettingsPage> m_page;
    std::unique_ptr<ProxyPassword> m_password;
};

QTEST_MAIN(TestProxyPassword)
#include "tst_proxypassword.moc"
