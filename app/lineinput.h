// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

// Standard input, a line at a time and only when it is asked for.
class LineInput final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype MaximumLine = 1024 * 1024; // bytes; a longer one ends the input

    // What stands behind the last newline when the input ends: taken as a line of its own, or
    // dropped, where only an entered line is an answer.
    enum class Rest { IsLine, IsDropped };

    explicit LineInput(Rest rest, QObject *parent = nullptr);

    // lineRead() or ended() follows.
    void readLine();
    // The same, of what is typed from AnswerDelay after now on; all before is thrown away.
    void readAnswer();

Q_SIGNALS:
    void lineRead(const QByteArray &line); // without its newline
    void ended();

private:
    void handleReadable();
    void discardTyped();
    bool takeLine();

    Rest m_rest;
    QByteArray m_buffer;
    QSocketNotifier m_notifier;
    bool m_atEnd = false;
};
