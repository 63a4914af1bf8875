// SPDX-License-Identifier: Apache-2.0
#include "autostart.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

class TestAutostart final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        qputenv("XDG_CONFIG_HOME", QFile::encodeName(m_directory->filePath(u"own"_s)));
        qputenv("XDG_CONFIG_DIRS", QFile::encodeName(m_directory->filePath(u"system"_s)));
        QCOMPARE(Autostart::path(), m_directory->filePath(u"own/autostart/cometa-agent.desktop"_s));
    }

    void writesAndRemovesItsFile()
    {
        const Autostart autostart(u"cometa-agent"_s);
        QVERIFY(!autostart.isEnabled());
        QString error;
        QVERIFY2(autostart.setEnabled(true, &error), qPrintable(error));
        QVERIFY(autostart.isEnabled());
        const QByteArray content = read(Autostart::path());
        QVERIFY(content.startsWith("[Desktop Entry]\n"));
        QVERIFY2(content.contains("\nExec=cometa-agent --minimised\n"), content.constData());
        QVERIFY(content.contains("\nType=Application\n") && content.contains("\nName="));
        QVERIFY2(autostart.setEnabled(false, &error), qPrintable(error));
        QVERIFY(!QFile::exists(Autostart::path()));
        QVERIFY(!autostart.isEnabled());
        QVERIFY(autostart.setEnabled(false, &error)); // it is so already
    }

    void startsTheSameSettingsAgain()
    {
        const Autostart autostart(u"/opt/my apps/cometa-agent"_s,
                                  {u"--config"_s, u"/tmp/50% \"a\" $b.conf"_s});
        QString error;
        QVERIFY(autostart.setEnabled(true, &error));
        const QByteArray content = read(Autostart::path());
        QVERIFY2(content.contains("\nExec=\"/opt/my apps/cometa-agent\" --minimised --config "
                                  "\"/tmp/50%% \\\\\"a\\\\\" \\\\$b.conf\"\n"),
                 content.constData());
    }

    void showsWhatIs_data()
    {
        QTest::addColumn<QByteArray>("own");
        QTest::addColumn<QByteArray>("system");
        QTest::addColumn<bool>("enabled");
        const QByteArray entry("[Desktop Entry]\nExec=cometa-agent\n");
        QTest::newRow("nothing") << QByteArray() << QByteArray() << false;
        QTest::newRow("own") << entry << QByteArray() << true;
        QTest::newRow("of the system") << QByteArray() << entry << true;
        QTest::newRow("own hides it") << entry + "Hidden=true\n" << entry << false;
        QTest::newRow("turned off by the desktop") << entry + "X-GNOME-Autostart-enabled = false\n"
                                                   << QByteArray() << false;
        QTest::newRow("hidden by the system, own on") << entry << entry + "Hidden=true\n" << true;
        QTest::newRow("hidden in another group") << entry + "[Desktop Action x]\nHidden=true\n"
                                                 << QByteArray() << true;
        QTest::newRow("rubbish") << QByteArray("\x89PNG\r\n") << QByteArray() << false;
    }
    void showsWhatIs()
    {
        QFETCH(QByteArray, own);
        QFETCH(QByteArray, system);
        QFETCH(bool, enabled);
        write(Autostart::path(), own);
        write(systemPath(), system);
        const Autostart autostart(u"cometa-agent"_s);
        QCOMPARE(autostart.isEnabled(), enabled);
        QString error;
        QVERIFY2(autostart.setEnabled(!enabled, &error), qPrintable(error));
        QCOMPARE(autostart.isEnabled(), !enabled);
        QCOMPARE(read(systemPath()), system); // never touched
    }

    void tellsThatItCannotWrite()
    {
        write(m_directory->filePath(u"own"_s), "a file in the way");
        QString error;
        QVERIFY(!Autostart(u"cometa-agent"_s).setEnabled(true, &error));
        QVERIFY2(error.contains(Autostart::path()), qPrintable(error));
    }

private:
    QString systemPath() const
    {
        return m_directory->filePath(u"system/autostart/cometa-agent.desktop"_s);
    }
    static void write(const QString &path, const QByteArray &content)
    {
        if (content.isEmpty())
            return;
        QFile file(path);
        if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly)
            || file.write(content) != content.size())
            qFatal("cannot write the test file");
    }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_GUILESS_MAIN(TestAutostart)
#include "tst_autostart.moc"
