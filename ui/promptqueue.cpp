// SPDX-License-Identifier: Apache-2.0
#include "promptqueue.h"

#include <algorithm>

void PromptQueue::add(const QString &name)
{
    if (m_names.contains(name))
        return;
    m_names.append(name);
    if (m_shown.isEmpty())
        m_shown = name;
}

void PromptQueue::end(const QString &name)
{
    m_names.removeAll(name);
    m_postponed.remove(name);
}

void PromptQueue::advance()
{
    end(m_shown);
    showNext();
}

void PromptQueue::postpone()
{
    if (m_names.contains(m_shown))
        m_postponed.insert(m_shown);
    showNext();
}

void PromptQueue::review(const QString &name)
{
    if (!m_names.contains(name))
        return;
    m_postponed.remove(name);
    m_shown = name;
}

void PromptQueue::putNext(const QString &name)
{
    if (name == m_shown || m_names.removeAll(name) == 0)
        return;
    m_postponed.remove(name);
    m_names.prepend(name);
}

int PromptQueue::count() const
{
    const auto others =
        std::count_if(m_names.cbegin(), m_names.cend(), [this](const QString &name) {
            return name != m_shown && !m_postponed.contains(name);
        });
    return int(others) + (m_shown.isEmpty() ? 0 : 1);
}

void PromptQueue::showNext()
{
    const auto next = std::find_if(m_names.cbegin(), m_names.cend(), [this](const QString &name) {
        return !m_postponed.contains(name);
    });
    m_shown = next == m_names.cend() ? QString() : *next;
}
