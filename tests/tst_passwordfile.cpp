// SPDX-License-Identifier: Apache-2.0
#include "passwordfile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class TestPasswordFile final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheFirstLine_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("password");
        QTest::newRow("line") << QByteArray("pw\n") << u"pw"_s;
        QTest::newRow("no end") << QByteArray("pw") << u"pw"_s;
        QTest::newRow("CR LF") << QByteArray("pw\r\n") << u"pw"_s;
        QTest::newRow("blanks") << QByteArray(" p w \nmore\n") << u" p w "_s;
        QTest::newRow("UTF-8") << QByteArray("p\xc3\xa4ss\n") << u"päss"_s;
        QTest::newRow("longest") << QByteArray(255, 'x') + '\n' << QString(255, u'x');
    }

    void readsTheFirstLine()
    {
        QFETCH(QByteArray, content);
        QString error;
        const auto password = PasswordFile::read(file(content), &error);
        QVERIFY2(password, qPrintable(error));
        QTEST(*password, "password");
    }

    void P16_refusesWhatIsNoPasswordOfOurs_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("permissions");
        const int own = QFile::ReadOwner | QFile::WriteOwner;
        QTest::newRow("empty") << QByteArray() << own;
        QTest::newRow("empty line") << QByteArray("\npw\n") << own;
        QTest::newRow("too long") << QByteArray(256, 'x') << own;
        QTest::newRow("NUL") << QByteArray("p\0w", 3) << own;
        QTest::newRow("group") << QByteArray("pw\n") << int(own | QFile::ReadGroup);
        QTest::newRow("others") << QByteArray("pw\n") << int(own | QFile::WriteOther);
    }

    void P16_refusesWhatIsNoPasswordOfOurs()
    {
        QFETCH(QByteArray, content);
        QFETCH(int, permissions);
        const QString path = file(content);
        QVERIFY(QFile::setPermissions(path, QFile::Permissions(permissions)));
        QString error;
        QVERIFY(!PasswordFile::read(path, &error));
        QVERIFY(error.contains(path));
        QVERIFY(!error.contains("pw"_L1));
    }

    void refusesADirectory()
    {
        QString error;
        QVERIFY(!PasswordFile::read(m_directory.path(), &error));
        QVERIFY(!error.isEmpty());
    }

    void P16_writesAPrivateFile()
    {
        const QString path = m_directory.filePath(u"written"_s);
        QString error;
        QVERIFY2(PasswordFile::write(path, u"päss"_s, &error), qPrintable(error));
        QCOMPARE(QFile::permissions(path) & ~(QFile::ReadUser | QFile::WriteUser),
                 QFile::ReadOwner | QFile::WriteOwner);
        QCOMPARE(PasswordFile::read(path, &error), u"päss"_s);
        QVERIFY(!PasswordFile::write(m_directory.filePath(u"no/such"_s), u"pw"_s, &error));
        QVERIFY(error.contains("no/such"_L1));
    }

private:
    QString file(const QByteArray &content)
    {
        const QString path = m_directory.filePath(u"password"_s);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)
            || file.write(content) != content.size()
            || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
            qFatal("no file");
        return path;
    }

    QTemporaryDir m_directory;
};

QTEST_GUILESS_MAIN(TestPasswordFile)
#include "tst_passwordfile.moc"
