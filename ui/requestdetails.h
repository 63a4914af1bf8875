// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journalrows.h"
#include "outputview.h"
#include "runcomparison.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class Agent;
class BytesView;
class CommandRunner;
class FittedText;
class QLabel;
class QSplitter;
class QStackedWidget;
class RequestActions;
class StreamPane;
struct Rule;

// One request, whole: the command in its frame, the facts, what can be done with it, and the
// output, which follows its end while the command runs. Stays up to date by itself.
class RequestDetails final : public QWidget
{
    Q_OBJECT

public:
    explicit RequestDetails(Agent *agent, QWidget *parent = nullptr);

    void showRequest(const RequestRow &row); // another one, or the same with news
    void clear();
    [[nodiscard]] QString requestName() const { return m_row.request.name; } // empty: none
    [[nodiscard]] qint64 serial() const { return m_row.serial; } // 0: none

Q_SIGNALS:
    void ruleRequested(const Rule &rule); // for this command, from where it came
    void failed(const QString &errorString);

private:
    void build();
    void connectParts();
    void refresh();
    void watchRunner();
    void showOutput();
    void compare(bool compare);
    void showComparison(const QString &summary, const QList<OutputView::Line> &lines);
    void stop();
    void requestRule();

    Agent *m_agent;
    RequestRow m_row;
    RunComparison m_comparison;
    QPointer<CommandRunner> m_runner;
    QTimer m_soon; // it is drawn anew at most ten times a second
    FittedText *m_facts;
    RequestActions *m_actions;
    BytesView *m_command;
    QStackedWidget *m_pages;
    QSplitter *m_streams; // output over errors
    StreamPane *m_output;
    StreamPane *m_errors;
    QLabel *m_summary; // of the comparison
    OutputView *m_difference;
};
