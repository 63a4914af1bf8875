// SPDX-License-Identifier: Apache-2.0
#include "translation.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTest>

using namespace Qt::StringLiterals;

class TestTranslation final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale::c()); }

    void choosesTheFirstLanguageThatWeHave_data()
    {
        QTest::addColumn<QStringList>("languages");
        QTest::addColumn<QLocale::Language>("chosen");
        QTest::newRow("nothing") << QStringList() << QLocale::English;
        QTest::newRow("C") << QStringList{u"C"_s} << QLocale::English;
        QTest::newRow("German") << QStringList{u"de-AT"_s, u"en-US"_s} << QLocale::German;
        QTest::newRow("English before German")
            << QStringList{u"en-GB"_s, u"de-DE"_s} << QLocale::English;
        QTest::newRow("German before French")
            << QStringList{u"nb-NO"_s, u"de"_s, u"fr"_s} << QLocale::German;
        QTest::newRow("none of ours") << QStringList{u"fr-FR"_s, u"ja"_s} << QLocale::English;
    }
    void choosesTheFirstLanguageThatWeHave()
    {
        QFETCH(const QStringList, languages);
        QTEST(Translation::choose(languages), "chosen");
    }

    void speaksGermanForAsLongAsItLives()
    {
        {
            const Translation german(Settings::Language::German);
            QCOMPARE(german.language(), QLocale::German);
            QCOMPARE(deny(), u"A&blehnen"_s);
            QCOMPARE(QLocale().toString(1.5), u"1,5"_s);
            QCOMPARE(QLocale().monthName(3), u"März"_s);
        }
        QCOMPARE(deny(), u"&Deny"_s);
    }

    void speaksEnglishWhereThatIsChosen()
    {
        const Translation english(Settings::Language::English);
        QCOMPARE(english.language(), QLocale::English);
        QCOMPARE(deny(), u"&Deny"_s);
        QCOMPARE(QLocale().toString(1.5), u"1.5"_s);
    }

    void neverTranslatesWhatIsNotOurs()
    {
        const Translation german(Settings::Language::German);
        QCOMPARE(QCoreApplication::translate("Command", "rm -rf /"), u"rm -rf /"_s);
    }

private:
    static QString deny() { return QCoreApplication::translate("TrayMenu", "&Deny"); }
};

QTEST_GUILESS_MAIN(TestTranslation)
#include "tst_translation.moc"
