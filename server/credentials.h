// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

// Id and secret of an application, made up at the first start and kept in the data directory, 0600.
struct Credentials
{
    QString applicationId; // 20 hex digits
    QByteArray secret; // 40 hex digits

    // Nothing, with one line, when they can be neither read nor written.
    [[nodiscard]] static std::optional<Credentials> keptIn(const QString &directory,
                                                           QString *errorString);
};
