// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>

// The way from us to cometa-run. It carries the job and the word to end it, and its end, which also
// comes when we die, ends everything.
class Lifeline final
{
public:
    Lifeline() = default;
    ~Lifeline();
    Q_DISABLE_COPY_MOVE(Lifeline)

    // Both ends close on exec. False with errno when there is none to be had.
    [[nodiscard]] bool open();
    // For the child, which it is to inherit: valid until closeChildEnd().
    [[nodiscard]] int childEnd() const { return m_childEnd; }
    void inheritChildEnd(); // by what is started next
    void closeChildEnd();

    // At once and whole, up to 100 KiB before the child reads; false with errno when it cannot be.
    [[nodiscard]] bool send(QByteArrayView bytes);
    void close();

private:
    int m_end = -1;
    int m_childEnd = -1;
};
