// SPDX-License-Identifier: Apache-2.0
#include "linedifference.h"

#include <QHash>

#include <algorithm>
#include <utility>

namespace LineDifference {
namespace {

QList<QByteArray> linesOf(const QByteArray &text)
{
    QList<QByteArray> lines = text.split('\n');
    if (lines.constLast().isEmpty())
        lines.removeLast(); // the end of the last line
    return lines;
}

// Lines as numbers, which compare at once.
QList<int> numbersOf(const QList<QByteArray> &lines, QHash<QByteArray, int> *known)
{
    QList<int> numbers;
    numbers.reserve(lines.size());
    for (const QByteArray &line : lines) {
        const auto found = known->constFind(line);
        numbers.append(found != known->cend() ? *found : *known->insert(line, int(known->size())));
    }
    return numbers;
}

// The furthest place in the first text on each diagonal (place in the first - place in the second)
// that so many changes reach, for every number of changes up to the least that reaches both ends.
class Search
{
public:
    Search(const QList<int> &before, const QList<int> &after) : m_before(before), m_after(after) { }

    [[nodiscard]] bool run()
    {
        for (int changes = 0; changes <= MaximumChanges; ++changes) {
            QList<int> reached(2 * changes + 1, 0);
            for (int diagonal = -changes; diagonal <= changes; diagonal += 2) {
                const int place = slide(beginOf(changes, diagonal), diagonal);
                reached[diagonal + changes] = place;
                if (place >= m_before.size() && place - diagonal >= m_after.size()) {
                    m_reached.append(reached);
                    return true;
                }
            }
            m_reached.append(reached);
        }
        return false;
    }

    // From the end back to the beginning; then turned round.
    [[nodiscard]] QList<Kind> steps() const
    {
        QList<Kind> steps;
        int before = int(m_before.size());
        int after = int(m_after.size());
        for (int changes = int(m_reached.size()) - 1; changes >= 0; --changes) {
            const int diagonal = before - after;
            const int begin = beginOf(changes, diagonal);
            for (; before > begin; --before, --after)
                steps.append(Kind::Equal);
            if (changes == 0)
                break;
            const bool added = comesFromAbove(changes, diagonal);
            steps.append(added ? Kind::Added : Kind::Removed);
            (added ? after : before)--;
        }
        std::reverse(steps.begin(), steps.end());
        return steps;
    }

private:
    [[nodiscard]] int reached(int changes, int diagonal) const
    {
        return std::abs(diagonal) > changes ? -1 : m_reached.at(changes).at(diagonal + changes);
    }

    [[nodiscard]] bool comesFromAbove(int changes, int diagonal) const
    {
        return diagonal == -changes
            || (diagonal != changes
                && reached(changes - 1, diagonal - 1) < reached(changes - 1, diagonal + 1));
    }

    // Where the last of the changes leads to.
    [[nodiscard]] int beginOf(int changes, int diagonal) const
    {
        if (changes == 0)
            return 0;
        return comesFromAbove(changes, diagonal) ? reached(changes - 1, diagonal + 1)
                                                 : reached(changes - 1, diagonal - 1) + 1;
    }

    [[nodiscard]] int slide(int place, int diagonal) const
    {
        while (place < m_before.size() && place - diagonal < m_after.size()
               && m_before.at(place) == m_after.at(place - diagonal))
            ++place;
        return place;
    }

    const QList<int> &m_before;
    const QList<int> &m_after;
    QList<QList<int>> m_reached;
};

// In each place the removed lines first.
void sortChanges(QList<Kind> *steps)
{
    const auto isEqual = [](Kind kind) { return kind == Kind::Equal; };
    for (auto begin = steps->begin(); begin != steps->end();) {
        const auto end = std::find_if(begin, steps->end(), isEqual);
        std::stable_partition(begin, end, [](Kind kind) { return kind == Kind::Removed; });
        begin = std::find_if_not(end, steps->end(), isEqual);
    }
}

} // namespace

std::optional<QList<Line>> between(const QByteArray &before, const QByteArray &after)
{
    if (std::max(before.size(), after.size()) > MaximumBytes)
        return std::nullopt;
    const QList<QByteArray> old = linesOf(before);
    const QList<QByteArray> now = linesOf(after);
    QHash<QByteArray, int> known;
    const QList<int> oldNumbers = numbersOf(old, &known);
    const QList<int> nowNumbers = numbersOf(now, &known);
    Search search(oldNumbers, nowNumbers);
    if (!search.run())
        return std::nullopt;
    QList<Kind> steps = search.steps();
    sortChanges(&steps);
    QList<Line> lines;
    auto fromOld = old.cbegin();
    auto fromNow = now.cbegin();
    for (const Kind kind : std::as_const(steps)) {
        lines.append({kind, kind == Kind::Added ? *fromNow : *fromOld});
        fromOld += kind == Kind::Added ? 0 : 1;
        fromNow += kind == Kind::Removed ? 0 : 1;
    }
    return lines;
}

} // namespace LineDifference
