// SPDX-License-Identifier: Apache-2.0
#include "outputtail.h"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

class tst_OutputTail : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsEmpty();
    void keepsBothEnds_data();
    void keepsBothEnds();
    void boundsItsMemory();
    void makesNoFileWithoutOutput();
    void writesAPrivateFile();
    void stopsWritingAtTheLimit();
    void doesNotFollowALinkNorOverwrite();
    void remembersThatTheDiskIsFull();
};

static QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

static QByteArray counted(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = static_cast<char>('!' + i % 91);
    return bytes;
}

static QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : "unreadable"_ba;
}

void tst_OutputTail::startsEmpty()
{
    OutputTail output;
    output.append({});
    output.close();
    QCOMPARE(output.total(), 0);
    QCOMPARE(output.kept().head, QByteArray());
    QCOMPARE(output.kept().tail, QByteArray());
    QCOMPARE(output.fileSha256(), QByteArray());
}

void tst_OutputTail::keepsBothEnds_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("piece");
    for (const int size : {1, 9, 10, 11, 19, 20, 21, 29, 30, 31, 1000}) {
        for (const int piece : {1, 3, 10, 11, 25, 1000})
            QTest::addRow("%d bytes in pieces of %d", size, piece) << size << piece;
    }
}

void tst_OutputTail::keepsBothEnds()
{
    QFETCH(const int, size);
    QFETCH(const int, piece);
    const QByteArray all = counted(size);
    OutputTail output({}, 10);
    for (int i = 0; i < size; i += piece)
        output.append(QByteArrayView(all).sliced(i, qMin(piece, size - i)));

    const KeptOutput kept = output.kept();
    QCOMPARE(kept.total, size);
    QCOMPARE(kept.head, all.first(qMin(size, 10)));
    QCOMPARE(kept.tail, all.last(qBound(0, size - 10, 10)));
}

void tst_OutputTail::boundsItsMemory()
{
    OutputTail output;
    const QByteArray piece = counted(1024 * 1024);
    for (int i = 0; i < 20; ++i)
        output.append(piece);
    const KeptOutput kept = output.kept();
    QCOMPARE(kept.total, 20 * piece.size());
    QCOMPARE(kept.head.size(), OutputTail::DefaultKeep);
    QCOMPARE(kept.tail.size(), OutputTail::DefaultKeep);
    QVERIFY(kept.head.capacity() <= 2 * OutputTail::DefaultKeep + 4096);
}

void tst_OutputTail::makesNoFileWithoutOutput()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"r.out"_s);
    OutputTail output(path);
    output.append({});
    output.close();
    QVERIFY(!QFile::exists(path));
    QCOMPARE(output.fileSize(), 0);
}

void tst_OutputTail::writesAPrivateFile()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"r.out"_s);
    const QByteArray all = counted(100000) + '\0' + "\xff\x1b";
    const mode_t mask = ::umask(0);
    OutputTail output(path, 10);
    output.append(QByteArrayView(all).first(5));
    output.append(QByteArrayView(all).sliced(5));
    ::umask(mask);
    output.close();

    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(path).constData(), &status), 0);
    QCOMPARE(status.st_mode & 07777, mode_t{0600});
    QCOMPARE(contents(path), all);
    QCOMPARE(output.fileSize(), all.size());
    QCOMPARE(output.fileSha256(), sha256(all));
    QCOMPARE(output.fileError(), QString());
}

void tst_OutputTail::stopsWritingAtTheLimit()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"r.out"_s);
    const QByteArray all = counted(1000);
    OutputTail output(path, 10, 100);
    for (int i = 0; i < 1000; i += 40)
        output.append(QByteArrayView(all).sliced(i, 40));
    output.close();
    QCOMPARE(contents(path), all.first(100));
    QCOMPARE(output.fileSize(), 100);
    QCOMPARE(output.fileSha256(), sha256(all.first(100)));
    QCOMPARE(output.total(), 1000);
    QCOMPARE(output.fileError(), QString()); // the limit is no error
}

void tst_OutputTail::doesNotFollowALinkNorOverwrite()
{
    const QTemporaryDir directory;
    const QString victim = directory.filePath(u"victim"_s);
    const QString link = directory.filePath(u"link"_s);
    QFile file(victim);
    QVERIFY(file.open(QFile::WriteOnly));
    file.write("precious");
    file.close();
    QVERIFY(QFile::link(victim, link));
    for (const QString &path : {victim, link}) {
        OutputTail output(path);
        output.append("x");
        output.append("y");
        output.close();
        QVERIFY(!output.fileError().isEmpty());
        QCOMPARE(output.total(), 2);
        QCOMPARE(output.kept().head, "xy"_ba);
        QCOMPARE(output.fileSize(), 0);
        QCOMPARE(output.fileSha256(), QByteArray());
    }
    QCOMPARE(contents(victim), "precious"_ba);
}

// A limit on the size of files stands in for the end of the disk: a write comes back short, the
// next one fails.
void tst_OutputTail::remembersThatTheDiskIsFull()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"r.out"_s);
    const QByteArray all = counted(1000);
    rlimit old = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &old), 0);
    const rlimit small = {300, old.rlim_max};
    const auto handler = ::signal(SIGXFSZ, SIG_IGN);
    OutputTail output(path, 10);
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    output.append(QByteArrayView(all).first(200));
    output.append(QByteArrayView(all).sliced(200, 500));
    const QString error = output.fileError();
    output.append(QByteArrayView(all).sliced(700));
    ::setrlimit(RLIMIT_FSIZE, &old);
    ::signal(SIGXFSZ, handler);
    output.close();

    QCOMPARE(error, qt_error_string(EFBIG));
    QCOMPARE(output.fileError(), error);
    QCOMPARE(contents(path), all.first(300));
    QCOMPARE(output.fileSize(), 300);
    QCOMPARE(output.fileSha256(), sha256(all.first(300)));
    QCOMPARE(output.total(), 1000);
    QCOMPARE(output.kept().tail, all.last(10));
}

QTEST_GUILESS_MAIN(tst_OutputTail)
#include "tst_outputtail.moc"
