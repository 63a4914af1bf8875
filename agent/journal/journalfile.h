// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journalrows.h"

class QIODevice;

// The journal of a data directory read from outside, with or without a running agent:
// cometactl log verify, search, export. Opens it read-only.
namespace JournalFile {

struct Verdict
{
    bool intact = false;
    qint64 rows = 0; // checked
    qint64 firstBad = 0; // sequence number of the first broken or missing row; 0 when intact
    QString detail; // one line: what is broken, or what was checked
};

// Every hash of the chain, the head record, the sizes and digests of the output files.
[[nodiscard]] Verdict verify(const QString &directory);

enum class Format { Csv, Json };
// Columns seq,time,kind,request,data,hash. False with one line in errorString.
[[nodiscard]] bool exportTo(const QString &directory, Format format, QIODevice *target,
                            QString *errorString);
[[nodiscard]] std::optional<QList<RequestRow>>
search(const QString &directory, const RequestFilter &filter, QString *errorString);
// Of the newest row of that kind; empty: there is none. Nothing with one line when it cannot be
// read.
[[nodiscard]] std::optional<QJsonObject> newest(const QString &directory, const QString &kind,
                                                QString *errorString);

} // namespace JournalFile
