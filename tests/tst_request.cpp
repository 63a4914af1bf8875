// SPDX-License-Identifier: Apache-2.0
#include "request.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

class RequestTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesEveryStateAndFindsItAgain()
    {
        QSet<QString> names;
        for (int i = 0; i <= int(RequestState::Interrupted); ++i) {
            const auto state = RequestState(i);
            names += stateName(state);
            QCOMPARE(stateFromName(stateName(state)), state);
        }
        QCOMPARE(names.size(), int(RequestState::Interrupted) + 1);
        QCOMPARE(stateName(RequestState::AwaitingApproval), u"awaiting-approval");
        QCOMPARE(stateName(RequestState::TimedOut), u"timed-out");
        QVERIFY(!stateFromName(u"Finished"));
        QVERIFY(!stateFromName(u""));
    }

    void tellsTheLivingFromTheEnded()
    {
        for (const RequestState state : {RequestState::Received, RequestState::AwaitingApproval,
                                         RequestState::Approved, RequestState::Running})
            QVERIFY(!hasEnded(state));
        for (int i = int(RequestState::Finished); i <= int(RequestState::Interrupted); ++i)
            QVERIFY(hasEnded(RequestState(i)));
    }

    void hashesExactlyTheBytes()
    {
        Request request;
        request.command = "uptime";
        QCOMPARE(request.commandSha256(),
                 QByteArray("dd291cd6294bafef2a7e9c378eb320e87198d6dae214272addb569775750c802"));
        request.command = "uptime ";
        QVERIFY(!request.commandSha256().startsWith("dd291cd6"));
    }

    void tellsItsCommandAsTextOnlyWhereThatKeepsIt()
    {
        Request request;
        for (const QByteArray &command :
             {QByteArray("uptime"), QByteArray("a\0b\n", 4), QByteArray("\xC3\xA9")}) {
            request.command = command;
            QVERIFY(request.commandText());
            QCOMPARE(request.commandText()->toUtf8(), command);
        }
        for (const char *command : {"\xFF", "\xEF\xBB\xBFls", "\xED\xA0\x80"}) {
            request.command = command;
            QVERIFY(!request.commandText());
        }
    }

    void namesAreTenPlainLettersAndDigitsAndDiffer()
    {
        static const QRegularExpression form(u"^[0-9abcdefghjkmnpqrstvwxyz]{10}$"_s);
        QSet<QString> names;
        for (int i = 0; i < 10'000; ++i) {
            const QString name = Request::newName();
            QVERIFY2(form.match(name).hasMatch(), qPrintable(name));
            names += name;
        }
        QCOMPARE(names.size(), 10'000);
    }
};

QTEST_GUILESS_MAIN(RequestTest)
#include "tst_request.moc"
