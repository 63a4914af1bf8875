// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class Agent;
class CopyLine;
class Notice;
class QLabel;

// The end of the first start: how the link is, and the line that sends a first command.
class ReadyPage final : public QWidget
{
    Q_OBJECT

public:
    explicit ReadyPage(const Agent *agent, QWidget *parent = nullptr);

    // secret: of the application, where it is known; else empty.
    void prepare(const QString &secret);
    [[nodiscard]] bool isAttached() const;
    [[nodiscard]] QString title() const; // in a word or two

Q_SIGNALS:
    void changed();

private:
    void update();

    const Agent *m_agent;
    QString m_secret;
    Notice *m_link;
    QWidget *m_request;
    QLabel *m_words;
    CopyLine *m_line;
};
