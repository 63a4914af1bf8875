// SPDX-License-Identifier: Apache-2.0
#include "settingsdraft.h"
#include "settingspage.h"
#include "settingspecs.h"

#include <QAccessible>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

using namespace Qt::StringLiterals;

class TestSettingsPage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handsItsFieldsToTheDraft()
    {
        SettingsDraft draft(settings());
        const SettingsPage page(SettingPage::address(), &draft);
        QCOMPARE(draft.fields().size(), SettingPage::address().fields.size());
        QVERIFY(!page.hasProblem());
        draft.field(u"port"_s)->setValue(u"0"_s);
        QVERIFY(page.hasProblem());
    }

    void everyLabelLeadsToItsEditor()
    {
        SettingsDraft draft(settings());
        const SettingsPage page(SettingPage::address(), &draft);
        for (const SettingField *field : draft.fields()) {
            int labels = 0;
            for (const QLabel *label : page.findChildren<QLabel *>())
                labels += label->buddy() == field->editor() && !label->isHidden() ? 1 : 0;
            QCOMPARE(labels, 1);
        }
    }

    void theLanguageSaysBesideItWhenItTakesEffect()
    {
        SettingsDraft draft(settings());
        const SettingsPage page(SettingPage::all().constLast(), &draft);
        const SettingField *language = draft.field(u"language"_s);
        const QString when = u"takes effect at the next start"_s;
        QStringList beside;
        for (const QLabel *label : language->findChildren<QLabel *>())
            beside.append(label->isHidden() ? QString() : label->text());
        QVERIFY2(beside.contains(when), qPrintable(beside.join(u'|')));
        QAccessibleInterface *heard = QAccessible::queryAccessibleInterface(language->editor());
        QCOMPARE(heard->text(QAccessible::Description), when);
    }

    void hidesAFieldWithItsLabel()
    {
        SettingsDraft draft(settings());
        SettingsPage page(SettingPage::address(), &draft);
        page.show();
        const SettingField *field = draft.field(u"ca-file"_s);
        const auto isLabelled = [&] {
            for (const QLabel *label : page.findChildren<QLabel *>()) {
                if (label->buddy() == field->editor() && label->isVisible())
                    return true;
            }
            return false;
        };
        QVERIFY(field->isVisible() && isLabelled());
        page.setFieldVisible(u"ca-file"_s, false);
        QVERIFY(!field->isVisible() && !isLabelled());
        page.setFieldVisible(u"ca-file"_s, true);
        QVERIFY(field->isVisible() && isLabelled());
    }

    void scrollsToWhatWasAdded()
    {
        SettingsDraft draft(settings());
        SettingsPage page(SettingPage::all().constFirst(), &draft);
        auto *below = new QLabel(u"below"_s);
        page.addBelow(below);
        page.resize(500, 150);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        QVERIFY(below->visibleRegion().isEmpty());
        page.reveal(below);
        QTRY_COMPARE(below->visibleRegion().boundingRect().height(), below->height());
    }

    void survivesThatWhatItShallShowIsGone()
    {
        SettingsDraft draft(settings());
        SettingsPage page(SettingPage::address(), &draft);
        auto *below = new QLabel(u"below"_s);
        page.addBelow(below);
        page.show();
        page.reveal(below);
        delete below;
        QCoreApplication::processEvents();
        QVERIFY(page.isVisible());
    }

private:
    static Settings settings()
    {
        Settings settings;
        settings.server = u"a.example"_s;
        settings.application = u"ops"_s;
        return settings;
    }
};

QTEST_MAIN(TestSettingsPage)
#include "tst_settingspage.moc"
