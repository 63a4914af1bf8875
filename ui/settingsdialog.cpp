// SPDX-License-Identifier: Apache-2.0
#include "settingsdialog.h"

#include "agent.h"
#include "colours.h"
#include "connectiontest.h"
#include "deviceid.h"
#include "plain.h"
#include "settingspecs.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("SettingSpec", text);
}

// What is missing at first is said in the dialog's words, not those of the command line.
std::optional<QString> missingText(const QString &option)
{
    if (option == QLatin1String("server"))
        return SettingsDialog::tr("Enter the name of your Cometa server.");
    if (option == QLatin1String("app"))
        return SettingsDialog::tr("Enter the id of the application, as the server knows it.");
    return std::nullopt;
}

} // namespace

SettingsDialog::SettingsDialog(Agent *agent, QWidget *parent)
    : QDialog(parent), m_agent(agent), m_draft(agent->settings()), m_pages(new QTabWidget),
      m_test(new ConnectionTest), m_error(Plain::label({}, true)),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel))
{
    setObjectName(QStringLiteral("settingsDialog"));
    setWindowTitle(tr("Settings – Cometa Agent"));
    for (const SettingPage &page : SettingPage::all())
        m_pages->addTab(makePage(page), translated(page.title));
    auto *first = static_cast<QVBoxLayout *>(m_pages->widget(0)->layout());
    first->insertWidget(1, m_test);
    QPalette red = palette();
    red.setColor(QPalette::WindowText, Colours::of(Colours::Red, palette()));
    m_error->setPalette(red);
    m_error->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(16);
    column->addWidget(m_pages, 1);
    column->addWidget(m_error);
    column->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &SettingsDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &SettingsDialog::reject);
    for (SettingField *field : std::as_const(m_fields)) {
        field->setValue(m_draft.get(field->option()));
        if (m_draft.lockedOptions.contains(field->option()))
            field->setLocked();
        connect(field, &SettingField::edited, this, &SettingsDialog::check);
    }
    resize(600, 600);
    check();
}

QWidget *SettingsDialog::makePage(const SettingPage &page)
{
    auto *widget = new QWidget;
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const SettingSpec &spec : page.fields) {
        auto *field = new SettingField(spec);
        m_fields.append(field);
        if (spec.editor == SettingSpec::Editor::Check) {
            form->addRow(QString(), field);
            continue;
        }
        QLabel *label = new QLabel(translated(spec.label)); // not plain, or & would be no mnemonic
        label->setBuddy(field->editor());
        label->setFixedHeight(field->editor()->sizeHint().height());
        form->addRow(label, field);
    }
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(16);
    column->addLayout(form);
    column->addStretch(1);
    return widget;
}

// A value that is not taken stays in its field with the reason beside it; the draft keeps the one
// before. What the values are together is checked once each of them is good.
void SettingsDialog::check()
{
    bool good = true;
    Settings draft = m_agent->settings();
    for (SettingField *field : std::as_const(m_fields)) {
        const std::optional<QString> message = draft.set(field->option(), field->value());
        field->setProblem(message.value_or(QString()));
        good = good && !message;
    }
    m_draft = draft;
    const QList<Settings::Problem> problems = good ? draft.problems() : QList<Settings::Problem>();
    for (const Settings::Problem &problem : problems) {
        if (SettingField *found = field(problem.option))
            found->setProblem(missingText(problem.option).value_or(problem.message));
    }
    good = good && problems.isEmpty();
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(good);
    const QString device =
        draft.device.isEmpty() ? defaultDeviceId(draft.dataDirectory) : draft.device;
    const bool inUse = m_agent->state() == CometaClient::State::Attached
        && m_agent->scope() == draft.scope() && m_agent->deviceId() == device;
    m_test->setSettings(draft, testDeviceId(device, inUse));
    m_test->setPossible(good);
}

SettingField *SettingsDialog::field(const QString &option) const
{
    const auto found =
        std::find_if(m_fields.cbegin(), m_fields.cend(),
                     [&option](const SettingField *f) { return f->option() == option; });
    return found == m_fields.cend() ? nullptr : *found;
}

void SettingsDialog::accept()
{
    QString error;
    if (!m_draft.save(&error)) {
        m_error->setText(error);
        m_error->show();
        return;
    }
    m_agent->setSettings(m_draft);
    QDialog::accept();
}
