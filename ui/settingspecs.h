// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "settingfield.h"

// The pages of the settings dialog, in order.
struct SettingPage
{
    const char *title;
    QList<SettingSpec> fields;

    [[nodiscard]] static const QList<SettingPage> &all();
};
