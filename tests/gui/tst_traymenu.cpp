// SPDX-License-Identifier: Apache-2.0
#include "attachedagent.h"
#include "statuswatch.h"
#include "traymenu.h"

#include <QActionEvent>
#include <QPointer>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestTrayMenu final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_attached = std::make_unique<AttachedAgent>(Agent::Owner::Window);
        QVERIFY(m_attached->start());
        m_watch = std::make_unique<StatusWatch>(agent());
        m_menu = std::make_unique<TrayMenu>(agent(), m_watch.get());
        m_menu->installEventFilter(this);
        update();
        m_changed.clear();
    }
    void cleanup()
    {
        m_menu.reset();
        m_watch.reset();
        m_attached.reset();
    }

    void offersWhatCanBeDone()
    {
        const QStringList last{u"&Open Cometa Agent"_s, u"Se&ttings…"_s, u"&Quit"_s};
        QCOMPARE(texts(), QStringList({link(), u"&Allow everything"_s, u"&Pause"_s}) + last);
        QCOMPARE(texts(find(u"&Allow everything"_s)->menu()).size(), 3);

        agent()->openWindow(15min);
        m_attached->server.send(ScriptedServer::chunk(R"({"cmd":"sleep 60"})"));
        QTRY_COMPARE(agent()->runningCount(), 1);
        update();
        QCOMPARE(texts(),
                 QStringList({link(), u"&Stop running commands (1)"_s,
                              u"&End “allow everything” (15 min left)"_s, u"&Pause"_s})
                     + last);

        find(u"&Stop running commands (1)"_s)->trigger();
        find(u"&End “allow everything” (15 min left)"_s)->trigger();
        find(u"&Pause"_s)->trigger();
        QTRY_VERIFY(agent()->requests().isEmpty());
        update();
        QVERIFY(!agent()->windowUntil().isValid());
        QVERIFY(texts().contains(u"&Resume"_s) && !texts().contains(u"&Pause"_s));

        find(u"&Resume"_s)->trigger();
        QTRY_COMPARE(agent()->state(), CometaClient::State::Attached);
        update();
        QVERIFY(texts().contains(u"&Pause"_s) && !texts().contains(u"&Resume"_s));
    }

    void tellsWhatIsChosen()
    {
        QSignalSpy open(m_menu.get(), &TrayMenu::openRequested);
        QSignalSpy review(m_menu.get(), &TrayMenu::reviewRequested);
        QSignalSpy window(m_menu.get(), &TrayMenu::windowRequested);
        QSignalSpy settings(m_menu.get(), &TrayMenu::settingsRequested);
        QSignalSpy quit(m_menu.get(), &TrayMenu::quitRequested);
        const QString name = ask("uptime");
        find(link())->trigger();
        find(u"&Open Cometa Agent"_s)->trigger();
        find(u"Se&ttings…"_s)->trigger();
        find(u"&Quit"_s)->trigger();
        find(u"&Review…"_s, find(u"uptime"_s)->menu())->trigger();
        find(u"For &15 min…"_s, find(u"&Allow everything"_s)->menu())->trigger();
        QCOMPARE(open.size(), 2);
        QCOMPARE(settings.size(), 1);
        QCOMPARE(quit.size(), 1);
        QCOMPARE(review.size(), 1);
        QCOMPARE(review.first().first().toString(), name);
        QCOMPARE(window.size(), 1);
        QCOMPARE(window.first().first().value<std::chrono::minutes>(), 15min);
    }

    void requestsStandInTheOrderInWhichTheyCame()
    {
        ask("first");
        ask("second & third");
        QCOMPARE(texts().mid(0, 4),
                 QStringList({link(), u"first"_s, u"second && third"_s, u"&Allow everything"_s}));
        QCOMPARE(texts(find(u"first"_s)->menu()), QStringList({u"&Review…"_s, u"&Deny"_s}));
    }

    void AC_06_anEntryIsTheSameAsLongAsItsRequestWaits()
    {
        const QString before = ask("before");
        const QString name = ask("uptime");
        const QPointer<QAction> entry = find(u"uptime"_s);
        const QPointer<QAction> deny = find(u"&Deny"_s, entry->menu());
        const QPointer<QAction> review = find(u"&Review…"_s, entry->menu());
        ask("behind");
        end(before);
        agent()->openWindow(15min);
        update();
        agent()->endWindow();
        update();
        QCOMPARE(texts().mid(0, 3), QStringList({link(), u"uptime"_s, u"behind"_s}));
        QCOMPARE(find(u"uptime"_s), entry.data());
        QCOMPARE(entry->menu()->actions(), QList<QAction *>({review.data(), deny.data()}));
        deny->trigger();
        QTRY_VERIFY(!agent()->request(name));
        QCOMPARE(agent()->awaitingCount(), 1);
        update();
        QTRY_VERIFY(!entry && !deny && !review);
        QCOMPARE(texts().mid(0, 3), QStringList({link(), u"behind"_s, u"&Allow everything"_s}));
    }

    void atMostFiveAreListed()
    {
        QStringList names;
        for (int i = 1; i <= 7; ++i)
            names.append(ask("echo " + QByteArray::number(i)));
        QCOMPARE(listed(),
                 QStringList({u"echo 1"_s, u"echo 2"_s, u"echo 3"_s, u"echo 4"_s, u"echo 5"_s,
                              u"and 2 more"_s}));
        QSignalSpy open(m_menu.get(), &TrayMenu::openRequested);
        find(u"and 2 more"_s)->trigger();
        QCOMPARE(open.size(), 1);
        end(names.at(1));
        QCOMPARE(listed(),
                 QStringList({u"echo 1"_s, u"echo 3"_s, u"echo 4"_s, u"echo 5"_s, u"echo 6"_s,
                              u"and 1 more"_s}));
        end(names.at(6));
        QCOMPARE(listed(),
                 QStringList({u"echo 1"_s, u"echo 3"_s, u"echo 4"_s, u"echo 5"_s, u"echo 6"_s}));
    }

    void nothingIsToldOfWhatStaysTheSame()
    {
        ask("uptime");
        agent()->openWindow(15min);
        update();
        m_changed.clear();
        update();
        QCOMPARE(m_changed, QStringList());
        QMetaObject::invokeMethod(m_menu.get(), "aboutToShow"); // as a panel does
        QCOMPARE(m_changed, QStringList());
        agent()->openWindow(20min);
        update();
        QCOMPARE(m_changed, QStringList({u"&End “allow everything” (20 min left)"_s}));
    }

    void AC_06_anOpenMenuStaysAsItWasDrawn()
    {
        const QString name = ask("uptime");
        m_menu->popup({});
        QTRY_VERIFY(m_menu->isVisible());
        const QStringList drawn = texts();
        const QPointer<QAction> deny = find(u"&Deny"_s, find(u"uptime"_s)->menu());
        m_changed.clear();
        ask("df -h");
        end(name);
        agent()->openWindow(15min);
        update();
        QCOMPARE(m_changed, QStringList());
        QCOMPARE(texts(), drawn);
        deny->trigger(); // of a request that has ended: nothing else is denied
        update();
        QCOMPARE(agent()->awaitingCount(), 1);

        const QSignalBlocker quiet(m_watch.get()); // nothing else happens
        m_menu->close();
        QTRY_COMPARE(texts().mid(0, 3),
                     QStringList({link(), u"df -h"_s, u"&End “allow everything” (15 min left)"_s}));
    }

    void aMenuIsUpToDateWhenItOpens()
    {
        const QSignalBlocker late(m_watch.get());
        m_attached->ask(R"({"cmd":"uptime"})");
        QVERIFY(!texts().contains(u"uptime"_s));
        m_menu->popup({});
        QVERIFY(texts().contains(u"uptime"_s));
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::ActionAdded || event->type() == QEvent::ActionChanged
            || event->type() == QEvent::ActionRemoved)
            m_changed.append(static_cast<QActionEvent *>(event)->action()->text());
        return QObject::eventFilter(watched, event);
    }

private:
    [[nodiscard]] Agent *agent() const { return m_attached->agent.get(); }
    [[nodiscard]] QString link() const { return linkAppearance(m_watch->status()).sentence; }

    // Something has happened, and the watch has told it.
    void update()
    {
        QSignalSpy told(m_watch.get(), &StatusWatch::changed);
        Q_EMIT agent()->stateChanged();
        QVERIFY(told.wait());
    }
    QString ask(const QByteArray &command)
    {
        const QString name = m_attached->ask(R"({"cmd":")" + command + R"("})");
        update();
        return name;
    }
    void end(const QString &name)
    {
        QString error;
        QVERIFY2(agent()->deny(name, {}, &error), qPrintable(error));
        QTRY_VERIFY(!agent()->request(name));
        update();
    }

    // What is shown of it.
    [[nodiscard]] QList<QAction *> entries(const QMenu *menu = nullptr) const
    {
        QList<QAction *> found = (menu ? menu : m_menu.get())->actions();
        found.removeIf(
            [](const QAction *each) { return !each->isVisible() || each->isSeparator(); });
        return found;
    }
    [[nodiscard]] QStringList texts(const QMenu *menu = nullptr) const
    {
        QStringList found;
        for (const QAction *each : entries(menu))
            found.append(each->text());
        return found;
    }
    [[nodiscard]] QStringList listed() const
    {
        const QStringList all = texts();
        return all.mid(1, all.indexOf(u"&Allow everything"_s) - 1);
    }
    [[nodiscard]] QAction *find(const QString &text, const QMenu *menu = nullptr) const
    {
        for (QAction *each : entries(menu)) {
            if (each->text() == text)
                return each;
        }
        qFatal("no entry %s", qPrintable(text));
    }

    std::unique_ptr<AttachedAgent> m_attached;
    std::unique_ptr<StatusWatch> m_watch;
    std::unique_ptr<TrayMenu> m_menu;
    QStringList m_changed; // the entries that the menu was told of
};

QTEST_MAIN(TestTrayMenu)
#include "tst_traymenu.moc"
