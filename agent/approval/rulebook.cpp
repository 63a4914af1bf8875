// SPDX-License-Identifier: Apache-2.0
#include "rulebook.h"

#include "journal.h"
#include "sha256.h"
#include "visibletext.h"

#include <QDir>
#include <QFile>
#include <QJsonObject>
#include <QRandomGenerator>

#include <algorithm>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

const QString &kind()
{
    static const QString name = u"rule"_s;
    return name;
}

QString newId()
{
    return QString::number(QRandomGenerator::system()->generate64(), 36);
}

constexpr qint64 RecentRows = 10'000; // of the journal, in which a file that is gone is missed

auto keptCount(const Rules &rules)
{
    return std::count_if(rules.all().cbegin(), rules.all().cend(),
                         [](const Rule &rule) { return !rule.forSession; });
}

} // namespace

RuleBook::RuleBook(Journal *journal, Rules::Clock clock, QObject *parent)
    : QObject(parent), m_journal(journal), m_clock(clock), m_rules(std::move(clock))
{
}

void RuleBook::open(const QString &directory, Others others)
{
    m_file = std::make_unique<RuleFile>(QDir(directory).filePath(u"rules.json"_s));
    m_rules.clear();
    const bool isDoubtful = others == Others::CouldWrite && m_file->exists();
    const QJsonObject row = isDoubtful ? QJsonObject() : newestRow(); // that may be theirs, too
    m_sha256 = row["file"_L1].toString().toLatin1();
    const std::optional<QList<Rule>> kept = look(row);
    if (isDoubtful)
        record(QJsonObject{{u"change"_s, u"off"_s}}); // and the next start finds it so
    else if (!kept && !m_file->exists())
        record(QJsonObject{{u"change"_s, u"gone"_s}});
    if (!kept || m_sha256.isEmpty())
        return;
    adopt(*kept);
    QString ignored; // what is over by now must not come back when the clock is set back
    if (m_rules.all().size() < kept->size())
        (void)save(&ignored);
    record(QJsonObject{{u"change"_s, u"read"_s}});
}

// What the file holds, when the row of the journal knows it. If not, its rules are off: problem()
// and doubtful() say why.
std::optional<QList<Rule>> RuleBook::look(const QJsonObject &known)
{
    m_problem.clear();
    m_doubtful.clear();
    if (!m_file->exists()) {
        if (isKnown({}, known)) {
            m_sha256.clear();
            return QList<Rule>();
        }
        m_problem = tr("Something else than this agent has removed %1, and its rules are gone: "
                       "confirm that in the window, under Rules, or with cometactl rules trust.")
                        .arg(m_file->path());
        return std::nullopt;
    }
    const std::optional<RuleFile::Content> content = m_file->read(&m_problem);
    if (!content)
        return std::nullopt;
    if (isKnown(content->sha256, known)) {
        m_sha256 = content->sha256;
        return content->rules;
    }
    m_problem = tr("The rules in %1 were changed by something else than this agent and are not "
                   "used: look at them in the window, under Rules, or with cometactl rules trust.")
                    .arg(m_file->path());
    m_doubtful = content->rules;
    return std::nullopt;
}

bool RuleBook::isKnown(const QByteArray &sha256, const QJsonObject &row)
{
    return row["file"_L1].toString().toLatin1() == sha256
        || (row.contains("next"_L1) && row["next"_L1].toString().toLatin1() == sha256);
}

// Before anything is written over the file, or decided by it. False: what was kept there is off.
bool RuleBook::isUntouched(QString *errorString)
{
    if (!m_problem.isEmpty() || look({{u"file"_s, QString::fromLatin1(m_sha256)}}))
        return true; // where a problem is known, nothing of the file is in force
    record(QJsonObject{{u"change"_s, m_file->exists() ? u"off"_s : u"gone"_s}});
    *errorString = m_problem;
    m_rules.clearKept();
    Q_EMIT changed();
    return false;
}

QJsonObject RuleBook::newestRow() const
{
    // With rules there is a row among them: see tidy(). Who never had any has no such row.
    const qint64 rows = m_file->exists() ? std::numeric_limits<qint64>::max() : RecentRows;
    const std::optional<JournalEntry> last = m_journal->newest(kind(), rows);
    return last ? last->data : QJsonObject();
}

bool RuleBook::trust(QString *errorString)
{
    if (!m_file->exists())
        return discard(errorString); // there are none any more
    const std::optional<RuleFile::Content> content = m_file->read(errorString);
    if (!content)
        return false;
    if (content->rules != m_doubtful) {
        m_doubtful = content->rules;
        *errorString = tr("The rules were changed once more: look at them again.");
        Q_EMIT changed();
        return false;
    }
    const State before{m_rules, m_sha256};
    adopt(m_doubtful);
    if (!save(errorString)) {
        m_rules = before.rules;
        return false;
    }
    if (!record(QJsonObject{{u"change"_s, u"trusted"_s}})) {
        *errorString = m_journal->errorString();
        m_rules = before.rules;
        m_sha256 = before.sha256;
        return false;
    }
    m_doubtful.clear();
    m_problem.clear();
    Q_EMIT changed();
    return true;
}

// Not those that are over by now.
void RuleBook::adopt(const QList<Rule> &rules)
{
    for (Rule rule : rules) {
        bound(&rule);
        m_rules.add(rule);
    }
}

// From now on nobody can make it longer by setting the clock back.
void RuleBook::bound(Rule *rule) const
{
    const Rules::Now now = m_clock();
    if (rule->until.isValid() && !rule->untilBoot)
        rule->untilBoot = now.boot + std::chrono::milliseconds(now.wall.msecsTo(rule->until));
}

bool RuleBook::discard(QString *errorString)
{
    if (m_file->exists() && !QFile::remove(m_file->path())) {
        *errorString = tr("%1 could not be removed.").arg(m_file->path());
        return false;
    }
    m_sha256.clear();
    m_doubtful.clear();
    m_problem.clear();
    record(QJsonObject{{u"change"_s, u"discarded"_s}});
    Q_EMIT changed();
    return true;
}

bool RuleBook::add(Rule rule, QString *errorString)
{
    if (!m_problem.isEmpty() && !rule.forSession) {
        *errorString = m_problem; // it would overwrite what the owner shall look at
        return false;
    }
    if (!isUntouched(errorString))
        return false;
    rule.id = newId();
    rule.created = m_clock().wall;
    bound(&rule);
    *errorString = m_rules.problem(rule);
    if (!errorString->isEmpty())
        return false;
    const State before{m_rules, m_sha256};
    m_rules.add(rule);
    return keep(u"added"_s, rule, before, errorString);
}

bool RuleBook::remove(const QString &id, QString *errorString)
{
    if (!isUntouched(errorString))
        return false;
    const State before{m_rules, m_sha256};
    const auto rule = std::find_if(before.rules.all().cbegin(), before.rules.all().cend(),
                                   [&id](const Rule &one) { return one.id == id; });
    if (rule == before.rules.all().cend()) {
        *errorString = tr("The rule is gone already.");
        return false;
    }
    m_rules.remove(id);
    return keep(u"removed"_s, *rule, before, errorString);
}

// What cannot be saved and recorded has not happened. A rule for the session that takes the place
// of a kept one takes it out of the file, where it would come back from.
bool RuleBook::keep(const QString &change, const Rule &rule, const State &before,
                    QString *errorString)
{
    const bool changesFile = !rule.forSession || keptCount(before.rules) != keptCount(m_rules);
    if (changesFile && !save(errorString)) {
        takeBack(before);
        return false;
    }
    if (!record(change, rule)) {
        *errorString = m_journal->errorString();
        takeBack(before);
        return false;
    }
    Q_EMIT changed();
    return true;
}

// The file as well, where it was written already; the journal's newest row still knows it.
void RuleBook::takeBack(const State &before)
{
    m_rules = before.rules;
    if (m_sha256 == before.sha256)
        return;
    QString ignored; // then it is off after the next start, until the owner has looked
    const QByteArray json = RuleFile::json(m_rules.all());
    if (before.sha256.isEmpty() ? QFile::remove(m_file->path()) : m_file->write(json, &ignored))
        m_sha256 = before.sha256.isEmpty() ? QByteArray() : Sha256::hex(json);
}

const Rule *RuleBook::match(const QByteArray &command, const QString &scope)
{
    if (m_rules.hasOver())
        tidy();
    return m_rules.match(command, scope);
}

bool RuleBook::use(const QString &id)
{
    QString error;
    if (!isUntouched(&error))
        return false;
    const State before{m_rules, m_sha256};
    if (!m_rules.use(id))
        return true;
    const QList<Rule> over = m_rules.takeOver();
    const QByteArray json = RuleFile::json(m_rules.all());
    const bool changesFile = json != RuleFile::json(before.rules.all());
    if (changesFile
        && (!save(&error) || !record(QJsonObject{{u"change"_s, u"used"_s}, {u"id"_s, id}}))) {
        takeBack(before);
        return false;
    }
    for (const Rule &rule : over)
        record(u"over"_s, rule);
    Q_EMIT changed();
    return true;
}

void RuleBook::tidy()
{
    QString error; // what is over is not in force, whether the file says so or not
    if (!isUntouched(&error))
        return;
    const QList<Rule> over = m_rules.takeOver();
    const bool isKept =
        std::any_of(over.cbegin(), over.cend(), [](const Rule &rule) { return !rule.forSession; });
    if (isKept)
        (void)save(&error);
    for (const Rule &rule : over)
        record(u"over"_s, rule);
    if (!over.isEmpty())
        Q_EMIT changed();
    else if (m_problem.isEmpty() && !m_sha256.isEmpty()
             && !m_journal->newest(kind(), RecentRows / 2))
        record(QJsonObject{{u"change"_s, u"kept"_s}});
}

bool RuleBook::save(QString *errorString)
{
    const QByteArray json = RuleFile::json(m_rules.all());
    const QByteArray sha256 = Sha256::hex(json);
    // Whenever we are killed, the newest row knows the file.
    if (!record(QJsonObject{{u"change"_s, u"saving"_s}, {u"next"_s, QString::fromLatin1(sha256)}},
                true)) {
        *errorString = m_journal->errorString();
        return false;
    }
    if (!m_file->write(json, errorString))
        return false;
    m_sha256 = sha256;
    return true;
}

bool RuleBook::record(const QString &change, const Rule &rule)
{
    QJsonObject data{{u"change"_s, change},
                     {u"id"_s, rule.id},
                     {u"verdict"_s, rule.verdict == Rule::Verdict::Allow ? u"allow"_s : u"deny"_s},
                     {u"cmd"_s, VisibleText::encode(rule.command)},
                     {u"scope"_s, rule.scope}};
    if (rule.forSession)
        data.insert("session"_L1, true);
    if (rule.until.isValid())
        data.insert("until"_L1, rule.until.toString(Qt::ISODate));
    if (rule.usesLeft)
        data.insert("uses_left"_L1, *rule.usesLeft);
    if (!rule.keepsOutput)
        data.insert("keep_output"_L1, false);
    return record(data);
}

bool RuleBook::record(QJsonObject data, bool durable)
{
    data.insert("file"_L1, QString::fromLatin1(m_sha256));
    return m_journal->note(kind(), data, durable);
}

#include "moc_rulebook.cpp"
