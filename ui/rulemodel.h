// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rule.h"

#include <QAbstractTableModel>
#include <QList>

class RuleBook;

// The owner's rules, a line each, newest first; those of a file that waits for the owner's look
// when there are such.
class RuleModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Decision, Command, From, Until, Added, ColumnCount };

    explicit RuleModel(const RuleBook *book, QObject *parent = nullptr);

    [[nodiscard]] const Rule *rule(const QModelIndex &index) const; // null: none there
    [[nodiscard]] QModelIndex find(const QString &id) const; // invalid: it is gone

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    void reload();

    const RuleBook *m_book;
    QList<Rule> m_rules;
};
