// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "outcome.h"

#include <QSet>
#include <QString>

#include <functional>

// The outputs of commands, <request>.out and <request>.err in one directory. Whoever runs a command
// writes them; here they are read back, counted and removed.
class OutputFiles final
{
public:
    enum class Stream { Output, Error };
    static constexpr qint64 Keep = 512 * 1024; // bytes of head, and of tail, that read() returns

    explicit OutputFiles(const QString &directory = {});

    [[nodiscard]] QString directory() const { return m_directory; }
    [[nodiscard]] QString path(const QString &request, Stream stream) const;
    [[nodiscard]] qint64 size(const QString &request, Stream stream) const; // 0: no file
    // Head and tail of the file. total: bytes that the command wrote; where the file holds fewer,
    // its end is not the end of the output, and there is no tail.
    [[nodiscard]] KeptOutput read(const QString &request, Stream stream, qint64 total) const;

    // Removes the files that belong to no request and counts the others. isRequest: knows most of
    // them at little cost. requestsAmong: of the names that are left, those of requests after all;
    // asked once, or not at all.
    void sweep(const std::function<bool(const QString &)> &isRequest,
               const std::function<QSet<QString>(const QSet<QString> &)> &requestsAmong);
    void count(const QString &request); // its files are complete
    void remove(const QString &request);
    [[nodiscard]] qint64 total() const { return m_total; } // bytes

private:
    QString m_directory;
    qint64 m_total = 0;
};
