// SPDX-License-Identifier: Apache-2.0
#include "sendprogress.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Medium = SendProgress::Medium;

class SendProgressTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesALineForEachChangeToAFile();
    void rewritesOneLineOnATerminal();
    void staysOnOneLine();
    void keepsQuietAboutAQuickAnswer();
};

void SendProgressTest::writesALineForEachChangeToAFile()
{
    SendProgress progress(Medium::File);
    QSignalSpy written(&progress, &SendProgress::written);
    progress.show(u"Waiting …"_s, 0ms);
    QTRY_COMPARE(written.size(), 1);
    QCOMPARE(written.takeFirst().at(0).toByteArray(), "cometactl: Waiting …\n");
    progress.show(u"Waiting …"_s, 0ms);
    progress.show(u"Running …"_s, 0ms);
    QTRY_COMPARE(written.size(), 1);
    QCOMPARE(written.takeFirst().at(0).toByteArray(), "cometactl: Running …\n");
    progress.clear();
    QCOMPARE(written.size(), 0);
}

void SendProgressTest::rewritesOneLineOnATerminal()
{
    SendProgress progress(Medium::Terminal);
    QSignalSpy written(&progress, &SendProgress::written);
    progress.show(u"Waiting …"_s, 0ms);
    QTRY_VERIFY_WITH_TIMEOUT(written.size() >= 2, 20'000); // the time goes on
    QCOMPARE(written.first().at(0).toByteArray(), "\r\x1b[KWaiting … 0 s");
    QVERIFY(written.last().at(0).toByteArray().startsWith("\r\x1b[KWaiting … "));
    progress.clear();
    QCOMPARE(written.last().at(0).toByteArray(), "\r\x1b[K");
    const qsizetype count = written.size();
    progress.clear();
    QCOMPARE(written.size(), count);
}

void SendProgressTest::staysOnOneLine()
{
    SendProgress progress(Medium::Terminal);
    QSignalSpy written(&progress, &SendProgress::written);
    progress.show(QString(300, u'x'), 0ms);
    QTRY_VERIFY(!written.isEmpty());
    const QString line = QString::fromUtf8(written.first().at(0).toByteArray());
    QVERIFY2(line.size() < 80 && line.contains(u'…'), qPrintable(line));
}

void SendProgressTest::keepsQuietAboutAQuickAnswer()
{
    SendProgress progress(Medium::Terminal);
    QSignalSpy written(&progress, &SendProgress::written);
    progress.show(u"Waiting …"_s, 1h);
    progress.clear();
    progress.show(u"Second …"_s, 0ms);
    QTRY_COMPARE(written.size(), 1);
    QVERIFY(written.first().at(0).toByteArray().contains("Second"));
}

QTEST_GUILESS_MAIN(SendProgressTest)
#include "tst_sendprogress.moc"
