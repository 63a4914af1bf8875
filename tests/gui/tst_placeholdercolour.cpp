// SPDX-License-Identifier: Apache-2.0
#include "placeholdercolour.h"

#include <QApplication>
#include <QLineEdit>
#include <QPalette>
#include <QTest>

class TestPlaceholderColour final : public QObject
{
    Q_OBJECT

    static QPalette colours(Qt::GlobalColor base, Qt::GlobalColor text, const QColor &placeholder)
    {
        QPalette palette;
        palette.setColor(QPalette::Base, base);
        palette.setColor(QPalette::Text, text);
        palette.setColor(QPalette::PlaceholderText, placeholder);
        return palette;
    }
    static int lightness(const QWidget &widget)
    {
        return widget.palette().color(QPalette::PlaceholderText).lightness();
    }

private Q_SLOTS:
    void leavesWhatCanBeRead()
    {
        const QColor grey(0, 0, 0, 128);
        QApplication::setPalette(colours(Qt::white, Qt::black, grey));
        const PlaceholderColour colour;
        QCOMPARE(QApplication::palette().color(QPalette::PlaceholderText), grey);
    }
    void mendsBlackOnBlackAndFollowsTheDesktop()
    {
        QApplication::setPalette(colours(Qt::black, Qt::white, QColor(0, 0, 0, 128)));
        const PlaceholderColour colour;
        const QLineEdit field;
        QVERIFY2(lightness(field) > 100, qPrintable(QString::number(lightness(field))));
        QCOMPARE(field.palette().color(QPalette::Text), QColor(Qt::white));

        QApplication::setPalette(colours(Qt::white, Qt::black, QColor(255, 255, 255, 128)));
        QTRY_COMPARE(field.palette().color(QPalette::Text), QColor(Qt::black));
        QTRY_VERIFY2(lightness(field) < 155, qPrintable(QString::number(lightness(field))));
    }
};

QTEST_MAIN(TestPlaceholderColour)
#include "tst_placeholdercolour.moc"
