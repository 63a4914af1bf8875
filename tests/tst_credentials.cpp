// SPDX-License-Identifier: Apache-2.0
#include "credentials.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;

class CredentialsTest final : public QObject
{
    Q_OBJECT

    static uint modeOf(const QString &path)
    {
        struct stat status = {};
        return lstat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777U
                                                                        : 0;
    }

private Q_SLOTS:
    void makesThemUpOnce()
    {
        const QTemporaryDir directory;
        const QString data = directory.filePath(u"a/b"_s);
        QString error;
        const std::optional<Credentials> made = Credentials::keptIn(data, &error);
        QVERIFY2(made, qPrintable(error));
        static const QRegularExpression id(u"^[0-9a-f]{20}$"_s);
        static const QRegularExpression secret(u"^[0-9a-f]{40}$"_s);
        QVERIFY(id.match(made->applicationId).hasMatch());
        QVERIFY(secret.match(QString::fromLatin1(made->secret)).hasMatch());
        const std::optional<Credentials> kept = Credentials::keptIn(data, &error);
        QVERIFY(kept);
        QCOMPARE(kept->applicationId, made->applicationId);
        QCOMPARE(kept->secret, made->secret);
    }

    void differFromThoseOfAnotherDirectory()
    {
        const QTemporaryDir directory;
        QString error;
        const auto one = Credentials::keptIn(directory.filePath(u"1"_s), &error);
        const auto two = Credentials::keptIn(directory.filePath(u"2"_s), &error);
        QVERIFY(one && two);
        QVERIFY(one->applicationId != two->applicationId);
        QVERIFY(one->secret != two->secret);
    }

    void P16_areReadableByNobodyElse()
    {
        const QTemporaryDir directory;
        const QString data = directory.filePath(u"data"_s);
        QString error;
        const mode_t before = umask(0);
        const bool made = Credentials::keptIn(data, &error).has_value();
        umask(before);
        QVERIFY2(made, qPrintable(error));
        QCOMPARE(modeOf(data), 0700U);
        QCOMPARE(modeOf(data + u"/application"_s), 0600U);
    }

    void P16_refusesOneThatCannotBeUsed_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QFile::Permissions>("more");
        QTest::addColumn<QString>("remedy");
        QTest::newRow("open to others") << QByteArray("ops my-secret\n")
                                        << QFile::Permissions(QFile::ReadGroup) << u"chmod 600"_s;
        QTest::newRow("empty") << QByteArray() << QFile::Permissions() << u"remove it"_s;
        QTest::newRow("no secret") << QByteArray("ops\n") << QFile::Permissions() << u"remove it"_s;
    }
    void P16_refusesOneThatCannotBeUsed()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const QFile::Permissions, more);
        QFETCH(const QString, remedy);
        const QTemporaryDir directory;
        QFile file(directory.filePath(u"application"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size()
                && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | more));
        file.close();
        QString error;
        QVERIFY(!Credentials::keptIn(directory.path(), &error));
        QVERIFY2(error.contains(remedy) && error.contains(file.fileName()), qPrintable(error));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), content);
    }

    void readsWhatTheOwnerWrote()
    {
        const QTemporaryDir directory;
        QFile file(directory.filePath(u"application"_s));
        QVERIFY(file.open(QIODevice::WriteOnly)
                && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
        file.write("  ops\n my-secret \n");
        file.close();
        QString error;
        const auto kept = Credentials::keptIn(directory.path(), &error);
        QVERIFY(kept);
        QCOMPARE(kept->applicationId, u"ops"_s);
        QCOMPARE(kept->secret, "my-secret");
    }

    void saysThatTheyCannotBeKept()
    {
        const QTemporaryDir directory;
        QFile file(directory.filePath(u"file"_s)); // in the way, for root too
        QVERIFY(file.open(QIODevice::WriteOnly));
        QString error;
        QVERIFY(!Credentials::keptIn(file.fileName(), &error));
        QVERIFY2(error.contains(u"--data-dir"), qPrintable(error));
        QVERIFY(!error.contains(u'\n'));
    }
};

QTEST_GUILESS_MAIN(CredentialsTest)
#include "tst_credentials.moc"
