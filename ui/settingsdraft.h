// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "settings.h"

#include <QHash>
#include <QObject>
#include <QSet>

class SettingField;

// What the fields of a dialog say, checked as it is typed. The settings it was made from stay as
// they are; a value that is not taken stays in its field with the reason beside it.
class SettingsDraft final : public QObject
{
    Q_OBJECT

public:
    explicit SettingsDraft(const Settings &settings, QObject *parent = nullptr);

    // Shows its value there, and takes what is typed from now on. The field outlives this or tells
    // nothing any more.
    void add(SettingField *field);
    // Empty fields that were never touched are not called wrong, though the draft is not good.
    void setPatient(bool patient);

    [[nodiscard]] const Settings &settings() const { return m_draft; } // as far as it can be taken
    [[nodiscard]] bool isGood() const { return m_good; }
    [[nodiscard]] SettingField *field(const QString &option) const; // null: there is none
    [[nodiscard]] QList<SettingField *> fields() const { return m_fields; }
    // By typing or by fill(), or mended in the file; in optionNames() order.
    [[nodiscard]] QStringList changed() const;

    // What became of values that were put in, by the names of the fields.
    struct Filled
    {
        QStringList taken;
        QStringList locked; // left alone, since the administrator has set them

        [[nodiscard]] bool isEmpty() const { return taken.isEmpty() && locked.isEmpty(); }
        [[nodiscard]] QString names() const; // of what was taken
        [[nodiscard]] QString lockedText() const; // a sentence behind another; empty: none was
    };
    // Puts values into the fields, as if they had been typed. What has no field is left out.
    Filled fill(const QHash<QString, QString> &values);
    // Writes what was changed to the configuration file. False with one line.
    [[nodiscard]] bool save(QString *errorString) const;

Q_SIGNALS:
    void edited(); // after the check

private:
    void take(SettingField *field);
    void check();
    [[nodiscard]] QString shownProblem(const SettingField *field,
                                       const QList<Settings::Problem> &problems) const;

    const Settings m_before;
    Settings m_draft;
    QList<SettingField *> m_fields;
    QHash<QString, QString> m_refused; // option -> reason
    QSet<QString> m_touched;
    QSet<QString> m_filled;
    bool m_patient = false;
    bool m_good = false;
};
