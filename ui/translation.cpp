// SPDX-License-Identifier: Apache-2.0
#include "translation.h"

#include <QCoreApplication>
#include <QLibraryInfo>

using namespace Qt::StringLiterals;

namespace {

QLocale::Language wanted(Settings::Language language)
{
    switch (language) {
    case Settings::Language::System:
        return Translation::choose(QLocale::system().uiLanguages());
    case Settings::Language::English:
        return QLocale::English;
    case Settings::Language::German:
        return QLocale::German;
    }
    Q_UNREACHABLE();
}

} // namespace

Translation::Translation(Settings::Language language) : m_language(wanted(language))
{
    // Where the owner has chosen another language than that of the system, its numbers go with it.
    if (language != Settings::Language::System && QLocale::system().language() != m_language)
        QLocale::setDefault(QLocale(m_language));
    if (m_language != QLocale::German)
        return;
    if (m_qt.load(u"qtbase_de"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    if (m_own.load(u":/translations/cometa-agent_de.qm"_s))
        QCoreApplication::installTranslator(&m_own); // the last one is asked first
}

QLocale::Language Translation::choose(const QStringList &languages)
{
    for (const QString &name : languages) {
        const QLocale::Language language = QLocale(name).language();
        if (language == QLocale::German || language == QLocale::English)
            return language;
    }
    return QLocale::English;
}
