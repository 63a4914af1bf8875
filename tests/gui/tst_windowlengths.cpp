// SPDX-License-Identifier: Apache-2.0
#include "windowlengths.h"

#include <QMenu>
#include <QTest>

using namespace std::chrono_literals;

class TestWindowLengths final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offersThreeLengths()
    {
        QList<std::chrono::minutes> chosen;
        QMenu menu;
        WindowLengths::addTo(&menu, [&chosen](std::chrono::minutes length) { chosen += length; });
        const QList<QAction *> entries = menu.actions();
        QCOMPARE(entries.size(), 3);
        QCOMPARE(entries.first()->text(), QStringLiteral("For &5 min…"));
        for (QAction *entry : entries)
            entry->trigger();
        QCOMPARE(chosen, (QList<std::chrono::minutes>{5min, 15min, 60min}));
    }
};

QTEST_MAIN(TestWindowLengths)

#include "tst_windowlengths.moc"
