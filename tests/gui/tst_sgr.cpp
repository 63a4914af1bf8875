// SPDX-License-Identifier: Apache-2.0
#include "sgr.h"

#include <QPalette>
#include <QTest>
#include <QTextCharFormat>

using namespace Qt::StringLiterals;

class TestSgr final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsTheStandard_data()
    {
        QTest::addColumn<QByteArray>("parameters");
        QTest::addColumn<Sgr>("expected");
        const auto red = text(0xffcc0000);
        QTest::newRow("colour") << QByteArray("31") << red;
        QTest::newRow("bright colour") << QByteArray("91") << text(0xffef2929);
        QTest::newRow("ground") << QByteArray("41") << ground(0xffcc0000);
        QTest::newRow("bright ground") << QByteArray("101") << ground(0xffef2929);
        QTest::newRow("one of 256: named") << QByteArray("38;5;1") << red;
        QTest::newRow("one of 256: cube") << QByteArray("38;5;196") << text(0xffff0000);
        QTest::newRow("one of 256: grey") << QByteArray("38;5;232") << text(0xff080808);
        QTest::newRow("any") << QByteArray("38;2;1;2;3") << text(0xff010203);
        QTest::newRow("any, colons") << QByteArray("38:2:1:2:3") << text(0xff010203);
        QTest::newRow("any, colour space") << QByteArray("38:2::1:2:3") << text(0xff010203);
        QTest::newRow("what follows")
            << QByteArray("38;5;9;48;5;1") << both(0xffef2929, 0xffcc0000);
        QTest::newRow("too bright") << QByteArray("38;2;999;0;0") << text(0xffff0000);
        QTest::newRow("none of 256") << QByteArray("38;5;256") << Sgr();
        QTest::newRow("cut off") << QByteArray("38;2;1") << Sgr();
        QTest::newRow("colour alone") << QByteArray("38") << Sgr();
        QTest::newRow("empty") << QByteArray() << Sgr();
        QTest::newRow("reset") << QByteArray("31;1;0") << Sgr();
        QTest::newRow("reset by nothing") << QByteArray("31;;") << Sgr();
        QTest::newRow("usual colour") << QByteArray("31;39") << Sgr();
        QTest::newRow("usual ground") << QByteArray("41;49") << Sgr();
        QTest::newRow("bold off") << QByteArray("1;2;22") << Sgr();
        QTest::newRow("underline off") << QByteArray("4;4:0") << Sgr();
        QTest::newRow("all off") << QByteArray("3;4;7;9;23;24;27;29") << Sgr();
        QTest::newRow("hidden is not followed") << QByteArray("8") << Sgr();
        QTest::newRow("unknown") << QByteArray("5;77;1234567890123") << Sgr();
    }
    void followsTheStandard()
    {
        QFETCH(const QByteArray, parameters);
        QFETCH(const Sgr, expected);
        Sgr style;
        style.apply(parameters);
        QVERIFY(style == expected);
    }

    void setsStyles()
    {
        Sgr style;
        style.apply("1;2;3;4;7;9");
        QVERIFY(style.bold && style.faint && style.italic);
        QVERIFY(style.underlined && style.inverse && style.struck);
    }

    void everyColourIsReadable_data()
    {
        QTest::addColumn<QColor>("base");
        QTest::addColumn<QColor>("text");
        QTest::newRow("light") << QColor(Qt::white) << QColor(Qt::black);
        QTest::newRow("dark") << QColor(0x1e, 0x1e, 0x1e) << QColor(0xdd, 0xdd, 0xdd);
        QTest::newRow("middle") << QColor(0x77, 0x77, 0x77) << QColor(Qt::white);
    }
    void everyColourIsReadable()
    {
        QFETCH(const QColor, base);
        QFETCH(const QColor, text);
        QPalette palette;
        palette.setColor(QPalette::Base, base);
        palette.setColor(QPalette::Text, text);
        for (int number = 0; number < 256; ++number) {
            for (const char *ground : {"", ";40", ";47", ";7", ";2", ";2;7"}) {
                Sgr style;
                style.apply("38;5;" + QByteArray::number(number) + ground);
                const QTextCharFormat format = style.format(palette);
                const QColor behind = format.hasProperty(QTextFormat::BackgroundBrush)
                    ? format.background().color()
                    : base;
                const double contrast = Sgr::contrast(format.foreground().color(), behind);
                QVERIFY2(contrast >= Sgr::LeastContrast, qPrintable(QString::number(number)));
            }
        }
    }

    void textOfItsGroundsColourIsStillSeen()
    {
        Sgr style;
        style.apply("31;41");
        const QTextCharFormat format = style.format(QPalette());
        QVERIFY(format.foreground().color() != format.background().color());
        QCOMPARE(format.background().color(), QColor(0xcc, 0, 0));
    }

    void contrastIsThatOfTheStandard()
    {
        QCOMPARE(Sgr::contrast(Qt::black, Qt::white), 21.0);
        QCOMPARE(Sgr::contrast(Qt::white, Qt::black), 21.0);
        QCOMPARE(Sgr::contrast(Qt::red, Qt::red), 1.0);
    }

private:
    static Sgr text(QRgb colour)
    {
        Sgr style;
        style.foreground = colour;
        return style;
    }
    static Sgr ground(QRgb colour)
    {
        Sgr style;
        style.background = colour;
        return style;
    }
    static Sgr both(QRgb text, QRgb ground)
    {
        Sgr style;
        style.foreground = text;
        style.background = ground;
        return style;
    }
};

QTEST_MAIN(TestSgr)
#include "tst_sgr.moc"
