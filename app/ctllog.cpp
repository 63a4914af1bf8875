// SPDX-License-Identifier: Apache-2.0
#include "ctllog.h"

#include "controlcommands.h"
#include "ctlprint.h"
#include "ctlusage.h"
#include "journalfile.h"
#include "wholefile.h"

#include <QFile>
#include <QSaveFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

constexpr int maximumFound = 1000;

int fail(const QString &error)
{
    CtlPrint::error(error);
    return 1;
}

int search(const CtlUsage &usage)
{
    RequestFilter filter;
    filter.text = usage.arguments.constFirst();
    filter.limit = maximumFound;
    QString error;
    const auto rows = JournalFile::search(usage.dataDirectory, filter, &error);
    if (!rows)
        return fail(error);
    QJsonArray list;
    for (const RequestRow &row : *rows)
        list.prepend(describe(row)); // the newest last, next to the prompt
    if (usage.has(u"json"_s))
        CtlPrint::json(list);
    else
        CtlPrint::out(CtlPrint::requests(list));
    return 0;
}

int verify(const CtlUsage &usage)
{
    const JournalFile::Verdict verdict = JournalFile::verify(usage.dataDirectory);
    if (!verdict.intact && verdict.firstBad > 0)
        return fail(u"row %1: %2"_s.arg(verdict.firstBad).arg(verdict.detail));
    if (!verdict.intact)
        return fail(verdict.detail);
    CtlPrint::out(CtlPrint::escaped(verdict.detail) + u'\n');
    return 0;
}

int exportToFile(const CtlUsage &usage, JournalFile::Format format, const QString &path)
{
    QSaveFile file(path);
    QString error;
    if (!file.open(QIODevice::WriteOnly))
        return fail(u"%1: %2"_s.arg(path, file.errorString()));
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    if (!JournalFile::exportTo(usage.dataDirectory, format, &file, &error))
        return fail(error);
    return WholeFile::commit(&file) ? 0 : fail(u"%1: %2"_s.arg(path, file.errorString()));
}

int exportJournal(const CtlUsage &usage)
{
    const auto format = usage.options.value(u"format"_s) == "csv"_L1 ? JournalFile::Format::Csv
                                                                     : JournalFile::Format::Json;
    const QString path = usage.options.value(u"output"_s);
    if (!path.isEmpty())
        return exportToFile(usage, format, path);
    QFile output;
    QString error;
    if (!output.open(stdout, QIODevice::WriteOnly))
        return fail(output.errorString());
    return JournalFile::exportTo(usage.dataDirectory, format, &output, &error) ? 0 : fail(error);
}

} // namespace

int runLogCommand(const CtlUsage &usage)
{
    if (usage.command == "log search"_L1)
        return search(usage);
    if (usage.command == "log verify"_L1)
        return verify(usage);
    return exportJournal(usage);
}
