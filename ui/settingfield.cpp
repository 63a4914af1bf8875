// SPDX-License-Identifier: Apache-2.0
#include "settingfield.h"

#include "colours.h"
#include "plain.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("SettingSpec", text);
}

} // namespace

SettingField::SettingField(const SettingSpec &spec, QWidget *parent)
    : QWidget(parent), m_option(QLatin1String(spec.option)), m_lock(new QLabel),
      m_problem(Plain::label({}, true))
{
    setObjectName(m_option);
    const QString lockText = tr("set by your administrator");
    m_lock->setPixmap(QIcon(QStringLiteral(":/icons/lock.svg")).pixmap(16));
    m_lock->setToolTip(lockText);
    m_lock->setAccessibleName(lockText);
    m_lock->hide();
    QPalette red = palette();
    red.setColor(QPalette::WindowText, Colours::of(Colours::Red, palette()));
    m_problem->setPalette(red);
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->hide();
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(makeEditor(spec), 1);
    if (spec.editor == SettingSpec::Editor::File) {
        auto *choose = new QPushButton(tr("Browse…"));
        connect(choose, &QPushButton::clicked, this, &SettingField::browse);
        row->addWidget(choose);
    }
    row->addWidget(m_lock);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(m_problem);
    setFocusProxy(editor());
}

QWidget *SettingField::makeEditor(const SettingSpec &spec)
{
    if (spec.editor == SettingSpec::Editor::Check) {
        m_check = new QCheckBox(translated(spec.label));
        connect(m_check, &QCheckBox::toggled, this, &SettingField::edited);
        return m_check;
    }
    if (spec.editor == SettingSpec::Editor::Choice) {
        m_choice = new QComboBox;
        for (const auto &[value, words] : spec.choices)
            m_choice->addItem(translated(words), QLatin1String(value));
        connect(m_choice, &QComboBox::currentIndexChanged, this, &SettingField::edited);
        return m_choice;
    }
    m_text = new QLineEdit;
    if (spec.hint)
        m_text->setPlaceholderText(translated(spec.hint));
    connect(m_text, &QLineEdit::textChanged, this, &SettingField::edited);
    return m_text;
}

QWidget *SettingField::editor() const
{
    if (m_check)
        return m_check;
    return m_choice ? static_cast<QWidget *>(m_choice) : m_text;
}

QString SettingField::value() const
{
    if (m_check)
        return m_check->isChecked() ? QStringLiteral("yes") : QStringLiteral("no");
    return m_choice ? m_choice->currentData().toString() : m_text->text().trimmed();
}

void SettingField::setValue(const QString &value)
{
    if (m_check)
        m_check->setChecked(value == QLatin1String("yes"));
    else if (m_choice)
        m_choice->setCurrentIndex(m_choice->findData(value));
    else
        m_text->setText(value == QLatin1String("auto") ? QString() : value);
}

void SettingField::setLocked()
{
    setEnabled(false);
    m_lock->show();
}

void SettingField::setProblem(const QString &text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
    editor()->setAccessibleDescription(text);
}

void SettingField::browse()
{
    auto *dialog = new QFileDialog(this, tr("Choose a file"), m_text->text(),
                                   tr("Certificates and keys (*.pem *.crt *.key);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_text, &QLineEdit::setText);
    dialog->open();
}
