// SPDX-License-Identifier: Apache-2.0
#include "rulefile.h"

#include "headrecord.h"
#include "sha256.h"
#include "wholefile.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono;

namespace {

constexpr int Version = 1;
constexpr qint64 MaximumSize = 16LL * 1024 * 1024; // bytes
constexpr mode_t NotPrivate = S_IRWXG | S_IRWXO;

// Changes with each start of the machine, when the boot clock begins anew.
QString bootId()
{
    return QString::fromLatin1(HeadRecord::currentBootId());
}

QJsonObject toJson(const Rule &rule)
{
    QJsonObject object{
        {u"id"_s, rule.id},
        {u"verdict"_s, rule.verdict == Rule::Verdict::Allow ? u"allow"_s : u"deny"_s},
        {u"command"_s, QString::fromLatin1(rule.command.toBase64())},
        {u"scope"_s, rule.scope},
        {u"created"_s, rule.created.toMSecsSinceEpoch()}};
    if (rule.until.isValid())
        object.insert("until"_L1, rule.until.toMSecsSinceEpoch());
    if (rule.untilBoot)
        object.insert(
            "until_boot"_L1,
            qint64(duration_cast<milliseconds>(rule.untilBoot->time_since_epoch()).count()));
    if (rule.usesLeft)
        object.insert("uses_left"_L1, *rule.usesLeft);
    if (!rule.keepsOutput)
        object.insert("keep_output"_L1, false);
    return object;
}

QDateTime time(const QJsonValue &value)
{
    return value.isDouble() ? QDateTime::fromMSecsSinceEpoch(qint64(value.toDouble()), Qt::UTC)
                            : QDateTime();
}

// Nothing when a member is missing or not what it should be: a rule that is understood in part is
// another rule.
std::optional<Rule> fromJson(const QJsonObject &object, bool sameBoot)
{
    Rule rule;
    rule.id = object["id"_L1].toString();
    const QString verdict = object["verdict"_L1].toString();
    rule.verdict = verdict == "allow"_L1 ? Rule::Verdict::Allow : Rule::Verdict::Deny;
    const auto command = QByteArray::fromBase64Encoding(object["command"_L1].toString().toLatin1(),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    rule.command = command ? *command : QByteArray();
    rule.scope = object["scope"_L1].toString();
    rule.created = time(object["created"_L1]);
    rule.until = time(object["until"_L1]);
    if (sameBoot && object["until_boot"_L1].isDouble())
        rule.untilBoot =
            BootClock::time_point(milliseconds(qint64(object["until_boot"_L1].toDouble())));
    if (object["uses_left"_L1].isDouble())
        rule.usesLeft = object["uses_left"_L1].toInt(0);
    rule.keepsOutput = object["keep_output"_L1].toBool(true);
    const bool isWhole = !rule.id.isEmpty() && !rule.command.isEmpty() && !rule.scope.isEmpty()
        && rule.created.isValid() && (verdict == "allow"_L1 || verdict == "deny"_L1)
        && object.contains("until"_L1) == rule.until.isValid()
        && object.contains("uses_left"_L1) == rule.usesLeft.has_value()
        && object.contains("keep_output"_L1) == object["keep_output"_L1].isBool();
    return isWhole ? std::optional(rule) : std::nullopt;
}

std::optional<QList<Rule>> fromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (object["version"_L1].toInt() != Version || !object["rules"_L1].isArray())
        return std::nullopt;
    const bool sameBoot = !bootId().isEmpty() && object["boot"_L1].toString() == bootId();
    QList<Rule> rules;
    const QJsonArray array = object["rules"_L1].toArray();
    for (const QJsonValue value : array) {
        const std::optional<Rule> rule = fromJson(value.toObject(), sameBoot);
        if (!rule)
            return std::nullopt;
        rules.append(*rule);
    }
    return rules;
}

bool isPrivate(const struct stat &status)
{
    return status.st_uid == geteuid() && (status.st_mode & NotPrivate) == 0;
}

} // namespace

RuleFile::RuleFile(const QString &path) : m_path(path) { }

bool RuleFile::exists() const
{
    const QFileInfo info(m_path);
    return info.exists() || info.isSymLink();
}

std::optional<RuleFile::Content> RuleFile::read(QString *errorString) const
{
    struct stat directory = {};
    struct stat status = {};
    QFile file;
    const int fd = ::open(QFile::encodeName(m_path).constData(),
                          O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    const bool isOurs = fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode)
        && isPrivate(status)
        && stat(QFile::encodeName(QFileInfo(m_path).path()).constData(), &directory) == 0
        && isPrivate(directory);
    const bool isOpen = fd >= 0 && file.open(fd, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle);
    if (fd >= 0 && !isOpen)
        ::close(fd);
    if (!isOpen || !isOurs) {
        *errorString =
            tr("The rules in %1 are not used, since others could have changed them: make "
               "file and directory private (chmod go-rwx), or remove the file.")
                .arg(m_path);
        return std::nullopt;
    }
    const QByteArray json = file.size() <= MaximumSize ? file.readAll() : QByteArray();
    const std::optional<QList<Rule>> rules = fromJson(json);
    if (!rules) {
        *errorString =
            tr("The rules in %1 cannot be read and are not used: remove the file.").arg(m_path);
        return std::nullopt;
    }
    return Content{*rules, Sha256::hex(json)};
}

QByteArray RuleFile::json(const QList<Rule> &rules)
{
    QJsonArray array;
    for (const Rule &rule : rules) {
        if (!rule.forSession)
            array.append(toJson(rule));
    }
    return QJsonDocument(
               QJsonObject{{u"version"_s, Version}, {u"boot"_s, bootId()}, {u"rules"_s, array}})
        .toJson(QJsonDocument::Indented);
}

bool RuleFile::write(const QByteArray &json, QString *errorString) const
{
    QString reason = tr("it would be too large to be read");
    if (json.size() <= MaximumSize && WholeFile::replace(m_path, json, &reason))
        return true;
    *errorString = tr("The rules could not be saved in %1: %2.").arg(m_path, reason);
    return false;
}
