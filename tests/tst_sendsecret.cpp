// SPDX-License-Identifier: Apache-2.0
#include "sendsecret.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class SendSecretTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { qunsetenv("COMETA_SECRET"); }

    void readsTheFirstLineOfAFile();
    void P16_refusesAFileThatOthersCanRead_data();
    void P16_refusesAFileThatOthersCanRead();
    void refusesWhatIsNoSecret_data();
    void refusesWhatIsNoSecret();
    void namesAFileThatIsNotThere();
    void readsTheEnvironment();
    void tellsNothingOfTheSecret();

private:
    QString file(const QByteArray &content,
                 QFile::Permissions permissions = QFile::ReadOwner | QFile::WriteOwner)
    {
        const QString path = m_directory.filePath(u"secret"_s);
        QFile::remove(path);
        QFile written(path);
        if (!written.open(QIODevice::WriteOnly) || written.write(content) != content.size()
            || !written.setPermissions(permissions))
            return {};
        return path;
    }
    QTemporaryDir m_directory;
    QString m_error;
};

void SendSecretTest::readsTheFirstLineOfAFile()
{
    QCOMPARE(SendSecret::fromFile(file("s3cr3t\n"), &m_error), "s3cr3t");
    QCOMPARE(SendSecret::fromFile(file("s3cr3t"), &m_error), "s3cr3t");
    QCOMPARE(SendSecret::fromFile(file("s3cr3t\r\nmore\n"), &m_error), "s3cr3t");
    QCOMPARE(m_error, QString());
}

void SendSecretTest::P16_refusesAFileThatOthersCanRead_data()
{
    QTest::addColumn<QFile::Permissions>("permissions");
    const QFile::Permissions own = QFile::ReadOwner | QFile::WriteOwner;
    QTest::newRow("group") << (own | QFile::ReadGroup);
    QTest::newRow("others") << (own | QFile::ReadOther);
    QTest::newRow("written by others") << (own | QFile::WriteOther);
}

void SendSecretTest::P16_refusesAFileThatOthersCanRead()
{
    QFETCH(const QFile::Permissions, permissions);
    QVERIFY(!SendSecret::fromFile(file("s3cr3t\n", permissions), &m_error));
    QVERIFY2(m_error.contains("chmod 600"_L1), qPrintable(m_error));
}

void SendSecretTest::refusesWhatIsNoSecret_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("empty line") << QByteArray("\nsecret\n");
    QTest::newRow("blank inside") << QByteArray("a b\n");
    QTest::newRow("control") << QByteArray("a\rb\n");
    QTest::newRow("not ASCII") << QByteArray("gehe\xc3\xafm\n");
    QTest::newRow("too long") << QByteArray(SendSecret::MaximumSize + 1, 'x');
}

void SendSecretTest::refusesWhatIsNoSecret()
{
    QFETCH(const QByteArray, content);
    QVERIFY(!SendSecret::fromFile(file(content), &m_error));
    QVERIFY2(m_error.contains("is no secret"_L1), qPrintable(m_error));
}

void SendSecretTest::namesAFileThatIsNotThere()
{
    QVERIFY(!SendSecret::fromFile(u"/nowhere/secret"_s, &m_error));
    QVERIFY(m_error.contains("/nowhere/secret"_L1));
}

void SendSecretTest::readsTheEnvironment()
{
    m_error.clear();
    QVERIFY(!SendSecret::fromEnvironment(&m_error));
    QCOMPARE(m_error, QString());
    qputenv("COMETA_SECRET", "s3cr3t");
    QCOMPARE(SendSecret::fromEnvironment(&m_error), "s3cr3t");
}

void SendSecretTest::tellsNothingOfTheSecret()
{
    qputenv("COMETA_SECRET", "hush hush");
    QVERIFY(!SendSecret::fromEnvironment(&m_error));
    QVERIFY(!SendSecret::fromFile(file("hush hush\n"), &m_error));
    QVERIFY(!m_error.isEmpty() && !m_error.contains("hush"_L1));
}

QTEST_GUILESS_MAIN(SendSecretTest)
#include "tst_sendsecret.moc"
