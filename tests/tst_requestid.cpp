// SPDX-License-Identifier: Apache-2.0
#include "requestid.h"

#include <QSet>
#include <QTest>
#include <QVariant>

class TestRequestId final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void NE_10_isAnotherOneOnAnotherConnection()
    {
        QVERIFY((RequestId{1, 1}) == (RequestId{1, 1}));
        QVERIFY((RequestId{1, 1}) != (RequestId{2, 1}));
        QVERIFY((RequestId{1, 1}) != (RequestId{1, 2}));
        QVERIFY((RequestId{1, 2}) != (RequestId{2, 1}));
    }

    void isAKeyOfSets()
    {
        const QSet<RequestId> ids{{1, 1}, {1, 2}, {2, 1}, {1, 1}};
        QCOMPARE(ids.size(), 3);
        QVERIFY(ids.contains({2, 1}));
        QVERIFY(!ids.contains({2, 2}));
    }

    void travelsInSignals()
    {
        const QVariant variant = QVariant::fromValue(RequestId{3, 4});
        QCOMPARE(variant.value<RequestId>(), (RequestId{3, 4}));
    }
};

QTEST_GUILESS_MAIN(TestRequestId)
#include "tst_requestid.moc"
