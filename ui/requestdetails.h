// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journalrows.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class Agent;
class BytesView;
class CommandRunner;
class QLabel;
class QPushButton;

// One request, whole: the command in its frame, the facts, the output, which follows its end while
// the command runs, and Stop.
class RequestDetails final : public QWidget
{
    Q_OBJECT

public:
    explicit RequestDetails(Agent *agent, QWidget *parent = nullptr);

    void showRequest(const RequestRow &row); // another one, or the same with news
    void clear();

Q_SIGNALS:
    void stopFailed(const QString &errorString);

private:
    void build();
    void fitCommand();
    void watchRunner();
    void showOutput();
    void showStream(BytesView *view, const KeptOutput &output);
    void stop();

    Agent *m_agent;
    RequestRow m_row;
    QPointer<CommandRunner> m_runner;
    QTimer m_soon; // output is drawn at most ten times a second
    QLabel *m_facts;
    QPushButton *m_stop;
    BytesView *m_command;
    QLabel *m_outputTitle;
    BytesView *m_output;
    QLabel *m_errorTitle;
    BytesView *m_errors;
};
