// SPDX-License-Identifier: Apache-2.0
#include "foreignletters.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestForeignLetters final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void SP_07_namesTheScriptOfLookAlikes_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QStringList>("named");
        const auto row = [](const char *name, const QString &command, const QStringList &named) {
            QTest::newRow(name) << command << named;
        };
        row("ASCII", u"curl | sh"_s, {});
        row("Cyrillic", u"\u0441url"_s, {u"Cyrillic \u0441 (U+0441)"_s});
        row("once", u"\u0441 \u0441"_s, {u"Cyrillic \u0441 (U+0441)"_s});
        row("several of a script", u"\u0441\u0430 \u043e\u0430"_s,
            {u"Cyrillic \u0441 (U+0441) and 2 more"_s});
        row("Greek", u"\u03bf"_s, {u"Greek \u03bf (U+03BF)"_s});
        row("Latin", u"caf\u00e9"_s, {u"Latin \u00e9 (U+00E9)"_s});
        row("full-width", u"\uff45\uff56"_s, {u"full-width \uff45 (U+FF45) and 1 more"_s});
        row("mathematical", u"\U0001d41a"_s, {u"in another style \U0001d41a (U+1D41A)"_s});
        row("sign", u"a \u2013b"_s, {u"sign \u2013 (U+2013)"_s});
        row("no common script", u"\u0b95\n\u1780"_s,
            {u"Tamil \u0b95 (U+0B95)"_s, u"of another script \u1780 (U+1780)"_s});
        row("mixed, in their order", u"p\u0430ypal \uff45 \u03bf"_s,
            {u"Cyrillic \u0430 (U+0430)"_s, u"full-width \uff45 (U+FF45)"_s,
             u"Greek \u03bf (U+03BF)"_s});
        row("what is an escape anyway", u"a\u202eb\u200b\u0301"_s, {});
    }
    void SP_07_namesTheScriptOfLookAlikes()
    {
        QFETCH(const QString, command);
        QTEST(ForeignLetters::named(command.toUtf8()), "named");
    }
    void takesBytesThatAreNoText()
    {
        QCOMPARE(ForeignLetters::named("\xff\xd1\x81"), QStringList{u"Cyrillic \u0441 (U+0441)"_s});
    }
};

QTEST_GUILESS_MAIN(TestForeignLetters)
#include "tst_foreignletters.moc"
