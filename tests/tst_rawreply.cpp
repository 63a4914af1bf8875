// SPDX-License-Identifier: Apache-2.0
#include "rawreply.h"

#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype noLimit = 1024 * 1024;

KeptOutput whole(const QByteArray &bytes)
{
    return {bytes, {}, bytes.size()};
}

Outcome finished(const KeptOutput &output, const KeptOutput &error = {}, int exitCode = 0)
{
    Outcome outcome;
    outcome.state = RequestState::Finished;
    outcome.exitCode = exitCode;
    outcome.standardOutput = output;
    outcome.standardError = error;
    return outcome;
}

QByteArray rawOf(const Outcome &outcome, qsizetype limit = noLimit)
{
    return RawReply(u"k3x9q2mz7d"_s, outcome).bytes(limit);
}

QByteArray gapLine(qint64 leftOut)
{
    return "[… " + QByteArray::number(leftOut) + " bytes left out; request k3x9q2mz7d …]\n";
}

} // namespace

class RawReplyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void EX_06_isTheOutputOfASuccessByteForByte()
    {
        QByteArray bytes("\x00\xFF\r\n\x1B[2J", 8);
        QCOMPARE(rawOf(finished(whole(bytes), whole("not shown"))), bytes);
        QCOMPARE(rawOf(finished(whole("no newline"))), "no newline");
        QCOMPARE(rawOf(finished(whole(""))), ""); // Reply makes a newline of it
        QCOMPARE(rawOf(finished({"head ", "tail", 9})), "head tail");
    }

    void EX_13_saysHowItEnded()
    {
        QCOMPARE(rawOf(finished(whole("out\n"), whole("err\n"), 3)), "out\nerr\n[exit 3]\n");
        QCOMPARE(rawOf(finished(whole("out"), whole("err"), 255)), "outerr\n[exit 255]\n");
        QCOMPARE(rawOf(finished(whole(""), whole(""), 1)), "[exit 1]\n");
        QCOMPARE(rawOf(finished(whole("out"), whole(""), 1)), "out\n[exit 1]\n");

        Outcome killed = finished(whole("out\n"));
        killed.exitCode.reset();
        killed.signal = SIGSEGV;
        QCOMPARE(rawOf(killed), "out\n[killed by SIGSEGV]\n");

        Outcome timedOut = finished(whole("out"), whole("err"));
        timedOut.state = RequestState::TimedOut;
        timedOut.exitCode.reset();
        timedOut.limit = std::chrono::seconds(30);
        QCOMPARE(rawOf(timedOut), "outerr\n[timed out after 30 s]\n");
    }

    void keepsBothEndsOfWhatIsTooLong()
    {
        const QByteArray output = QByteArray(1'000, 'a') + QByteArray(1'000, 'z');
        const QByteArray reply = rawOf(finished(whole(output)), 200);
        QVERIFY(reply.size() <= 200);
        const qsizetype begin = reply.indexOf('\n') + 1;
        const qsizetype end = reply.indexOf('\n', begin) + 1;
        const QByteArray front = reply.first(begin - 1);
        const QByteArray back = reply.sliced(end);
        QCOMPARE(front, QByteArray(front.size(), 'a'));
        QCOMPARE(back, QByteArray(back.size(), 'z'));
        QVERIFY(front.size() > 60 && back.size() > 60);
        QCOMPARE(reply.sliced(begin, end - begin),
                 gapLine(output.size() - front.size() - back.size()));
    }

    void countsWhatWasNotKeptToo()
    {
        QCOMPARE(rawOf(finished({"begin\n", "end\n", 1'000'010})),
                 "begin\n" + gapLine(1'000'000) + "end\n");
        // The line stands on a line of its own, and no half character beside it.
        QCOMPARE(rawOf(finished({"begin\xE2\x82",
                                 "\x82\xAC"
                                 "end",
                                 1'000'012})),
                 "begin\n" + gapLine(1'000'004) + "end");
    }

    void keepsTheWayItEndedWhenItIsTooLong()
    {
        const Outcome outcome =
            finished(whole(QByteArray(5'000, 'o')), whole(QByteArray(5'000, 'e')), 7);
        const QByteArray reply = rawOf(outcome, 300);
        QVERIFY(reply.size() <= 300);
        QVERIFY(reply.startsWith("ooo"));
        QVERIFY(reply.endsWith("eee\n[exit 7]\n"));
        QVERIFY(reply.contains(" bytes left out; request k3x9q2mz7d …]\n"));
    }

    void showsNoPieceOfTheOutputAsIfNothingWereMissing()
    {
        // A gap in stderr: stdout before it is all there, behind it comes only what followed it.
        const QByteArray reply = rawOf(finished(whole("out\n"), {"first\n", "last\n", 1'011}, 2));
        QCOMPARE(reply, "out\nfirst\n" + gapLine(1'000) + "last\n[exit 2]\n");
    }

    void P10_isNeverLongerThanItsLimit()
    {
        const QByteArray output = QByteArray("a\xC3\xA4\n\xE2\x82\xAC").repeated(200);
        for (qsizetype limit = 100; limit < output.size() + 50; ++limit) {
            const QByteArray reply = rawOf(finished(whole(output), whole(output), 3), limit);
            QVERIFY2(reply.size() <= limit, qPrintable(QString::number(limit)));
            QVERIFY(reply.isValidUtf8());
            const QByteArray success = rawOf(finished(whole(output)), limit);
            QVERIFY(success.size() <= limit);
            QCOMPARE(success == output, output.size() <= limit);
        }
    }
};

QTEST_GUILESS_MAIN(RawReplyTest)
#include "tst_rawreply.moc"
