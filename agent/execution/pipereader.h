// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>
#include <QObject>

class QSocketNotifier;

// A pipe that a child writes to and we read from, piece by piece as it comes: nothing is buffered
// here, and a child that writes without end gets no more than its share of the event loop.
class PipeReader final : public QObject
{
    Q_OBJECT

public:
    explicit PipeReader(QObject *parent = nullptr);
    ~PipeReader() override;

    // Both ends close on exec. False with errno when there is none to be had.
    [[nodiscard]] bool open();
    // For the child, which it is to inherit: valid until closeChildEnd().
    [[nodiscard]] int childEnd() const { return m_childEnd; }
    void inheritChildEnd(); // by what is started next
    void closeChildEnd();

    void drain(); // reads what is in the pipe now
    void close();

Q_SIGNALS:
    void arrived(QByteArrayView bytes); // valid until the slots have returned

private:
    void handleReadable();
    bool readPiece(); // false: there is nothing now

    int m_end = -1;
    int m_childEnd = -1;
    QSocketNotifier *m_notifier = nullptr;
};
