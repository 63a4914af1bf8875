// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>

// Tells on standard error what is waited for: on a terminal as one line with the time so far, which
// goes away at the end; elsewhere as a line for each change.
class SendProgress final : public QObject
{
    Q_OBJECT

public:
    enum class Medium { Terminal, File };

    explicit SendProgress(QObject *parent = nullptr); // looks what standard error is
    explicit SendProgress(Medium medium, QObject *parent = nullptr);

    // text is trusted. after: quiet for so long, which a quick answer is not worth; a file is told
    // only what holds longer.
    void show(const QString &text, std::chrono::milliseconds after);
    void clear();

Q_SIGNALS:
    void written(const QByteArray &bytes); // for standard error

private:
    void write();

    QTimer m_timer;
    QElapsedTimer m_since; // of what is waited for
    QString m_text;
    Medium m_medium;
    bool m_isShown = false; // the line is on the terminal, or the text in the file
};
