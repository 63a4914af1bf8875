// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "settings.h"

#include <QLocale>
#include <QTranslator>

// The windows in the owner's language, for as long as this lives: our words, those of Qt where they
// are installed, and the way in which numbers and dates are written. Made before any window.
class Translation final
{
public:
    explicit Translation(Settings::Language language);

    // The first of these languages (as in QLocale::uiLanguages()) that we have; else English.
    [[nodiscard]] static QLocale::Language choose(const QStringList &languages);
    [[nodiscard]] QLocale::Language language() const { return m_language; }

private:
    QLocale::Language m_language;
    QTranslator m_own;
    QTranslator m_qt;
};
