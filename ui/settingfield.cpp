// SPDX-License-Identifier: Apache-2.0
#include "settingfield.h"

#include "colours.h"
#include "filedialogs.h"
#include "notice.h"
#include "plain.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace {

constexpr int NumberDigits = 12; // that a field for a number has room for

QString withoutMnemonic(QString text)
{
    return text.remove(u'&');
}

} // namespace

QString SettingSpec::translated(const char *text)
{
    return QCoreApplication::translate("SettingSpec", text);
}

SettingField::SettingField(const SettingSpec &spec, QWidget *parent)
    : QWidget(parent), m_option(QLatin1String(spec.option)), m_lock(new Notice),
      m_problem(new Notice)
{
    setObjectName(m_option);
    const QString name = withoutMnemonic(SettingSpec::translated(spec.label));
    m_problem->setObjectName(QStringLiteral("problem"));
    m_lock->setObjectName(QStringLiteral("lock"));
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(makeEditor(spec, name), 1);
    if (spec.unit)
        row->addWidget(Plain::label(SettingSpec::translated(spec.unit), true), 2);
    else if (spec.editor == SettingSpec::Editor::Number)
        row->addStretch(2);
    if (spec.editor == SettingSpec::Editor::File)
        addBrowse(row, name);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(m_lock);
    column->addWidget(m_problem);
    setFocusProxy(editor());
    if (m_choice)
        Plain::nameChoice(m_choice, name);
}

QWidget *SettingField::makeEditor(const SettingSpec &spec, const QString &name)
{
    if (spec.editor == SettingSpec::Editor::Check) {
        m_check = new QCheckBox(SettingSpec::translated(spec.label));
        connect(m_check, &QCheckBox::toggled, this, &SettingField::edited);
    } else if (spec.editor == SettingSpec::Editor::Choice) {
        m_choice = new QComboBox;
        m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_choice->setMinimumContentsLength(NumberDigits);
        for (const auto &[value, words] : spec.choices)
            m_choice->addItem(SettingSpec::translated(words), QLatin1String(value));
        connect(m_choice, &QComboBox::currentIndexChanged, this, &SettingField::edited);
    } else {
        m_text = new QLineEdit;
        if (spec.hint)
            m_text->setPlaceholderText(SettingSpec::translated(spec.hint));
        connect(m_text, &QLineEdit::textChanged, this, &SettingField::edited);
    }
    if (spec.editor == SettingSpec::Editor::Number) {
        m_text->setInputMethodHints(Qt::ImhDigitsOnly);
        m_text->setFixedWidth(m_text->fontMetrics().horizontalAdvance(QString(NumberDigits, u'0')));
    } else if (spec.hint && !m_text)
        editor()->setToolTip(SettingSpec::translated(spec.hint));
    editor()->setAccessibleName(name);
    return editor();
}

void SettingField::addBrowse(QHBoxLayout *row, const QString &name)
{
    m_browse = new QPushButton(tr("Browse…"));
    m_browse->setAutoDefault(false);
    m_browse->setAccessibleName(tr("Browse for: %1").arg(name));
    connect(m_browse, &QPushButton::clicked, this, &SettingField::browse);
    row->addWidget(m_browse);
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

void SettingField::setPlaceholder(const QString &text)
{
    if (m_text)
        m_text->setPlaceholderText(text);
}

void SettingField::setLocked()
{
    editor()->setEnabled(false);
    if (m_browse)
        m_browse->setEnabled(false);
    m_lock->say(Notice::Kind::Locked, tr("Set by your administrator."));
    editor()->setAccessibleDescription(m_lock->text());
    showLockedValue();
}

// It cannot be changed, but is to be read, for which the colour of what is off is too pale.
void SettingField::showLockedValue()
{
    QPalette colours;
    for (const auto role : {QPalette::Text, QPalette::ButtonText, QPalette::WindowText})
        colours.setColor(QPalette::Disabled, role,
                         Colours::blend(palette().color(QPalette::Active, QPalette::Window),
                                        palette().color(QPalette::Active, role), 0.7));
    editor()->setPalette(colours);
}

void SettingField::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_lock->text().isEmpty())
        showLockedValue();
    QWidget::changeEvent(event);
}

void SettingField::setProblem(const QString &text)
{
    if (text == m_problem->text())
        return;
    m_problem->say(Notice::Kind::Problem, text);
    editor()->setAccessibleDescription(text.isEmpty() ? m_lock->text() : text);
}

QString SettingField::problem() const
{
    return m_problem->text();
}

void SettingField::browse()
{
    QFileDialog *dialog =
        FileDialogs::toOpen(this, tr("Choose a file"), m_text->text(),
                            tr("Certificates and keys (*.pem *.crt *.key);;All files (*)"));
    connect(dialog, &QFileDialog::fileSelected, m_text, &QLineEdit::setText);
    dialog->open();
}
