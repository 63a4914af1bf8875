// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rule.h"

#include <QCoreApplication>
#include <QList>

#include <optional>

// Keeps rules in a file: JSON, mode 0600, replaced in one step. A file that somebody else could
// have written is not read: another owner, a symbolic link, open to others, in such a directory.
class RuleFile final
{
    Q_DECLARE_TR_FUNCTIONS(RuleFile)

public:
    struct Content
    {
        QList<Rule> rules;
        QByteArray sha256; // of the file, 64 hex digits
    };

    explicit RuleFile(const QString &path);

    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] bool exists() const; // anything is there, also what cannot be read
    // Nothing, with one line that names the file and what to do, when it cannot be trusted or read.
    [[nodiscard]] std::optional<Content> read(QString *errorString) const;
    // What the file would hold: those that are not for the session alone.
    [[nodiscard]] static QByteArray json(const QList<Rule> &rules);
    // False, with one line, when it could not be written; it is then as it was.
    [[nodiscard]] bool write(const QByteArray &json, QString *errorString) const;

private:
    QString m_path;
};
