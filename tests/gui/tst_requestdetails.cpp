// SPDX-License-Identifier: Apache-2.0
#include "attachedagent.h"
#include "bytesview.h"
#include "outputview.h"
#include "requestdetails.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTimer>

using namespace Qt::StringLiterals;

class TestRequestDetails final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_attached = std::make_unique<AttachedAgent>();
        QVERIFY(m_attached->start());
        m_details = std::make_unique<RequestDetails>(agent());
        m_details->resize(700, 500);
    }
    void cleanup()
    {
        m_details.reset();
        m_attached.reset();
    }

    void showsNothingAtFirst()
    {
        QVERIFY(m_details->isHidden());
        QVERIFY(m_details->requestName().isEmpty());
    }

    void showsOutputAsItComesAndThenTheEnd()
    {
        begin("printf 'one\\n\\033[31mred\\033[0m\\n'; echo err >&2; "
              "while ! [ -e "
              + gate().toUtf8() + " ]; do sleep 0.05; done; echo last; exit 3");
        QTRY_COMPARE(output()->toPlainText(), u"one\nred"_s);
        QTRY_COMPARE(view("requestErrors")->toPlainText(), u"err"_s);
        QVERIFY(!stopButton()->isHidden());
        QFile file(gate());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QTRY_COMPARE(output()->toPlainText(), u"one\nred\nlast"_s);
        QTRY_VERIFY(facts().contains(u"exit 3"_s));
        QVERIFY(stopButton()->isHidden());
    }

    void stopEndsTheCommand()
    {
        const QString name = begin("sleep 60");
        QTRY_VERIFY(!stopButton()->isHidden());
        stopButton()->click();
        QTRY_COMPARE(agent()->journal()->request(name)->state, RequestState::Stopped);
        QTRY_VERIFY(facts().startsWith(u"stopped"_s));
    }

    void EX_05_staysQuickWhileACommandFloods()
    {
        begin("yes 'a line of output that is repeated for ever'");
        qint64 longest = 0;
        QElapsedTimer sinceTurn;
        QTimer turns;
        connect(&turns, &QTimer::timeout, this,
                [&] { longest = std::max(longest, sinceTurn.restart()); });
        QTRY_VERIFY(output()->end() > 0);
        m_details->show();
        sinceTurn.start();
        turns.start(0);
        QTRY_VERIFY_WITH_TIMEOUT(output()->end() > 50'000'000, 30'000);
        turns.stop();
        qInfo("longest turn of the event loop: %lld ms", longest);
        QVERIFY2(longest < 5000, qPrintable(QString::number(longest)));
        QVERIFY(output()->document()->characterCount() <= OutputView::MaximumCharacters + 70'000);
        agent()->stopAll();
        QTRY_COMPARE(agent()->runningCount(), 0);
    }

    void showsACommandThatWaitsWithoutOutput()
    {
        const QString name = m_attached->ask("{\"cmd\":\"echo <b>\"}");
        m_details->showRequest(*agent()->journal()->request(name));
        QCOMPARE(m_details->findChild<BytesView *>()->toPlainText(), u"echo <b>"_s);
        QVERIFY(!output()->isVisibleTo(m_details.get()));
        QVERIFY(stopButton()->isHidden());
        QVERIFY(facts().startsWith(u"waiting for you"_s));
        QString error;
        QVERIFY(agent()->deny(name, {}, &error));
        QTRY_VERIFY(facts().startsWith(u"denied"_s)); // by itself
    }

    void theCommandIsSeenInWholeUpToSomeLines_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::newRow("a line") << QByteArray("df -h");
        QTest::newRow("a little more than a line") << QByteArray(90, 'a');
        QTest::newRow("lines") << QByteArray("a\nb\nc");
        QTest::newRow("escapes") << QByteArray("\xe2\x80\xae").repeated(30);
    }
    void theCommandIsSeenInWholeUpToSomeLines()
    {
        QFETCH(const QByteArray, command);
        m_details->show();
        const QString name =
            m_attached->ask(QJsonDocument(QJsonObject{{u"cmd"_s, QString::fromUtf8(command)}})
                                .toJson(QJsonDocument::Compact));
        m_details->showRequest(*agent()->journal()->request(name));
        auto *shown = m_details->findChild<BytesView *>();
        const auto isWhole = [shown] {
            QTextCursor end(shown->document());
            end.movePosition(QTextCursor::End);
            const int empty = shown->viewport()->height() - shown->cursorRect(end).bottom();
            return shown->isEndVisible() && shown->verticalScrollBar()->maximum() == 0
                && empty < shown->fontMetrics().lineSpacing();
        };
        for (const int width : {700, 500, 660}) {
            m_details->resize(width, 500);
            QTRY_VERIFY(isWhole());
        }
    }

    void aLongCommandScrolls()
    {
        m_details->show();
        const QString name =
            m_attached->ask("{\"cmd\":\"" + QByteArray("a\\n").repeated(20) + "a\"}");
        m_details->showRequest(*agent()->journal()->request(name));
        auto *shown = m_details->findChild<BytesView *>();
        QTRY_VERIFY(shown->verticalScrollBar()->isVisible());
        QVERIFY(!shown->isEndVisible());
        shown->scrollToEnd();
        QTRY_VERIFY(shown->isEndVisible());
    }

    void comparesWithThePreviousRun()
    {
        const QByteArray command = "cat " + gate().toUtf8();
        write("a\nb\n");
        finish(begin(command));
        write("a\nc\n");
        finish(begin(command));
        compareButton()->click();
        auto *difference = view("requestDifference");
        QTRY_COMPARE(difference->toPlainText(), u"  a\n- b\n+ c"_s);
        QVERIFY(difference->isVisibleTo(m_details.get()));
        compareButton()->click();
        QVERIFY(output()->isVisibleTo(m_details.get()));
        compareButton()->click();
        finish(begin("true"));
        QVERIFY(!compareButton()->isChecked()); // another request, its output first
    }

    void clearForgetsIt()
    {
        finish(begin("echo x"));
        m_details->clear();
        QVERIFY(m_details->isHidden());
        QVERIFY(m_details->requestName().isEmpty());
        QCOMPARE(output()->toPlainText(), QString());
    }

    void everyControlHasAName()
    {
        for (const QWidget *control : m_details->findChildren<QPlainTextEdit *>())
            QVERIFY(!control->accessibleName().isEmpty() && !control->objectName().isEmpty());
        for (const QPushButton *control : m_details->findChildren<QPushButton *>())
            QVERIFY(!control->text().isEmpty() && !control->objectName().isEmpty());
    }

private:
    [[nodiscard]] Agent *agent() const { return m_attached->agent.get(); }
    [[nodiscard]] QString gate() const { return m_attached->directory.filePath(u"gate"_s); }
    void write(const QByteArray &bytes)
    {
        QFile file(gate());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    // Sends it, approves it, shows it; its name.
    QString begin(const QByteArray &command)
    {
        const QString name =
            m_attached->ask(QJsonDocument(QJsonObject{{u"cmd"_s, QString::fromUtf8(command)}})
                                .toJson(QJsonDocument::Compact));
        m_details->showRequest(*agent()->journal()->request(name));
        QString error;
        const QByteArray sha256 = agent()->request(name)->request().commandSha256();
        if (!agent()->approve(name, sha256, &error))
            qWarning("%s", qPrintable(error));
        return name;
    }
    void finish(const QString &name)
    {
        QTRY_VERIFY(hasEnded(agent()->journal()->request(name)->state));
        QTRY_VERIFY(facts().contains(u"exit 0"_s));
    }
    [[nodiscard]] OutputView *view(const char *name) const
    {
        return m_details->findChild<OutputView *>(QString::fromLatin1(name));
    }
    [[nodiscard]] OutputView *output() const { return view("requestOutput"); }
    [[nodiscard]] QPushButton *stopButton() const
    {
        return m_details->findChild<QPushButton *>(u"stopRequest"_s);
    }
    [[nodiscard]] QPushButton *compareButton() const
    {
        return m_details->findChild<QPushButton *>(u"compareRequest"_s);
    }
    [[nodiscard]] QString facts() const
    {
        return m_details->findChild<QPlainTextEdit *>(u"requestFacts"_s)->toPlainText();
    }

    std::unique_ptr<AttachedAgent> m_attached;
    std::unique_ptr<RequestDetails> m_details;
};

QTEST_MAIN(TestRequestDetails)
#include "tst_requestdetails.moc"
