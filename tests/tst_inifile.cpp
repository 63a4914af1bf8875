// SPDX-License-Identifier: Apache-2.0
#include "inifile.h"

#include <QTemporaryDir>
#include <QTest>

class TestIniFile final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;

    QString write(const QByteArray &content)
    {
        const QString path = m_directory.filePath(QStringLiteral("file.conf"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write the test file");
        return path;
    }

    static QByteArray content(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void readsGroupsKeysAndValuesAsTheyStand()
    {
        QString error;
        const auto ini =
            IniFile::read(write("# comment\nserver = a.example\n\n; another\n[locked]\r\n"
                                "info=a, b; \"c\" \\n = d\n"),
                          &error);
        QVERIFY2(ini, qPrintable(error));
        QCOMPARE(ini->entries().size(), 2);
        QCOMPARE(ini->entries().at(0).group, QString());
        QCOMPARE(ini->entries().at(0).key, QStringLiteral("server"));
        QCOMPARE(ini->entries().at(0).value, QStringLiteral("a.example"));
        QCOMPARE(ini->entries().at(0).line, 2);
        QCOMPARE(ini->entries().at(1).group, QStringLiteral("locked"));
        QCOMPARE(ini->entries().at(1).value, QStringLiteral("a, b; \"c\" \\n = d"));
        QCOMPARE(ini->groups().size(), 1);
        QCOMPARE(ini->groups().at(0).name, QStringLiteral("locked"));
        QCOMPARE(ini->groups().at(0).line, 5);
    }

    void namesTheLineThatIsWrong()
    {
        QString error;
        QVERIFY(!IniFile::read(write("server = a\nnonsense\n"), &error));
        QVERIFY2(error.contains(QStringLiteral("line 2")), qPrintable(error));
    }

    void refusesWhatIsNoText_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("a photograph") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0", 11);
        QTest::newRow("not UTF-8") << QByteArray("info = \xff\xfe\n");
        QTest::newRow("huge") << QByteArray(1024 * 1024 + 1, '#');
    }
    void refusesWhatIsNoText()
    {
        QFETCH(QByteArray, content);
        QString error;
        QVERIFY(!IniFile::read(write(content), &error));
        QVERIFY2(error.contains(QStringLiteral("not text")), qPrintable(error));
    }

    void tellsThatAFileIsMissing()
    {
        QString error;
        QVERIFY(!IniFile::read(m_directory.filePath(QStringLiteral("none")), &error));
        QVERIFY(error.contains(QStringLiteral("none")));
    }

    void writesWhatItReads()
    {
        IniFile ini;
        ini.set({}, QStringLiteral("server"), QStringLiteral("a.example"));
        ini.set(QStringLiteral("locked"), QStringLiteral("port"), QStringLiteral("80"));
        ini.set({}, QStringLiteral("info"), QStringLiteral("ä = b"));
        ini.set({}, QStringLiteral("server"), QStringLiteral("b.example"));
        const QString path = m_directory.filePath(QStringLiteral("new/agent.conf"));
        QString error;
        QVERIFY2(ini.write(path, &error), qPrintable(error));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(),
                 QByteArray("server = b.example\ninfo = ä = b\n[locked]\nport = 80\n"));
        QCOMPARE(
            file.permissions()
                & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
            QFile::Permissions());
        const auto again = IniFile::read(path, &error);
        QVERIFY(again);
        QCOMPARE(again->entries().size(), 3);
    }

    void keepsCommentsAndOrder()
    {
        const QByteArray before("# mine\nserver = a\n\n; of the lab\nport = 1\nport = 2\n"
                                "[locked]\n# why\nkeep-days = 5\n# the end\n");
        QString error;
        auto ini = IniFile::read(write(before), &error);
        QVERIFY2(ini, qPrintable(error));
        const QString path = m_directory.filePath(QStringLiteral("again.conf"));
        QVERIFY(ini->write(path, &error));
        QCOMPARE(content(path), before);
        ini->set({}, QStringLiteral("port"), QStringLiteral("3")); // the last one counts
        ini->set({}, QStringLiteral("app"), QStringLiteral("ops"));
        ini->remove({}, QStringLiteral("server"));
        ini->remove(QStringLiteral("locked"), QStringLiteral("keep-days"));
        ini->remove({}, QStringLiteral("never"));
        QVERIFY(ini->write(path, &error));
        QCOMPARE(content(path),
                 QByteArray("# mine\n\n; of the lab\nport = 1\nport = 3\napp = ops\n"
                            "[locked]\n# why\n# the end\n"));
    }

    void putsAnEntryWithoutGroupBeforeTheGroups()
    {
        QString error;
        auto ini = IniFile::read(write("[locked]\nport = 1\n"), &error);
        QVERIFY2(ini, qPrintable(error));
        ini->set({}, QStringLiteral("app"), QStringLiteral("ops"));
        const QString path = m_directory.filePath(QStringLiteral("again.conf"));
        QVERIFY(ini->write(path, &error));
        QCOMPARE(content(path), QByteArray("app = ops\n[locked]\nport = 1\n"));
    }

    void leavesTheFileAsItWasWhenItCannotBeWritten()
    {
        // A directory in the way of the new file: it fails for root, too.
        QVERIFY(QDir(m_directory.path()).mkpath(QStringLiteral("taken/inside")));
        QString error;
        QVERIFY(!IniFile().write(m_directory.filePath(QStringLiteral("taken")), &error));
        QVERIFY2(error.contains(QStringLiteral("taken")), qPrintable(error));
        QVERIFY(QDir(m_directory.filePath(QStringLiteral("taken/inside"))).exists());
    }

    void tellsThatItCannotWrite()
    {
        QString error;
        QVERIFY(!IniFile().write(QStringLiteral("/proc/nowhere/agent.conf"), &error));
        QVERIFY(!error.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestIniFile)
#include "tst_inifile.moc"
