// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QObject>

class QTreeView;

// The column of a list that gets the room which the others leave, yet never less than so many
// characters: a list that is too narrow for that scrolls sideways.
class MainSection final : public QObject
{
    Q_OBJECT

public:
    MainSection(QTreeView *list, int column, int characters);

    // Columns that go before it scrolls, the first of them first.
    void setSpare(const QList<int> &columns);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fit();

    QTreeView *m_list;
    int m_column;
    int m_characters;
    QList<int> m_spare;
    bool m_isFitting = false;
};
