// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "settingfield.h"

// The pages of the settings dialog, in order.
struct SettingPage
{
    const char *title;
    QList<SettingSpec> fields;
    const char *intro = nullptr; // a sentence above them

    [[nodiscard]] static const QList<SettingPage> &all();
    [[nodiscard]] static const SettingPage &address(); // what the first start asks for
    [[nodiscard]] static const SettingPage &application(); // what it says about the application
};
