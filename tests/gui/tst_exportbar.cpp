// SPDX-License-Identifier: Apache-2.0
#include "exportbar.h"
#include "journalfixture.h"
#include "notice.h"

#include <QFileDialog>
#include <QLabel>
#include <QPushButton>

using namespace JournalFixture;
using namespace Qt::StringLiterals;

class TestExportBar final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_journal = std::make_unique<Journal>();
        QVERIFY(open(m_journal.get(), m_directory->filePath(u"data"_s)));
        for (int i = 0; i < 1100; ++i)
            QVERIFY(m_journal->received(request("df"), scope(), "df"));
        m_bar = std::make_unique<ExportBar>(m_journal.get());
    }
    void cleanup()
    {
        m_bar.reset();
        m_journal.reset();
    }

    void saysWhatWasExported()
    {
        QVERIFY(m_bar->isHidden());
        m_bar->start({}, target(u"a.csv"_s));
        QVERIFY(!m_bar->isHidden());
        QTRY_VERIFY2(text().contains(u"requests were exported to "_s + target(u"a.csv"_s)),
                     qPrintable(text()));
        QVERIFY(readFile(target(u"a.csv"_s)).startsWith("time,"));
        button()->click();
        QVERIFY(m_bar->isHidden());
    }

    void theEndingOfTheNameIsTheFormat()
    {
        m_bar->start({}, target(u"a.JSON"_s));
        QTRY_VERIFY(text().contains(u"were exported"_s));
        QVERIFY(readFile(target(u"a.JSON"_s)).startsWith("[\n{"));
    }

    void cancelLeavesNoFile()
    {
        m_bar->start({}, target(u"a.csv"_s));
        button()->click();
        QVERIFY2(text().contains(u"cancelled"_s), qPrintable(text()));
        QVERIFY(!QFile::exists(target(u"a.csv"_s)));
    }

    void saysThatItCannotBeWritten()
    {
        m_bar->start({}, target(u"missing/a.csv"_s));
        QVERIFY2(text().contains(u"cannot be written"_s), qPrintable(text()));
        QVERIFY(!m_bar->isHidden());
    }

    void asksForTheFileWithoutBlocking()
    {
        m_bar->ask({});
        auto *dialog = m_bar->window()->findChild<QFileDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QCOMPARE(dialog->acceptMode(), QFileDialog::AcceptSave);
        Q_EMIT dialog->fileSelected(target(u"b.csv"_s));
        QTRY_VERIFY(QFile::exists(target(u"b.csv"_s)));
        dialog->reject();
    }

private:
    [[nodiscard]] QString target(const QString &name) const { return m_directory->filePath(name); }
    [[nodiscard]] QString text() const { return m_bar->findChild<Notice *>()->text(); }
    [[nodiscard]] QPushButton *button() const { return m_bar->findChild<QPushButton *>(); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<ExportBar> m_bar;
};

QTEST_MAIN(TestExportBar)
#include "tst_exportbar.moc"
