// SPDX-License-Identifier: Apache-2.0
#include "filedialogs.h"

#include <QFileDialog>
#include <QFileSystemModel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/inotify.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

class TestFileDialogs final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(QDir(m_directory.path()).mkdir(u"folder"_s));
        for (const QString &name : {u"plain"_s, u"notes.txt"_s, u"wrong.pem"_s}) {
            QFile file(m_directory.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write("#!/bin/sh\n") == 10);
        }
        m_watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
        QVERIFY(m_watch >= 0);
        QVERIFY(
            inotify_add_watch(m_watch, QFile::encodeName(m_directory.path()).constData(), IN_OPEN)
            >= 0);
    }
    void cleanupTestCase() { close(m_watch); }

    void P24_openNoFileThatTheyList_data()
    {
        QTest::addColumn<bool>("saves");
        QTest::newRow("open") << false;
        QTest::newRow("save") << true;
    }
    void P24_openNoFileThatTheyList()
    {
        QFETCH(const bool, saves);
        const std::unique_ptr<QFileDialog> dialog(
            saves ? FileDialogs::toSave(nullptr, u"Save"_s, m_directory.path())
                  : FileDialogs::toOpen(nullptr, u"Open"_s, m_directory.path(), u"All (*)"_s));
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->setViewMode(QFileDialog::Detail); // with their types
        dialog->open();
        for (const QString &name : {u"plain"_s, u"notes.txt"_s, u"wrong.pem"_s, u"folder"_s})
            QTRY_VERIFY2(!type(*dialog, name).isEmpty(), qPrintable(name));
        QCOMPARE(opened(), QStringList());
        QCOMPARE(type(*dialog, u"notes.txt"_s), u"plain text document"_s);
        QCOMPARE(type(*dialog, u"folder"_s), u"folder"_s);
        QVERIFY(!type(*dialog, u"plain"_s).contains(u"script"_s)); // which its content says
        dialog->reject();
    }

    void showWhichAreDirectories()
    {
        const std::unique_ptr<QFileDialog> dialog(
            FileDialogs::toOpen(nullptr, u"Open"_s, m_directory.path(), u"All (*)"_s));
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->open();
        QTRY_VERIFY(!type(*dialog, u"folder"_s).isEmpty() && !type(*dialog, u"plain"_s).isEmpty());
        const auto picture = [&](const QString &name) {
            return index(*dialog, name)
                .data(Qt::DecorationRole)
                .value<QIcon>()
                .pixmap(16)
                .toImage();
        };
        QVERIFY(!picture(u"plain"_s).isNull());
        QCOMPARE(picture(u"plain"_s), picture(u"wrong.pem"_s));
        QVERIFY(picture(u"plain"_s) != picture(u"folder"_s));
        dialog->reject();
    }

    void beginWithTheFileThatIsNamed()
    {
        const QPointer<QFileDialog> dialog = FileDialogs::toOpen(
            nullptr, u"Open"_s, m_directory.filePath(u"notes.txt"_s), u"Texts (*.txt)"_s);
        QSignalSpy chosen(dialog, &QFileDialog::fileSelected);
        dialog->open();
        QCOMPARE(dialog->selectedFiles(), QStringList{m_directory.filePath(u"notes.txt"_s)});
        QVERIFY(QMetaObject::invokeMethod(dialog, "accept"));
        QCOMPARE(chosen.size(), 1);
        QTRY_VERIFY(!dialog); // closed for good
    }

private:
    static QModelIndex index(const QFileDialog &dialog, const QString &name, int column = 0)
    {
        const auto *model = dialog.findChild<QFileSystemModel *>();
        return model->index(dialog.directory().filePath(name), column);
    }
    static QString type(const QFileDialog &dialog, const QString &name)
    {
        return index(dialog, name, 2).data().toString();
    }
    // The names of the files that somebody opened since the last call.
    [[nodiscard]] QStringList opened() const
    {
        QStringList names;
        alignas(inotify_event) std::array<char, 4096> buffer{};
        ssize_t size = 0;
        while ((size = read(m_watch, buffer.data(), buffer.size())) > 0) {
            for (ssize_t at = 0; at < size;) {
                const auto *event = reinterpret_cast<const inotify_event *>(buffer.data() + at);
                if (event->len > 0 && !(event->mask & IN_ISDIR))
                    names.append(QString::fromUtf8(event->name));
                at += ssize_t(sizeof(inotify_event) + event->len);
            }
        }
        return names;
    }

    QTemporaryDir m_directory;
    int m_watch = -1;
};

QTEST_MAIN(TestFileDialogs)
#include "tst_filedialogs.moc"
