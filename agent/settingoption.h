// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "settings.h"

#include <QList>

// One setting: its option name, and how its text is read, checked and written. The table of all of
// them is the only place that knows names, ranges and remedies.
struct SettingOption
{
    // A message that says what to do, or nothing when the value was taken.
    using Set = std::optional<QString> (*)(Settings &settings, const QString &value);
    using Get = QString (*)(const Settings &settings);

    QLatin1StringView name; // long option and key in the configuration file
    Set set;
    Get get;

    // In the order of the settings dialog.
    [[nodiscard]] static const QList<SettingOption> &all();
    [[nodiscard]] static const SettingOption *find(QStringView name); // null: there is none
};
