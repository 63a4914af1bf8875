// SPDX-License-Identifier: Apache-2.0
#include "fulldisk.h"
#include "wholefile.h"

#include <QFileInfo>
#include <QSaveFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class TestWholeFile final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    QString m_path = m_directory.filePath(u"file"_s);
    QString m_error;

    [[nodiscard]] QByteArray content() const
    {
        QFile file(m_path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void init()
    {
        m_error.clear();
        QVERIFY(WholeFile::replace(m_path, "saved\n", &m_error));
    }

    void replaces()
    {
        QVERIFY(QFile::setPermissions(m_path, QFile::ReadOwner | QFile::ReadOther));
        QVERIFY(WholeFile::replace(m_path, "other\n", &m_error));
        QCOMPARE(content(), QByteArray("other\n"));
        const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther
            | QFile::WriteOther | QFile::ExeOwner;
        QVERIFY(!(QFileInfo(m_path).permissions() & others));
    }

    void ST_03_leavesWhatIsThereWhenTheDiskIsFull_data()
    {
        QTest::addColumn<int>("size");
        QTest::newRow("what stays in a buffer") << 100;
        QTest::newRow("what does not") << 1'000'000;
    }
    void ST_03_leavesWhatIsThereWhenTheDiskIsFull()
    {
        QFETCH(const int, size);
        const FullDisk full;
        QVERIFY(!WholeFile::replace(m_path, QByteArray(size, 'x'), &m_error));
        QCOMPARE(m_error, qt_error_string(EFBIG));
        QCOMPARE(content(), QByteArray("saved\n"));
    }

    void ST_03_leavesWhatIsThereWhenTheLastPieceDoesNotFit()
    {
        QSaveFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write("piece"), 5);
        const FullDisk full;
        QVERIFY(!WholeFile::commit(&file));
        file.cancelWriting();
        QCOMPARE(content(), QByteArray("saved\n"));
    }

    void tellsWhyNothingCanBeWrittenThere()
    {
        QVERIFY(!WholeFile::replace(m_directory.filePath(u"none/file"_s), "x", &m_error));
        QVERIFY(!m_error.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestWholeFile)
#include "tst_wholefile.moc"
