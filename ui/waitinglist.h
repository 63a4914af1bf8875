// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QScrollArea>
#include <QTimer>

class ActiveRequest;
class Agent;
class QVBoxLayout;
class WaitingRow;

// "Waiting for you": a line for each request that nobody has decided, with Review and Deny. It is
// there only while something waits.
class WaitingList final : public QWidget
{
    Q_OBJECT

public:
    explicit WaitingList(Agent *agent, QWidget *parent = nullptr);

Q_SIGNALS:
    void reviewRequested(const QString &name);
    void denyFailed(const QString &errorString);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void moveEvent(QMoveEvent *event) override;

private:
    void update(ActiveRequest *request);
    void add(const ActiveRequest *request);
    void remove(const QString &name);
    [[nodiscard]] WaitingRow *row(const QString &name) const; // null: none
    void disturb(); // all of them have moved
    void showTimes();
    void fitHeight();
    void deny(const QString &name);

    Agent *m_agent;
    QList<WaitingRow *> m_rows;
    QScrollArea *m_area;
    QVBoxLayout *m_column;
    QTimer m_second;
};
