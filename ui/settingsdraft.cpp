// SPDX-License-Identifier: Apache-2.0
#include "settingsdraft.h"

#include "settingfield.h"

#include <algorithm>

namespace {

// What is missing at first is said in the dialog's words, not those of the command line.
std::optional<QString> missingText(const QString &option)
{
    if (option == QLatin1String("server"))
        return SettingsDraft::tr("Enter the name of your Cometa server.");
    if (option == QLatin1String("app"))
        return SettingsDraft::tr("Enter the id of the application, as the server knows it.");
    return std::nullopt;
}

} // namespace

SettingsDraft::SettingsDraft(const Settings &settings, QObject *parent)
    : QObject(parent), m_before(settings), m_draft(settings)
{
}

void SettingsDraft::add(SettingField *field)
{
    m_fields.append(field);
    const QString option = field->option();
    field->setValue(m_before.refused.value(option, m_draft.get(option)));
    if (m_draft.lockedOptions.contains(field->option()))
        field->setLocked();
    connect(field, &SettingField::edited, this, [this, field] { take(field); });
    if (m_before.refused.contains(option))
        take(field);
    else
        check();
}

void SettingsDraft::setPatient(bool patient)
{
    m_patient = patient;
    check();
}

SettingField *SettingsDraft::field(const QString &option) const
{
    const auto found =
        std::find_if(m_fields.cbegin(), m_fields.cend(),
                     [&option](const SettingField *f) { return f->option() == option; });
    return found == m_fields.cend() ? nullptr : *found;
}

QStringList SettingsDraft::changed() const
{
    QStringList options;
    const QStringList different = m_draft.differencesTo(m_before);
    for (const QString &option : Settings::optionNames()) {
        if (different.contains(option) || m_filled.contains(option)
            || m_before.refused.contains(option))
            options.append(option);
    }
    return options;
}

QString SettingsDraft::Filled::names() const
{
    return taken.join(QStringLiteral(", "));
}

QString SettingsDraft::Filled::lockedText() const
{
    return locked.isEmpty()
        ? QString()
        : tr(" Set by your administrator, and left so: %1.").arg(locked.join(QStringLiteral(", ")));
}

SettingsDraft::Filled SettingsDraft::fill(const QHash<QString, QString> &values)
{
    Filled filled;
    for (SettingField *field : std::as_const(m_fields)) {
        const auto value = values.constFind(field->option());
        if (value == values.constEnd())
            continue;
        const QString name = field->editor()->accessibleName();
        if (m_draft.lockedOptions.contains(field->option())) {
            filled.locked.append(name);
            continue;
        }
        filled.taken.append(name);
        m_filled.insert(field->option());
        field->setValue(*value);
        take(field); // it may have said the same before
    }
    return filled;
}

bool SettingsDraft::save(QString *errorString) const
{
    return m_draft.save(changed(), errorString);
}

void SettingsDraft::take(SettingField *field)
{
    const QString option = field->option();
    m_touched.insert(option);
    const std::optional<QString> reason = m_draft.set(option, field->value());
    if (reason)
        m_refused.insert(option, *reason);
    else
        m_refused.remove(option);
    check();
    Q_EMIT edited();
}

// What the values are together is checked once each of them is good.
void SettingsDraft::check()
{
    const QList<Settings::Problem> problems =
        m_refused.isEmpty() ? m_draft.problems() : QList<Settings::Problem>();
    m_good = m_refused.isEmpty() && problems.isEmpty();
    for (SettingField *field : std::as_const(m_fields))
        field->setProblem(shownProblem(field, problems));
}

QString SettingsDraft::shownProblem(const SettingField *field,
                                    const QList<Settings::Problem> &problems) const
{
    const QString option = field->option();
    if (m_refused.contains(option))
        return m_refused.value(option);
    const auto found =
        std::find_if(problems.cbegin(), problems.cend(),
                     [&option](const Settings::Problem &p) { return p.option == option; });
    const bool tell = !m_patient || m_touched.contains(option);
    if (found == problems.cend() || !tell)
        return {};
    return missingText(option).value_or(found->message);
}
