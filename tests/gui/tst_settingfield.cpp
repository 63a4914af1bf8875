// SPDX-License-Identifier: Apache-2.0
#include "notice.h"
#include "settingfield.h"
#include "settings.h"
#include "settingspecs.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using Editor = SettingSpec::Editor;

class TestSettingField final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesBackItsValue_data()
    {
        QTest::addColumn<int>("editor");
        QTest::addColumn<QString>("value");
        QTest::newRow("text") << int(Editor::Text) << u"a.example"_s;
        QTest::newRow("number") << int(Editor::Number) << u"99999"_s;
        QTest::newRow("file") << int(Editor::File) << u"/x/y.pem"_s;
        QTest::newRow("check") << int(Editor::Check) << u"yes"_s;
        QTest::newRow("choice") << int(Editor::Choice) << u"two"_s;
    }
    void givesBackItsValue()
    {
        QFETCH(int, editor);
        QFETCH(QString, value);
        SettingField field(spec(static_cast<Editor>(editor)));
        QSignalSpy edited(&field, &SettingField::edited);
        QVERIFY(field.value() != value);
        field.setValue(value);
        QCOMPARE(field.value(), value);
        QCOMPARE(edited.size(), 1);
        QCOMPARE(field.editor()->accessibleName(), u"Name"_s);
    }

    void readsBlanksAroundTextAway()
    {
        SettingField field(spec(Editor::Text));
        field.findChild<QLineEdit *>()->setText(u"  a b "_s);
        QCOMPARE(field.value(), u"a b"_s);
    }

    void showsAutomaticAsEmpty()
    {
        SettingField field(spec(Editor::Text));
        field.setValue(u"auto"_s);
        QCOMPARE(field.value(), QString());
        field.setPlaceholder(u"00AA"_s);
        QCOMPARE(field.findChild<QLineEdit *>()->placeholderText(), u"00AA"_s);
    }

    void tellsItsProblemToScreenReadersToo()
    {
        SettingField field(spec(Editor::Text));
        field.setProblem(u"It does not fit."_s);
        QCOMPARE(field.problem(), u"It does not fit."_s);
        QCOMPARE(field.editor()->accessibleDescription(), u"It does not fit."_s);
        field.setProblem({});
        QVERIFY(field.findChild<Notice *>(u"problem"_s)->isHidden());
        QCOMPARE(field.editor()->accessibleDescription(), QString());
    }

    void isLockedWithItsButton()
    {
        SettingField field(spec(Editor::File));
        field.setLocked();
        QVERIFY(!field.editor()->isEnabled());
        QVERIFY(!field.findChild<QPushButton *>()->isEnabled());
        QCOMPARE(field.findChild<Notice *>(u"lock"_s)->text(), u"Set by your administrator."_s);
        QVERIFY(!field.findChild<Notice *>(u"lock"_s)->isHidden());
        field.setProblem({}); // as the check does with every field
        QCOMPARE(field.editor()->accessibleDescription(), u"Set by your administrator."_s);
    }

    void aLockedValueCanBeReadInAnyColours()
    {
        SettingField field(spec(Editor::Text));
        field.setLocked();
        using Pair = std::pair<QColor, QColor>;
        for (const auto &[ground, letters] :
             {Pair(Qt::white, Qt::black), Pair(Qt::black, Qt::white)}) {
            QPalette colours;
            colours.setColor(QPalette::Window, ground);
            colours.setColor(QPalette::Text, letters);
            colours.setColor(QPalette::Disabled, QPalette::Text, ground);
            field.setPalette(colours);
            const QColor seen = field.editor()->palette().color(QPalette::Disabled, QPalette::Text);
            QCOMPARE_GT(std::abs(seen.lightness() - ground.lightness()), 128);
        }
    }

    void everySpecHasAKnownOptionOfItsOwn()
    {
        QStringList options;
        for (const SettingPage &page : SettingPage::all()) {
            for (const SettingSpec &spec : page.fields)
                options.append(QLatin1String(spec.option));
        }
        QStringList known = Settings::optionNames();
        options.sort();
        known.sort();
        QCOMPARE(options, known);
    }

private:
    static SettingSpec spec(Editor editor)
    {
        return {"option", "&Name", editor, nullptr, nullptr, {{"one", "One"}, {"two", "Two"}}};
    }
};

QTEST_MAIN(TestSettingField)
#include "tst_settingfield.moc"
