// SPDX-License-Identifier: Apache-2.0
#include "outputcopy.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;

using Form = OutputCopy::Form;

class TestOutputCopy final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void copiesTheBytes()
    {
        QByteArray bytes;
        for (int i = 0; i < 1'000'000; ++i)
            bytes += char(i * 7 % 256);
        QCOMPARE(copy(bytes, Form::Exact), QString());
        QCOMPARE(read(u"copy"_s), bytes);
    }

    void copiesNothing()
    {
        QCOMPARE(copy({}, Form::Exact), QString());
        QVERIFY(QFile::exists(m_directory.filePath(u"copy"_s)));
    }

    void P22_asTextNothingActs()
    {
        const QByteArray bytes = "a\x1b[31mred\x1b[0m\tb\n\x1b[2J\x07\xff\xe2\x80\xae\r\n\xe2\x82";
        QCOMPARE(copy(bytes, Form::Text), QString());
        QCOMPARE(read(u"copy"_s),
                 "ared\tb\n\\u{001B}[2J\\u{0007}\\x{FF}\\u{202E}\\r\n\\x{E2}\\x{82}");
    }

    void P17_isForTheOwnerAlone()
    {
        QCOMPARE(copy("x", Form::Exact), QString());
        struct stat status = {};
        const QByteArray path = QFile::encodeName(m_directory.filePath(u"copy"_s));
        QCOMPARE(stat(path.constData(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);
    }

    void saysThatItCannotBeWritten()
    {
        OutputCopy copy;
        QSignalSpy spy(&copy, &OutputCopy::finished);
        const QString target = m_directory.filePath(u"missing/copy"_s);
        copy.start(source("x"), target, Form::Exact);
        QTRY_COMPARE(spy.size(), 1);
        QVERIFY(spy.first().at(1).toString().contains(target));
    }

    void anotherOneTakesItsPlace()
    {
        OutputCopy copy;
        QSignalSpy spy(&copy, &OutputCopy::finished);
        const QString from = source(QByteArray(3'000'000, 'x'));
        copy.start(from, m_directory.filePath(u"first"_s), Form::Exact);
        copy.start(from, m_directory.filePath(u"second"_s), Form::Exact);
        QTRY_COMPARE(spy.size(), 1);
        QCOMPARE(spy.first().at(0).toString(), m_directory.filePath(u"second"_s));
        QVERIFY(!QFile::exists(m_directory.filePath(u"first"_s)));
    }

private:
    [[nodiscard]] QString source(const QByteArray &bytes)
    {
        QFile file(m_directory.filePath(u"source"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("the file cannot be written");
        return file.fileName();
    }
    [[nodiscard]] QByteArray read(const QString &name) const
    {
        QFile file(m_directory.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("none");
    }
    [[nodiscard]] QString copy(const QByteArray &bytes, Form form)
    {
        OutputCopy copy;
        QSignalSpy spy(&copy, &OutputCopy::finished);
        copy.start(source(bytes), m_directory.filePath(u"copy"_s), form);
        if (!QTest::qWaitFor([&spy] { return !spy.isEmpty(); }))
            return u"it did not end"_s;
        return spy.first().at(1).toString();
    }

    QTemporaryDir m_directory;
};

QTEST_GUILESS_MAIN(TestOutputCopy)
#include "tst_outputcopy.moc"
