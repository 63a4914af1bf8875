// SPDX-License-Identifier: Apache-2.0
#include "settingspage.h"

#include "plain.h"
#include "settingsdraft.h"
#include "settingspecs.h"

#include <QCoreApplication>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QPointer>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace {

QLabel *labelFor(QWidget *editor, const QString &label)
{
    auto *words = new QLabel(label); // not plain, or & would be no mnemonic
    words->setBuddy(editor);
    words->setFixedHeight( // beside the editor, whatever stands below that
        qMax(words->sizeHint().height(), editor->sizeHint().height()));
    return words;
}

} // namespace

SettingsPage::SettingsPage(const SettingPage &page, SettingsDraft *draft, QWidget *parent)
    : QScrollArea(parent), m_form(new QFormLayout), m_column(new QVBoxLayout)
{
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_form->setHorizontalSpacing(16);
    m_form->setVerticalSpacing(8);
    m_form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    auto *inner = new QWidget;
    auto *all = new QVBoxLayout(inner);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(16);
    if (page.intro)
        all->addWidget(Plain::label(SettingSpec::translated(page.intro), true));
    all->addLayout(m_form);
    m_column->setSpacing(16);
    all->addLayout(m_column);
    all->addStretch(1);
    for (const SettingSpec &spec : page.fields) {
        auto *field = new SettingField(spec);
        const bool labelled = spec.editor != SettingSpec::Editor::Check;
        addField(field, labelled ? SettingSpec::translated(spec.label) : QString());
        draft->add(field);
    }
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, [all](int, int maximum) {
        all->setContentsMargins(0, 0, maximum > 0 ? 8 : 0, 0); // beside the bar
    });
    setWidget(inner);
    viewport()->setAutoFillBackground(false);
    inner->setAutoFillBackground(false);
}

void SettingsPage::addField(SettingField *field, const QString &label)
{
    m_fields.append(field);
    if (label.isEmpty())
        return addCheck(field);
    m_form->addRow(labelFor(field->editor(), label), field);
}

// In the column of the fields, where there is one.
void SettingsPage::addCheck(QWidget *widget)
{
    if (m_form->rowCount() > 0 && m_form->itemAt(0, QFormLayout::LabelRole))
        m_form->addRow(QString(), widget);
    else
        m_form->addRow(widget);
}

void SettingsPage::addBelow(QWidget *widget)
{
    m_column->addWidget(widget);
}

void SettingsPage::addRow(const QString &label, QWidget *widget)
{
    m_form->addRow(label, widget);
}

void SettingsPage::addRowBelow(const QString &option, const QString &label,
                               const QList<QWidget *> &controls)
{
    SettingField *above = field(option);
    int row = 0;
    m_form->getWidgetPosition(above, &row, nullptr);
    m_form->insertRow(row + 1, labelFor(controls.constFirst(), label),
                      controls.constFirst()->parentWidget());
    QWidget *before = above->editor();
    for (QWidget *control : controls) {
        setTabOrder(before, control);
        before = control;
    }
}

void SettingsPage::setFieldVisible(const QString &option, bool visible)
{
    m_form->setRowVisible(field(option), visible);
}

SettingField *SettingsPage::field(const QString &option) const
{
    return *std::find_if(m_fields.cbegin(), m_fields.cend(),
                         [&option](const SettingField *f) { return f->option() == option; });
}

bool SettingsPage::hasProblem() const
{
    return std::any_of(m_fields.cbegin(), m_fields.cend(),
                       [](const SettingField *f) { return !f->problem().isEmpty(); });
}

void SettingsPage::reveal(QWidget *widget)
{
    const auto scroll = [this, shown = QPointer<QWidget>(widget)] {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        if (shown)
            ensureWidgetVisible(shown, 0, 8);
    };
    QMetaObject::invokeMethod(this, scroll, Qt::QueuedConnection);
}
