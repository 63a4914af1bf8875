// SPDX-License-Identifier: Apache-2.0
#include "windowplace.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

using namespace Qt::StringLiterals;

class TestWindowPlace final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    QString m_path;

private Q_SLOTS:
    void init()
    {
        m_path = m_directory.filePath(u"window"_s);
        QFile::remove(m_path);
    }

    void opensWhereItWasClosed()
    {
        const QRect place(40, 50, 432, 321);
        {
            QWidget window;
            window.resize(200, 100);
            new WindowPlace(&window, m_path);
            QCOMPARE(window.size(), QSize(200, 100)); // the first time as it likes
            window.show();
            window.setGeometry(place);
            window.close();
        }
        const QFile file(m_path);
        QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        QWidget window;
        new WindowPlace(&window, m_path);
        QCOMPARE(window.geometry(), place);
    }

    void keepsItsOwnPlaceWhenTheFileHoldsNone()
    {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(10'000, 'x'));
        file.close();
        QWidget window;
        window.resize(200, 100);
        new WindowPlace(&window, m_path);
        QCOMPARE(window.size(), QSize(200, 100));
    }
};

QTEST_MAIN(TestWindowPlace)
#include "tst_windowplace.moc"
