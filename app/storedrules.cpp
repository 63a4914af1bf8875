// SPDX-License-Identifier: Apache-2.0
#include "storedrules.h"

#include "ctlprint.h"
#include "datadirectory.h"
#include "journalfile.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace {

QString runningAgent(const QString &error)
{
    return error
        + u" A running agent keeps its rules to itself: with cometa-agent change them in its "
          "window, under Rules."_s;
}

} // namespace

StoredRules StoredRules::read(const QString &directory)
{
    StoredRules stored;
    const RuleFile file(path(directory));
    if (!file.exists() && !QFileInfo::exists(QDir(directory).filePath(u"journal.db"_s)))
        return stored; // no agent has ever run there
    const auto row = JournalFile::newest(directory, u"rule"_s, &stored.problem);
    if (!row)
        return stored;
    if (!file.exists()) {
        if (!RuleBook::isKnown({}, *row))
            stored.problem =
                u"Something else than the agent has removed %1: confirm that in its "
                "window, under Rules, or with cometactl rules trust."_s.arg(file.path());
        return stored;
    }
    const std::optional<RuleFile::Content> content = file.read(&stored.problem);
    if (!content)
        return stored;
    stored.rules = content->rules;
    if (!RuleBook::isKnown(content->sha256, *row))
        stored.problem = u"These rules were changed by something else than the agent and are not "
                         "used: look at them in its window, under Rules, or with cometactl rules "
                         "trust."_s;
    return stored;
}

QString StoredRules::obstacle(const QString &directory)
{
    QString error;
    if (QDir(directory).exists() && !DataDirectory().open(directory, &error))
        return runningAgent(error);
    return read(directory).problem;
}

QString StoredRules::path(const QString &directory)
{
    return QDir(directory).filePath(u"rules.json"_s);
}

bool OpenRules::open(const QString &directory, Doubtful doubtful, QString *errorString)
{
    // What an agent left alive is left to the next one, which tells those who asked.
    if (!m_journal.open(directory, errorString, Journal::Alive::Leave)) {
        *errorString = runningAgent(*errorString);
        return false;
    }
    if (!m_journal.warning().isEmpty())
        CtlPrint::error(m_journal.warning());
    m_book.open(directory,
                m_journal.wasOpenToOthers() ? RuleBook::Others::CouldWrite
                                            : RuleBook::Others::CouldNot);
    if (doubtful == Doubtful::Refuse)
        *errorString = m_book.problem();
    return errorString->isEmpty();
}
