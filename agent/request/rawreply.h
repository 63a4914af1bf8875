// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "outcome.h"

#include <QList>

// The raw form of a reply: stdout, and when the command did not end with 0 its stderr and a line
// that says how it ended. Longer than the limit: its two halves with a line between that counts
// what is missing.
class RawReply final
{
public:
    RawReply(const QString &requestName, const Outcome &outcome);

    [[nodiscard]] QByteArray bytes(qsizetype limit) const; // may be empty

private:
    struct Piece
    {
        QByteArray bytes;
        bool followsGap = false; // bytes were left out before it
    };

    void append(const KeptOutput &output);
    [[nodiscard]] QByteArray whole() const;
    [[nodiscard]] QByteArray beginning(qsizetype size) const;
    [[nodiscard]] QByteArray ending(qsizetype size) const;

    QString m_requestName;
    QList<Piece> m_pieces;
    qint64 m_total = 0; // bytes of the reply if it were complete
    bool m_hasGap = false;
};
