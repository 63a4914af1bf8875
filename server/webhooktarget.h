// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QUrl>

// Where the events of an application are posted to, and with which field.
struct WebhookTarget
{
    QUrl url; // empty: nowhere
    QByteArray fieldName; // of one more field, for example Authorization; empty: none
    QByteArray fieldValue;

    // False with what is to be given instead; it names neither key nor option.
    [[nodiscard]] bool setUrl(const QString &text, QString *errorString);
    [[nodiscard]] bool setField(const QString &text, QString *errorString); // "Name: value"

    [[nodiscard]] bool operator==(const WebhookTarget &) const = default;
};
