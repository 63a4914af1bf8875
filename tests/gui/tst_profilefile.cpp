// SPDX-License-Identifier: Apache-2.0
#include "profilefile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class TestProfileFile final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesBackWhatWasWritten()
    {
        Settings settings;
        settings.server = u"cometa.example.org"_s;
        settings.port = 8443;
        settings.application = u"ops"_s;
        settings.info = u"Büro = 2. Stock"_s;
        settings.approval = Settings::Approval::Rules;
        settings.tls = true;
        const QString path = m_directory.filePath(u"out.conf"_s);
        QString error;
        QVERIFY2(ProfileFile::write(path, settings, &error), qPrintable(error));
        const auto values = ProfileFile::read(path, &error);
        QVERIFY2(values, qPrintable(error));
        const QHash<QString, QString> wanted{{u"server"_s, u"cometa.example.org"_s},
                                             {u"port"_s, u"8443"_s},
                                             {u"app"_s, u"ops"_s},
                                             {u"info"_s, u"Büro = 2. Stock"_s},
                                             {u"approve"_s, u"rules"_s},
                                             {u"tls"_s, u"yes"_s}};
        QCOMPARE(*values, wanted);
    }

    void writesNothingPrivateAndForNobodyElse()
    {
        Settings settings;
        settings.server = u"a.example"_s;
        settings.certFile = u"/home/anna/anna.pem"_s;
        settings.keyFile = u"/home/anna/anna.key"_s;
        settings.approval = Settings::Approval::All;
        settings.configFile = u"/home/anna/agent.conf"_s;
        const QString path = m_directory.filePath(u"private.conf"_s);
        QString error;
        QVERIFY2(ProfileFile::write(path, settings, &error), qPrintable(error));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        QVERIFY(content.endsWith("\nserver = a.example\n"));
        QVERIFY2(!content.contains("anna") && !content.contains("approve"), content.constData());
        QCOMPARE(
            file.permissions()
                & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
            QFile::Permissions());
    }

    void leavesWhatIsThereWhenItCannotWrite()
    {
        QVERIFY(QDir(m_directory.path()).mkpath(u"taken/inside"_s));
        QString error;
        QVERIFY(!ProfileFile::write(m_directory.filePath(u"taken"_s), {}, &error));
        QVERIFY(error.contains(u"taken"_s));
        QVERIFY(QDir(m_directory.filePath(u"taken/inside"_s)).exists());
    }

    void refusesWhatIsNoProfile_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const QByteArray &content, const QString &words) {
            QTest::newRow(name) << content << words;
        };
        row("a photograph", QByteArray("\xff\xd8\xff\xe0\x00\x10JFIF\x00", 11), u"no profile"_s);
        row("10 MB", QByteArray(10'000'000, 'x'), u"no profile"_s);
        row("prose", "Dear Anna,\n", u"no profile"_s);
        row("an unknown key", "server = a.example\nsevrer = b\n", u"line 2, sevrer"_s);
        row("a value that does not fit", "port = 99999\n", u"1 to 65535"_s);
        row("a key twice", "server = a.example\nport = 1\nserver = b.example\n",
            u"line 3, server: it stands there twice"_s);
        row("a group", "[locked]\nport = 1\n", u"groups"_s);
        row("everything approved", "approve = all\n", u"everything"_s);
        row("empty", "", u"no setting"_s);
        row("comments alone", "# hello\n", u"no setting"_s);
        row("a very long key", QByteArray(5000, 'k') + " = 1\n", u"no such setting"_s);
    }
    void refusesWhatIsNoProfile()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, words);
        const QString path = m_directory.filePath(u"wrong.conf"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
        file.close();
        QString error;
        QVERIFY(!ProfileFile::read(path, &error));
        QVERIFY2(error.contains(words), qPrintable(error));
        QVERIFY(error.contains(u"wrong.conf"_s));
        QVERIFY2(!error.contains(u'\n') && error.size() < 400, qPrintable(error));
    }

    void leavesAMissingCertificateToItsField()
    {
        const QString path = m_directory.filePath(u"ca.conf"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("ca-file = /nowhere.pem\n") > 0);
        file.close();
        QString error;
        const auto values = ProfileFile::read(path, &error);
        QVERIFY2(values, qPrintable(error));
        QCOMPARE(values->value(u"ca-file"_s), u"/nowhere.pem"_s);
    }

    void refusesADirectoryAndWhatIsNotThere()
    {
        QString error;
        QVERIFY(!ProfileFile::read(m_directory.path(), &error));
        QVERIFY(!error.isEmpty());
        error.clear();
        QVERIFY(!ProfileFile::read(m_directory.filePath(u"none.conf"_s), &error));
        QVERIFY(error.contains(u"none.conf"_s));
    }

private:
    QTemporaryDir m_directory;
};

QTEST_GUILESS_MAIN(TestProfileFile)
#include "tst_profilefile.moc"
