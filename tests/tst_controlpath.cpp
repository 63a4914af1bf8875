// SPDX-License-Identifier: Apache-2.0
#include "controlpath.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

bool make(const QString &path, mode_t mode)
{
    const QByteArray name = QFile::encodeName(path);
    return mkdir(name.constData(), mode) == 0 && chmod(name.constData(), mode) == 0;
}

mode_t modeOf(const QString &path)
{
    struct stat status = {};
    return lstat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777U : 0;
}

} // namespace

class ControlPathTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_data = m_directory->filePath(u"data"_s);
        m_runtime = m_directory->filePath(u"run"_s);
        QVERIFY(make(m_data, 0700));
        QVERIFY(make(m_runtime, 0700));
        qputenv("XDG_RUNTIME_DIR", m_runtime.toUtf8());
        m_error.clear();
    }

    void liesInTheRuntimeDirectory()
    {
        const QByteArray digest = QCryptographicHash::hash(QDir(m_data).canonicalPath().toUtf8(),
                                                           QCryptographicHash::Sha256);
        QCOMPARE(controlSocketPath(m_data, &m_error),
                 m_runtime + u"/cometa-agent/"_s + QString::fromLatin1(digest.toHex().first(16))
                     + u".sock"_s);
        QCOMPARE(modeOf(m_runtime + u"/cometa-agent"_s), 0700U);
        QVERIFY(m_error.isEmpty());
    }

    void isTheSameHoweverTheDirectoryIsWritten()
    {
        const QString path = controlSocketPath(m_data, &m_error);
        QVERIFY(!path.isEmpty());
        QCOMPARE(controlSocketPath(m_data + u"/"_s, &m_error), path);
        QCOMPARE(controlSocketPath(m_data + u"/../data"_s, &m_error), path);
        QVERIFY(controlSocketPath(m_directory->path(), &m_error) != path);
    }

    void liesInTheDataDirectoryWithoutRuntimeDirectory()
    {
        for (const char *runtime : {"", "relative/run"}) {
            qputenv("XDG_RUNTIME_DIR", runtime);
            QCOMPARE(controlSocketPath(m_data, &m_error), m_data + u"/control.sock"_s);
        }
    }

    void IP_03_refusesDirectoriesThatOthersCanEnter_data()
    {
        QTest::addColumn<uint>("mode");
        QTest::newRow("world may write") << 0777U;
        QTest::newRow("sticky, as /tmp") << 01777U;
        QTest::newRow("group may read") << 0750U;
        QTest::newRow("others may enter") << 0711U;
    }
    void IP_03_refusesDirectoriesThatOthersCanEnter()
    {
        QFETCH(const uint, mode);
        QVERIFY(chmod(QFile::encodeName(m_runtime).constData(), mode) == 0);
        verifyRefused();
        QVERIFY(!QFile::exists(m_runtime + u"/cometa-agent"_s));

        QVERIFY(chmod(QFile::encodeName(m_runtime).constData(), 0700) == 0);
        QVERIFY(make(m_runtime + u"/cometa-agent"_s, mode));
        verifyRefused();

        qunsetenv("XDG_RUNTIME_DIR");
        QVERIFY(chmod(QFile::encodeName(m_data).constData(), mode) == 0);
        verifyRefused();
    }

    void IP_03_refusesSymbolicLinks()
    {
        const QString target = m_directory->filePath(u"target"_s);
        QVERIFY(make(target, 0700));
        QVERIFY(QFile::link(target, m_runtime + u"/cometa-agent"_s));
        verifyRefused();

        const QString linked = m_directory->filePath(u"linked"_s);
        QVERIFY(QFile::link(m_runtime, linked));
        qputenv("XDG_RUNTIME_DIR", linked.toUtf8());
        verifyRefused();
        qputenv("XDG_RUNTIME_DIR", linked.toUtf8() + '/');
        verifyRefused();

        qunsetenv("XDG_RUNTIME_DIR");
        const QString linkedData = m_directory->filePath(u"linked-data"_s);
        QVERIFY(QFile::link(m_data, linkedData));
        QVERIFY(controlSocketPath(linkedData, &m_error).isEmpty());
        QVERIFY(!m_error.isEmpty());
    }

    void IP_03_refusesWhatIsNoDirectoryOfOurs()
    {
        qputenv("XDG_RUNTIME_DIR", (m_directory->path() + u"/missing"_s).toUtf8());
        verifyRefused();
        QFile file(m_runtime + u"/cometa-agent"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        qputenv("XDG_RUNTIME_DIR", m_runtime.toUtf8());
        verifyRefused();
        // Somebody else's: root's for a user, and for root one that is given away.
        if (geteuid() == 0)
            QVERIFY(chown(QFile::encodeName(m_runtime).constData(), 65534, 65534) == 0);
        else
            qputenv("XDG_RUNTIME_DIR", "/proc/1");
        verifyRefused();
        QVERIFY2(m_error.contains(u"another user"_s), qPrintable(m_error));
    }

    void refusesPathsThatFitIntoNoSocket()
    {
        const QString deep = m_runtime + u'/' + QString(100, u'x');
        QVERIFY(make(deep, 0700));
        qputenv("XDG_RUNTIME_DIR", deep.toUtf8());
        verifyRefused();
    }

private:
    void verifyRefused()
    {
        m_error.clear();
        QVERIFY(controlSocketPath(m_data, &m_error).isEmpty());
        QVERIFY(!m_error.isEmpty());
        QVERIFY(!m_error.contains(u'\n'));
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_data;
    QString m_runtime;
    QString m_error;
};

QTEST_GUILESS_MAIN(ControlPathTest)
#include "tst_controlpath.moc"
