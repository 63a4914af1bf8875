// SPDX-License-Identifier: Apache-2.0
#include "rulemodel.h"

#include "colours.h"
#include "plain.h"
#include "rulebook.h"
#include "ruletext.h"
#include "visibletext.h"

#include <QGuiApplication>
#include <QPalette>

#include <algorithm>

namespace {

constexpr int MaximumCharacters = 200; // of a command in a row

QString text(const Rule &rule, int column)
{
    switch (column) {
    case RuleModel::Decision:
        return RuleText::decision(rule.verdict);
    case RuleModel::Command:
        return VisibleText::encodeShort(rule.command, MaximumCharacters);
    case RuleModel::From:
        return VisibleText::encode(rule.scope.toUtf8());
    case RuleModel::Until:
        return RuleText::end(rule);
    case RuleModel::Added:
        return Plain::shortTime(rule.created);
    default:
        return {};
    }
}

} // namespace

RuleModel::RuleModel(const RuleBook *book, QObject *parent)
    : QAbstractTableModel(parent), m_book(book)
{
    connect(book, &RuleBook::changed, this, &RuleModel::reload);
    reload();
}

void RuleModel::reload()
{
    beginResetModel();
    m_rules = m_book->doubtful().isEmpty() ? m_book->all() : m_book->doubtful();
    std::reverse(m_rules.begin(), m_rules.end());
    endResetModel();
}

const Rule *RuleModel::rule(const QModelIndex &index) const
{
    const bool inside = index.isValid() && index.row() < m_rules.size();
    return inside ? &m_rules.at(index.row()) : nullptr;
}

QModelIndex RuleModel::find(const QString &id) const
{
    const auto found = std::find_if(m_rules.cbegin(), m_rules.cend(),
                                    [&id](const Rule &rule) { return rule.id == id; });
    return found == m_rules.cend() ? QModelIndex() : index(int(found - m_rules.cbegin()), 0);
}

int RuleModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rules.size());
}

int RuleModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant RuleModel::data(const QModelIndex &index, int role) const
{
    const Rule *found = rule(index);
    if (!found)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(*found, index.column());
    case Qt::ToolTipRole:
        if (index.column() == Added)
            return Plain::toolTip(Plain::dateTime(found->created));
        return Plain::toolTip(text(*found, index.column()));
    case Qt::ForegroundRole:
        if (index.column() == Decision)
            return Colours::of(found->verdict == Rule::Verdict::Allow ? Colours::Green
                                                                      : Colours::Red,
                               QGuiApplication::palette());
        return {};
    case Qt::FontRole:
        if (index.column() == Command)
            return Plain::fixedFont();
        return {};
    case Qt::SizeHintRole:
        return Plain::rowSize();
    default:
        return {};
    }
}

QVariant RuleModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static const char *const titles[] = {QT_TR_NOOP("Decision"), QT_TR_NOOP("Exactly this command"),
                                         QT_TR_NOOP("From"), QT_TR_NOOP("In force"),
                                         QT_TR_NOOP("Added")};
    return section >= 0 && section < ColumnCount ? tr(titles[section]) : QVariant();
}

#include "moc_rulemodel.cpp"
