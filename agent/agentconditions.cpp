// SPDX-License-Identifier: Apache-2.0
// How things stand: what is wrong, what the owner has to know, what may run by itself. The rest is
// in agent.cpp.
#include "agent.h"

#include "fileaccess.h"
#include "knownservers.h"

using namespace Qt::StringLiterals;

QString Agent::problem() const
{
    const QList<Settings::Problem> problems = m_settings.problems();
    if (!problems.isEmpty())
        return m_settings.refused.contains(problems.first().option)
            ? problems.first().option + u": "_s + problems.first().message
            : problems.first().message;
    if (!m_journal.isWritable())
        return m_journal.errorString();
    return lacksLogin() ? m_loginProblem : m_client.errorString();
}

QString Agent::warning() const
{
    QStringList warnings;
    if (m_isInTheClear)
        warnings.append(
            tr("The link is not encrypted: anyone on the way can read it and send commands."));
    const bool all = m_settings.approval == Settings::Approval::All;
    if (all && m_isInTheClear && !m_settings.trustPlaintext)
        warnings.append(
            tr("Commands are not run without asking here, since the link is not encrypted."));
    else if (all && m_rules.problem().isEmpty())
        warnings.append(tr("Every command that arrives is run without asking."));
    for (const QString &warning : {m_journal.warning(), m_rules.problem()}) {
        if (!warning.isEmpty())
            warnings.append(warning);
    }
    if (!m_rules.problem().isEmpty())
        warnings.append(tr("Until then nothing is run without asking."));
    if (m_knownServers && !m_knownServers->isReadable())
        warnings.append(tr("%1/tls-servers cannot be read, so that every server is spoken to by "
                           "TLS only: make it a file that you can read, or remove it.")
                            .arg(m_settings.dataDirectory));
    if (FileAccess::othersCanRead(m_settings.keyFile))
        warnings.append(tr("Others can read the key %1: make it yours alone (chmod 600), and "
                           "consider a new one.")
                            .arg(m_settings.keyFile));
    if (FileAccess::othersCanChange(m_settings.configFile))
        warnings.append(tr("Others can change the settings in %1: make the file yours alone "
                           "(chmod 600), and look at what it holds.")
                            .arg(m_settings.configFile));
    return warnings.join(u' ');
}

bool Agent::mayApproveAutomatically() const
{
    return isLinkTrusted() && m_rules.problem().isEmpty();
}

bool Agent::isLinkTrusted() const
{
    return m_client.isEncrypted() || m_client.isLoopback() || m_settings.trustPlaintext;
}

ApprovalGate::Conditions Agent::conditions() const
{
    return {.approval = m_settings.approval,
            .locked = m_settings.locked,
            .isOwnerPresent = m_isOwnerPresent,
            .mayBeAutomatic = mayApproveAutomatically(),
            .isEnding = m_isShuttingDown,
            .maxAwaiting = m_settings.maxAwaiting,
            .maxRunning = m_settings.maxRunning,
            .automaticRuns = m_settings.automaticRuns};
}
