// SPDX-License-Identifier: Apache-2.0
#include "keychain.h"
#include "keychainexit.h"
#include "ownprogram.h"
#include "privatekeyring.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>
#include <memory>

using namespace Qt::StringLiterals;
using Trouble = Keychain::Trouble;

namespace {

const QString key = u"proxy anna@proxy.example:3128"_s;

} // namespace

class TestKeychain final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_keyring = std::make_unique<PrivateKeyring>();
        m_keychain = std::make_unique<Keychain>();
        m_done = std::make_unique<QSignalSpy>(m_keychain.get(), &Keychain::done);
        m_failed = std::make_unique<QSignalSpy>(m_keychain.get(), &Keychain::failed);
    }

    void seesWhetherThereIsOne()
    {
        m_keychain->look();
        QVERIFY(fails(Trouble::None));
        m_keychain->read(key);
        QVERIFY(fails(Trouble::None));
        m_keychain->write(key, "secret");
        QVERIFY(fails(Trouble::None));
        m_keyring->start();
        m_keychain->look();
        QCOMPARE(answer(), "");
        m_keyring->stop();
        m_keychain->look();
        QVERIFY(fails(Trouble::None));
    }

    void hasNoneWithoutABus()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        m_keychain->look();
        QVERIFY(fails(Trouble::None));
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        m_keychain->look();
        QVERIFY(fails(Trouble::None));
    }

    void readsWhatWasWritten()
    {
        m_keyring->start();
        for (const QByteArray &secret : {QByteArray(" p\xc3\xa4ss \"' "), QByteArray("another"),
                                         QByteArray(Keychain::MaximumSize, 'x')}) {
            m_keychain->write(key, secret);
            QCOMPARE(answer(), "");
            m_keychain->read(key, Keychain::Unlock::Never);
            QCOMPARE(answer(), secret);
            m_keychain->read(key);
            QCOMPARE(answer(), secret);
        }
    }

    void keepsKeysApart()
    {
        m_keyring->start();
        m_keychain->write(key, "secret");
        QCOMPARE(answer(), "");
        for (const QString &other : {key + u'8', key.chopped(1), u"proxy"_s}) {
            m_keychain->read(other);
            QVERIFY(fails(Trouble::NotFound));
        }
        m_keychain->write(key + u'8', "another");
        QCOMPARE(answer(), "");
        m_keychain->remove(key);
        QCOMPARE(answer(), "");
        m_keychain->read(key);
        QVERIFY(fails(Trouble::NotFound));
        m_keychain->remove(key); // again
        QCOMPARE(answer(), "");
        m_keychain->read(key + u'8');
        QCOMPARE(answer(), "another");
    }

    void tellsThatItWasNotUnlocked()
    {
        m_keyring->start();
        m_keychain->write(key, "secret");
        QCOMPARE(answer(), "");
        m_keyring->lock();
        m_keychain->read(key, Keychain::Unlock::Never);
        QVERIFY(fails(Trouble::Locked));
        m_keychain->read(key);
        QVERIFY(fails(Trouble::Locked));
        m_keychain->write(key, "another");
        QVERIFY(fails(Trouble::Locked));
        m_keychain->write(u"new"_s, "another");
        QVERIFY(fails(Trouble::Locked));
        m_keychain->remove(key);
        QVERIFY(fails(Trouble::Locked));
        m_keychain->read(u"not there"_s);
        QVERIFY(fails(Trouble::NotFound));
    }

    void aCallDropsTheOneBefore()
    {
        m_keyring->start();
        m_keychain->write(key, "secret");
        QCOMPARE(answer(), "");
        m_keychain->read(u"not there"_s);
        m_keychain->read(key);
        QVERIFY(m_keychain->isBusy());
        QCOMPARE(answer(), "secret");
        QVERIFY(!m_keychain->isBusy());
        QCOMPARE(m_failed->count(), 0);
    }

    void waitsForItWithoutBlockingAndCanBeCancelled()
    {
        m_keyring->start();
        m_keyring->sendSignal(SIGSTOP); // as if its owner were thinking
        m_keychain->read(key);
        auto *process = m_keychain->findChild<QProcess *>();
        QVERIFY(process && process->waitForStarted());
        const qint64 pid = process->processId();
        m_keychain->cancel();
        QTRY_VERIFY(::kill(pid_t(pid), 0) != 0);
        m_keyring->sendSignal(SIGCONT);
        m_keychain->look();
        QCOMPARE(answer(), "");
        QCOMPARE(m_done->count() + m_failed->count(), 0);
    }

    void itsProgramEndsWithWhoeverAsked()
    {
        m_keyring->start();
        m_keyring->sendSignal(SIGSTOP);
        QProcess program;
        program.start(ownProgram(u"cometa-keychain"_s), {u"read"_s});
        program.write(key.toUtf8() + '\n');
        QVERIFY(program.waitForStarted());
        program.closeWriteChannel();
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), int(KeychainExit::Usage));
        m_keyring->sendSignal(SIGCONT);
    }

private:
    // The secret; spies are empty again.
    QByteArray answer()
    {
        if (!QTest::qWaitFor([this] { return m_done->count() + m_failed->count() > 0; }))
            return "no answer";
        if (!m_failed->isEmpty())
            return "failed: " + m_failed->takeFirst().at(1).toByteArray();
        return m_done->takeFirst().at(0).toByteArray();
    }
    bool fails(Trouble trouble)
    {
        if (!QTest::qWaitFor([this] { return !m_failed->isEmpty(); }))
            return false;
        const QList<QVariant> failure = m_failed->takeFirst();
        return failure.at(0).value<Trouble>() == trouble
            && failure.at(1).toString() == Keychain::text(trouble);
    }

    std::unique_ptr<PrivateKeyring> m_keyring;
    std::unique_ptr<Keychain> m_keychain;
    std::unique_ptr<QSignalSpy> m_done;
    std::unique_ptr<QSignalSpy> m_failed;
};

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
