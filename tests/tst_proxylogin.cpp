// SPDX-License-Identifier: Apache-2.0
#include "privatekeyring.h"
#include "proxylogin.h"
#include "settings.h"

#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>

using namespace Qt::StringLiterals;
using Trouble = Keychain::Trouble;

class TestProxyLogin final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachProxyAndUserHasAKeyOfItsOwn_data()
    {
        QTest::addColumn<QString>("proxy");
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("key");
        QTest::newRow("name") << u"http://Proxy.Example:3128"_s << u"anna"_s
                              << u"proxy anna@proxy.example:3128"_s;
        QTest::newRow("IPv6") << u"socks5://[::1]:1080"_s << u"anna"_s
                              << u"proxy anna@[::1]:1080"_s;
        QTest::newRow("mail") << u"http://proxy.example:3128"_s << u"anna@example.org"_s
                              << u"proxy anna@example.org@proxy.example:3128"_s;
        QTest::newRow("system") << u"system"_s << u"anna"_s << u"proxy anna@system"_s;
    }
    void eachProxyAndUserHasAKeyOfItsOwn()
    {
        QFETCH(QString, proxy);
        QFETCH(QString, user);
        QTEST(ProxyLogin::key(settings(proxy, user)), "key");
    }

    void takesThePasswordOfTheFileAtOnce()
    {
        QTemporaryFile file;
        QVERIFY(file.open() && file.write("pw of the file\n") > 0 && file.flush());
        Settings given = settings();
        given.proxyPasswordFile = file.fileName();
        m_login.find(given);
        QCOMPARE(m_found.size(), 1);
        const auto proxy = m_found.takeFirst().at(0).value<ProxyOptions>();
        QCOMPARE(proxy.password, u"pw of the file"_s);
        QCOMPARE(proxy.toText(), given.proxy);
        QCOMPARE(proxy.user, u"anna"_s);
    }

    void asksNoKeychainWithoutAProxy()
    {
        Settings given = settings(u"none"_s);
        given.proxyKeychain = true;
        m_login.find(given);
        QCOMPARE(m_found.size(), 1);
        m_found.clear();
    }

    void takesThePasswordOfTheKeychain()
    {
        PrivateKeyring keyring;
        keyring.start();
        Settings given = settings();
        given.proxyKeychain = true;
        QVERIFY(store(ProxyLogin::key(given), "päss"));
        m_login.find(given);
        QVERIFY(m_found.isEmpty() && m_login.isFinding());
        QVERIFY(m_found.wait());
        QCOMPARE(m_found.takeFirst().at(0).value<ProxyOptions>().password, u"päss"_s);

        m_login.find(given);
        m_login.cancel();
        given.proxyUser = u"bob"_s;
        m_login.find(given);
        QVERIFY(fails(Trouble::NotFound, u"none for this proxy and user"_s));
        QVERIFY(m_found.isEmpty());
    }

    void saysWhyThereIsNone()
    {
        PrivateKeyring keyring;
        Settings given = settings();
        given.proxyKeychain = true;
        m_login.find(given);
        QVERIFY(fails(Trouble::None, u"No keychain runs"_s));
        keyring.start();
        QVERIFY(store(ProxyLogin::key(given), "secret"));
        keyring.lock();
        for (const auto unlock : {Keychain::Unlock::Ask, Keychain::Unlock::Never}) {
            m_login.find(given, unlock);
            QVERIFY(fails(Trouble::Locked, u"unlock it"_s));
        }
    }

    void takesNoPasswordThatNoProxyCanGet()
    {
        PrivateKeyring keyring;
        keyring.start();
        Settings given = settings();
        given.proxyKeychain = true;
        QVERIFY(store(ProxyLogin::key(given), QByteArray(256, 'x')));
        m_login.find(given);
        QVERIFY(fails(Trouble::NotFound, {}));
    }

private:
    static Settings settings(const QString &proxy = u"http://proxy.example:3128"_s,
                             const QString &user = u"anna"_s)
    {
        Settings settings;
        settings.proxy = proxy;
        settings.proxyUser = user;
        return settings;
    }
    static bool store(const QString &key, const QByteArray &secret)
    {
        Keychain keychain;
        QSignalSpy done(&keychain, &Keychain::done);
        keychain.write(key, secret);
        return done.wait();
    }
    bool fails(Trouble trouble, const QString &words)
    {
        if (m_failed.isEmpty() && !m_failed.wait())
            return false;
        const QList<QVariant> failure = m_failed.takeFirst();
        const QString text = failure.at(1).toString();
        return failure.at(0).value<Trouble>() == trouble && text.contains(words)
            && text.contains(u"The password for the proxy is not available."_s);
    }

    ProxyLogin m_login;
    QSignalSpy m_found{&m_login, &ProxyLogin::found};
    QSignalSpy m_failed{&m_login, &ProxyLogin::failed};
};

QTEST_GUILESS_MAIN(TestProxyLogin)
#include "tst_proxylogin.moc"
