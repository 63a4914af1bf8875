// SPDX-License-Identifier: Apache-2.0
#include "journalfixture.h"
#include "requestactions.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>

#include <sys/stat.h>

using namespace JournalFixture;
using namespace Qt::StringLiterals;

class TestRequestActions final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_journal = std::make_unique<Journal>();
        QVERIFY(open(m_journal.get(), m_directory->filePath(u"data"_s)));
        m_actions = std::make_unique<RequestActions>(m_journal.get());
        m_actions->show();
    }
    void cleanup()
    {
        m_actions.reset();
        m_journal.reset();
    }

    void offersWhatCanBeDone()
    {
        RequestRow row;
        row.request = request("df");
        row.state = RequestState::AwaitingApproval;
        m_actions->setRequest(row, url());
        QVERIFY(!isShown("stopRequest") && !isShown("compareRequest") && !isShown("outputMenu"));
        row.state = RequestState::Running;
        m_actions->setRequest(row, url());
        QVERIFY(isShown("stopRequest") && !isShown("compareRequest"));
        m_actions->setRequest(ended("df", {}), url());
        QVERIFY(!isShown("stopRequest") && isShown("compareRequest"));
        QVERIFY(!button("outputMenu")->isEnabled());
        m_actions->setRequest(ended("df", "x"), url());
        QVERIFY(button("outputMenu")->isEnabled());
        QVERIFY(action("outputMenu", "Save output…")->isEnabled());
        QVERIFY(!action("outputMenu", "Save errors…")->isEnabled());
    }

    void stopsAndCompares()
    {
        QSignalSpy stop(m_actions.get(), &RequestActions::stopClicked);
        QSignalSpy compare(m_actions.get(), &RequestActions::compareToggled);
        button("stopRequest")->click();
        button("compareRequest")->click();
        QCOMPARE(stop.size(), 1);
        QCOMPARE(compare.takeFirst().first().toBool(), true);
        m_actions->setComparing(false);
        QCOMPARE(compare.takeFirst().first().toBool(), false);
    }

    void offersARuleForWhatCanComeAgain()
    {
        QSignalSpy asked(m_actions.get(), &RequestActions::ruleClicked);
        RequestRow row = ended("df", {});
        row.scope = scope();
        m_actions->setRequest(row, url());
        QVERIFY(isShown("makeRule"));
        button("makeRule")->click();
        QCOMPARE(asked.size(), 1);
        row.state = RequestState::Invalid;
        m_actions->setRequest(row, url());
        QVERIFY(!isShown("makeRule"));
    }

    void SP_10_copiesOriginalBytes()
    {
        m_actions->setRequest(ended("echo \xff\x1b", QByteArray("a\0\xff", 3)), url());
        action("copyMenu", "Command, original bytes")->trigger();
        QCOMPARE(clipboard(), "echo \xff\x1b");
        action("copyMenu", "Output, original bytes")->trigger();
        QCOMPARE(clipboard(), QByteArray("a\0\xff", 3));
    }

    void copiesOfALargeOutputItsEnd()
    {
        m_actions->setRequest(ended("df", QByteArray(2'000'000, 'a') + "end"), url());
        QVERIFY(!find("copyMenu", "Output, original bytes"));
        action("copyMenu", "Output, its last MiB")->trigger();
        QCOMPARE(clipboard().size(), 1024 * 1024);
        QVERIFY(clipboard().endsWith("end"));
    }

    void copiesTheRequestEscaped()
    {
        RequestRow row = ended("echo \xe2\x80\xae", "x");
        row.request.reason = u"why\u202e"_s;
        m_actions->setRequest(row, url());
        action("copyMenu", "Request as text")->trigger();
        const QString text = QGuiApplication::clipboard()->text();
        QVERIFY2(text.contains(u"Command: echo \\u{202E}\n"_s), qPrintable(text));
        QVERIFY2(text.contains(u"why\\u{202E}"_s), qPrintable(text));
        QVERIFY(text.contains(u"exit 0"_s));
    }

    void copiesACurlLine()
    {
        m_actions->setRequest(ended("df", "x"), url());
        action("copyMenu", "As curl line")->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 u"curl -H 'Authorization: OAuth APPLICATION-SECRET' -d '{\"cmd\":\"df\"}' "_s
                     + url());
        m_actions->setRequest(ended("df \xff", "x"), url());
        QVERIFY(!action("copyMenu", "As curl line")->isEnabled());
    }

    void savesTheBytesWhereTheOwnerWants()
    {
        const QByteArray bytes("a\0\xff\x1b[31m", 8);
        m_actions->setRequest(ended("df", bytes), url());
        action("outputMenu", "Save output…")->trigger();
        auto *dialog = m_actions->findChild<QFileDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        const QString target = m_directory->filePath(u"saved"_s);
        Q_EMIT dialog->fileSelected(target);
        dialog->reject();
        QTRY_COMPARE(readFile(target), bytes);
    }

    void saysThatItCannotBeSaved()
    {
        QSignalSpy failed(m_actions.get(), &RequestActions::failed);
        m_actions->setRequest(ended("df", "x"), url());
        action("outputMenu", "Save output…")->trigger();
        auto *dialog = m_actions->findChild<QFileDialog *>();
        Q_EMIT dialog->fileSelected(m_directory->filePath(u"missing/saved"_s));
        dialog->reject();
        QTRY_COMPARE(failed.size(), 1);
    }

    void P22_opensTextInAPrivateDirectory()
    {
        QDesktopServices::setUrlHandler(u"file"_s, this, "open");
        RequestRow row = ended("df", "a\x1b[31mb\x1b[2J\n");
        m_actions->setRequest(row, url());
        action("outputMenu", "Open output in text viewer")->trigger();
        QTRY_VERIFY(m_opened.isValid());
        QDesktopServices::unsetUrlHandler(u"file"_s);
        const QString path = m_opened.toLocalFile();
        QCOMPARE(readFile(path), "ab\\u{001B}[2J\n");
        QVERIFY(path.endsWith(row.request.name + u"-output.txt"_s));
        QCOMPARE(mode(path), 0600U);
        QCOMPARE(mode(QFileInfo(path).path()), 0700U);
        m_actions.reset();
        QVERIFY(!QFile::exists(path));
    }

    void aNameThatIsNoWordLeadsNowhere()
    {
        QVERIFY(writeFile(m_directory->filePath(u"data/secret.out"_s), "secret"));
        RequestRow row = ended("df", "x");
        row.request.name = u"../secret"_s;
        m_actions->setRequest(row, url());
        QGuiApplication::clipboard()->setText(u"before"_s);
        action("copyMenu", "Output, original bytes")->trigger();
        QVERIFY(!clipboard().contains("secret"));
    }

public Q_SLOTS:
    void open(const QUrl &url) { m_opened = url; }

private:
    static bool open(Journal *journal, const QString &directory)
    {
        return JournalFixture::open(journal, directory);
    }
    [[nodiscard]] RequestRow ended(const QByteArray &command, const QByteArray &output)
    {
        const Request made = request(command);
        if (!run(m_journal.get(), made, output))
            qFatal("%s", qPrintable(m_journal->errorString()));
        return *m_journal->request(made.name);
    }
    static QString url() { return u"http://h:1/v1/send"_s; }
    static QByteArray clipboard()
    {
        return QGuiApplication::clipboard()->mimeData()->data(u"text/plain"_s);
    }
    static uint mode(const QString &path)
    {
        struct stat status = {};
        return stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 0777U : 0;
    }
    [[nodiscard]] QPushButton *button(const char *name) const
    {
        return m_actions->findChild<QPushButton *>(QString::fromLatin1(name));
    }
    [[nodiscard]] bool isShown(const char *name) const { return !button(name)->isHidden(); }
    [[nodiscard]] QAction *find(const char *menu, const char *text) const
    {
        for (QAction *action : button(menu)->menu()->actions()) {
            if (action->text().remove(u'&') == QString::fromUtf8(text))
                return action;
        }
        return nullptr;
    }
    [[nodiscard]] QAction *action(const char *menu, const char *text) const
    {
        QAction *found = find(menu, text);
        if (!found)
            qFatal("there is no action %s", text);
        return found;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<RequestActions> m_actions;
    QUrl m_opened;
};

QTEST_MAIN(TestRequestActions)
#include "tst_requestactions.moc"
