// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class BytesView;
class FittedText;
class QLabel;
struct JournalEntry;

// One row of the event history, whole: what it is, when it was to the second, what the owner can do
// about it, and the payload of an event.
class EventDetails final : public QWidget
{
    Q_OBJECT

public:
    explicit EventDetails(QWidget *parent = nullptr);

    void showEntry(const JournalEntry &entry);

private:
    void build();
    void showPayload(const QByteArray &payload);

    QLabel *m_facts;
    FittedText *m_text;
    FittedText *m_remedy;
    BytesView *m_payload;
};
