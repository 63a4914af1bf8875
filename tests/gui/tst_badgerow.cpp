// SPDX-License-Identifier: Apache-2.0
#include "badgerow.h"

#include <QLabel>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

class TestBadgeRow final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsEachBadgeAsPlainText()
    {
        BadgeRow row;
        row.setBadges({{u"deletes"_s, u"rm <b>x</b>"_s}, {u"a & b"_s, {}}});
        const QList<QLabel *> labels = row.findChildren<QLabel *>();
        QCOMPARE(labels.size(), 2);
        QCOMPARE(labels.first()->textFormat(), Qt::PlainText);
        QVERIFY(!labels.first()->toolTip().contains(u"<b>"_s));
        QCOMPARE(row.accessibleName(), u"deletes, a & b"_s);
        row.setBadges({});
        QVERIFY(row.findChildren<QLabel *>().isEmpty());
        QVERIFY(row.isHidden());
    }

    void takesAsManyRowsAsItNeeds()
    {
        QWidget window;
        auto *row = new BadgeRow;
        auto *column = new QVBoxLayout(&window);
        column->addWidget(row);
        QList<BadgeRow::Badge> badges;
        for (int i = 0; i < 8; ++i)
            badges.append({u"a fact of some length"_s, {}});
        row->setBadges(badges);
        QVERIFY(row->heightForWidth(200) > 2 * row->heightForWidth(5000));
        window.resize(300, 400);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const QList<QLabel *> labels = row->findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            QVERIFY(row->rect().contains(label->geometry()));
            for (const QLabel *other : labels)
                QVERIFY(label == other || !label->geometry().intersects(other->geometry()));
        }
    }
};

QTEST_MAIN(TestBadgeRow)
#include "tst_badgerow.moc"
