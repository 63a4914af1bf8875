// SPDX-License-Identifier: Apache-2.0
#include "pagestack.h"

#include <QLabel>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

class TestPageStack final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesRoomForTheShownPageOnly()
    {
        QWidget window;
        auto *column = new QVBoxLayout(&window);
        column->setContentsMargins(0, 0, 0, 0);
        auto *stack = new PageStack;
        auto *small = new QWidget;
        small->setMinimumSize(100, 50);
        auto *large = new QWidget;
        large->setMinimumSize(300, 700);
        stack->addWidget(small);
        stack->addWidget(large);
        column->addWidget(stack);
        window.show();
        QCOMPARE(window.minimumSizeHint(), QSize(100, 50));

        stack->setCurrentWidget(large);
        QTRY_COMPARE(window.minimumSizeHint(), QSize(300, 700));
        QTRY_VERIFY(window.height() >= 700);

        stack->setCurrentWidget(small);
        window.resize(100, 50);
        QTRY_COMPARE(window.size(), QSize(100, 50));
    }
    void isAsHighAsTheTextOfItsPage()
    {
        PageStack stack;
        auto *text = new QLabel(u"many words that need several lines "_s.repeated(20));
        text->setWordWrap(true);
        stack.addWidget(new QWidget);
        stack.addWidget(text);
        QVERIFY(!stack.hasHeightForWidth());
        stack.setCurrentWidget(text);
        QVERIFY(stack.hasHeightForWidth());
        QCOMPARE(stack.heightForWidth(200), text->heightForWidth(200));
    }
};

QTEST_MAIN(TestPageStack)
#include "tst_pagestack.moc"
