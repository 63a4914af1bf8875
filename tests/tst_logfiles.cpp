// SPDX-License-Identifier: Apache-2.0
#include "logfiles.h"
#include "serverlog.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class LogFilesTest final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    QString m_requests = m_directory.filePath(u"requests"_s);
    QString m_errors = m_directory.filePath(u"errors"_s);

    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(missing)");
    }

private Q_SLOTS:
    void cleanup()
    {
        QFile::remove(m_requests);
        QFile::remove(m_errors);
    }

    void keepsRequestsAndTheRestApart()
    {
        LogFiles files;
        QString error;
        QVERIFY(files.open(m_requests, m_errors, &error));
        qCInfo(lcRequest).noquote() << "127.0.0.1 GET / 200";
        qCWarning(lcServer).noquote() << "something is wrong";
        static const QRegularExpression request(
            u"^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z 127\\.0\\.0\\.1 GET / 200\n$"_s);
        static const QRegularExpression warning(u"Z warning something is wrong\n$"_s);
        QVERIFY2(request.match(QString::fromUtf8(read(m_requests))).hasMatch(),
                 read(m_requests).constData());
        QVERIFY2(warning.match(QString::fromUtf8(read(m_errors))).hasMatch(),
                 read(m_errors).constData());
        constexpr QFile::Permissions others = QFile::ReadGroup | QFile::ReadOther;
        QVERIFY((QFile::permissions(m_requests) & others) == QFile::Permissions());
        QVERIFY((QFile::permissions(m_errors) & others) == QFile::Permissions());
    }

    void sendsTheRestToWhereItWentBefore()
    {
        LogFiles files;
        QString error;
        QVERIFY(files.open(m_requests, {}, &error));
        QTest::ignoreMessage(QtWarningMsg, "to the screen");
        qCWarning(lcServer) << "to the screen";
        QCOMPARE(read(m_requests), QByteArray());
        QCOMPARE(read(m_errors), QByteArray("(missing)"));
    }

    void keepsNoRequestsWhenOff()
    {
        LogFiles files;
        QString error;
        QVERIFY(files.open(u"off"_s, m_errors, &error));
        qCInfo(lcRequest) << "x";
        QCOMPARE(read(m_errors), QByteArray());
        QVERIFY(files.open({}, {}, &error));
        QTest::ignoreMessage(QtInfoMsg, "y");
        qCInfo(lcRequest) << "y";
    }

    void goesOnInANewFileAfterRotation()
    {
        LogFiles files;
        QString error;
        QVERIFY(files.open(m_requests, m_errors, &error));
        qCInfo(lcRequest) << "one";
        QVERIFY(QFile::rename(m_requests, m_requests + u".1"_s));
        qCInfo(lcRequest) << "two";
        QVERIFY(files.open(m_requests, m_errors, &error));
        qCInfo(lcRequest) << "three";
        QCOMPARE(read(m_requests + u".1"_s).count('\n'), 2);
        QVERIFY(read(m_requests).endsWith(" three\n"));
        QCOMPARE(read(m_requests).count('\n'), 1);
    }

    void appends()
    {
        LogFiles files;
        QString error;
        for (int i = 0; i < 2; ++i) {
            QVERIFY(files.open(m_requests, m_errors, &error));
            qCInfo(lcRequest) << i;
        }
        QCOMPARE(read(m_requests).count('\n'), 2);
    }

    void staysWhereItIsWhenAFileCannotBeOpened()
    {
        LogFiles files;
        QString error;
        QVERIFY(files.open(m_requests, m_errors, &error));
        const QString nowhere = m_directory.filePath(u"no/such"_s);
        QVERIFY(!files.open(nowhere, m_errors, &error));
        QVERIFY2(error.contains(nowhere), qPrintable(error));
        QVERIFY(!files.open(m_requests, nowhere, &error));
        qCInfo(lcRequest) << "still";
        QVERIFY(read(m_requests).endsWith(" still\n"));
    }
};

QTEST_GUILESS_MAIN(LogFilesTest)
#include "tst_logfiles.moc"
