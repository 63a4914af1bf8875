// SPDX-License-Identifier: Apache-2.0
#include "standardinput.h"

#include <QTest>

#include <cstdio>
#include <sys/socket.h>
#include <unistd.h>

class StandardInputTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void readsEveryPiece();
    void readsNothingFromAnEmptyOne();
    void readsOneByteMoreThanIsMeant();
    void saysWhyItCannotBeRead();

private:
    // What is read from now on, in these pieces: one packet is one piece.
    static void provide(const QByteArrayList &pieces);
    QString m_error;
};

void StandardInputTest::provide(const QByteArrayList &pieces)
{
    int ends[2];
    QCOMPARE(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
    for (const QByteArray &piece : pieces)
        QCOMPARE(::send(ends[1], piece.constData(), size_t(piece.size()), 0), piece.size());
    ::close(ends[1]);
    QCOMPARE(::dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    ::close(ends[0]);
    std::clearerr(stdin);
}

void StandardInputTest::initTestCase()
{
    std::setvbuf(stdin, nullptr, _IONBF, 0); // nothing of one case is left for the next one
}

void StandardInputTest::readsEveryPiece()
{
    provide({"df ", "-h", " | sort\n"});
    QCOMPARE(readStandardInput(100, &m_error), QByteArray("df -h | sort\n"));
}

void StandardInputTest::readsNothingFromAnEmptyOne()
{
    provide({});
    QCOMPARE(readStandardInput(100, &m_error), QByteArray());
}

void StandardInputTest::readsOneByteMoreThanIsMeant()
{
    provide({"abc", "defg"});
    QCOMPARE(readStandardInput(4, &m_error), QByteArray("abcde"));
}

void StandardInputTest::saysWhyItCannotBeRead()
{
    QCOMPARE(::close(STDIN_FILENO), 0);
    m_error.clear();
    QCOMPARE(readStandardInput(4, &m_error), std::nullopt);
    QVERIFY2(m_error.startsWith(QLatin1String("standard input cannot be read: ")),
             qPrintable(m_error));
    provide({}); // so that nothing else gets its number
}

QTEST_GUILESS_MAIN(StandardInputTest)

#include "tst_standardinput.moc"
