// SPDX-License-Identifier: Apache-2.0
#include "proxypassword.h"

#include "notice.h"
#include "passwordfile.h"
#include "proxylogin.h"
#include "settingfield.h"
#include "settingsdraft.h"

#include <QDir>
#include <QFile>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

ProxyPassword::ProxyPassword(SettingsDraft *draft, QWidget *parent)
    : QWidget(parent), m_draft(draft), m_editor(new QLineEdit),
      m_forget(new QPushButton(tr("For&get"))), m_notice(new Notice)
{
    setObjectName(QStringLiteral("proxyPassword"));
    if (ProxyLogin::needsKeychain(draft->settings()))
        m_keptKey = ProxyLogin::key(draft->settings());
    addRow();
    connect(m_editor, &QLineEdit::textChanged, this, &ProxyPassword::handleTyped);
    connect(m_forget, &QPushButton::clicked, this, &ProxyPassword::forget);
    connect(draft, &SettingsDraft::edited, this, &ProxyPassword::update);
    connect(&m_keychain, &Keychain::done, this, &ProxyPassword::handleDone);
    connect(&m_keychain, &Keychain::failed, this, &ProxyPassword::handleFailed);
    m_keychain.look();
    update();
}

void ProxyPassword::addRow()
{
    m_editor->setEchoMode(QLineEdit::Password);
    m_editor->setMaxLength(int(PasswordFile::MaximumSize));
    m_editor->setAccessibleName(tr("Password"));
    m_forget->setAutoDefault(false);
    m_forget->setAccessibleName(tr("Forget the password"));
    m_notice->setObjectName(QStringLiteral("passwordPlace"));
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_editor, 1);
    row->addWidget(m_forget);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(m_notice);
}

QList<QWidget *> ProxyPassword::controls() const
{
    return {m_editor, m_forget};
}

QString ProxyPassword::typed() const
{
    return m_editor->text();
}

bool ProxyPassword::isGood() const
{
    return problem().isEmpty();
}

QString ProxyPassword::problem() const
{
    if (typed().isEmpty())
        return {};
    if (m_draft->settings().proxyUser.isEmpty())
        return tr("A password needs a user name as well.");
    return typed().toUtf8().size() > PasswordFile::MaximumSize
        ? tr("A password has at most %1 bytes.").arg(PasswordFile::MaximumSize)
        : QString();
}

void ProxyPassword::save()
{
    m_isSaving = true;
    if (m_isLooking && !typed().isEmpty())
        return; // then once it is known
    m_isLooking = false;
    if (!typed().isEmpty() && m_hasKeychain)
        m_keychain.write(ProxyLogin::key(m_draft->settings()), typed().toUtf8());
    else if (!typed().isEmpty())
        keepInFile();
    else if (m_isForgetting && !m_keptKey.isEmpty())
        m_keychain.remove(m_keptKey);
    else
        finish();
}

void ProxyPassword::keepInFile()
{
    QString error;
    if (PasswordFile::write(ownFile(), typed(), &error)) {
        take(false, ownFile());
        m_isSaving = false;
        Q_EMIT saved();
    } else {
        handleFailed(Keychain::Trouble::Failed, error);
    }
}

// The keychain has done it, or was not concerned.
void ProxyPassword::finish()
{
    if (!typed().isEmpty() || m_isForgetting)
        take(!typed().isEmpty(), {});
    m_isSaving = false;
    Q_EMIT saved();
}

void ProxyPassword::take(bool fromKeychain, const QString &file)
{
    m_draft->fill({{QStringLiteral("proxy-keychain"),
                    fromKeychain ? QStringLiteral("yes") : QStringLiteral("no")},
                   {QStringLiteral("proxy-password-file"), file}});
}

void ProxyPassword::removeUnused()
{
    if (m_draft->settings().proxyPasswordFile != ownFile())
        QFile::remove(ownFile());
}

void ProxyPassword::cancel()
{
    m_isSaving = false;
    if (!m_isLooking)
        m_keychain.cancel();
}

void ProxyPassword::handleDone()
{
    if (m_isLooking)
        handleLooked(true);
    else
        finish();
}

void ProxyPassword::handleLooked(bool hasKeychain)
{
    m_isLooking = false;
    m_hasKeychain = hasKeychain;
    update();
    if (m_isSaving)
        save();
}

void ProxyPassword::handleFailed(Keychain::Trouble trouble, const QString &text)
{
    if (m_isLooking)
        return handleLooked(false);
    m_isSaving = false;
    if (trouble == Keychain::Trouble::None) // it has ended since then
        m_hasKeychain = false;
    update();
    Q_EMIT failed(text);
}

void ProxyPassword::handleTyped()
{
    m_isForgetting = false;
    update();
    Q_EMIT edited();
}

void ProxyPassword::forget()
{
    m_editor->clear();
    m_isForgetting = true;
    update();
    Q_EMIT edited();
}

void ProxyPassword::update()
{
    const Settings &settings = m_draft->settings();
    const bool isKept = settings.proxyKeychain || !settings.proxyPasswordFile.isEmpty();
    setEnabled(!isLocked());
    m_editor->setPlaceholderText(isKept && !m_isForgetting ? tr("unchanged") : tr("no password"));
    m_forget->setEnabled(!m_isForgetting && (isKept || !typed().isEmpty()));
    const bool goesToFile = !typed().isEmpty() && !m_hasKeychain && !m_isLooking;
    const bool isInOwnFile = typed().isEmpty() && settings.proxyPasswordFile == ownFile();
    if (!isGood())
        m_notice->say(Notice::Kind::Problem, problem());
    else
        m_notice->say(goesToFile || isInOwnFile ? Notice::Kind::Warning : Notice::Kind::Note,
                      placeText());
    m_editor->setAccessibleDescription(m_notice->text());
}

QString ProxyPassword::placeText() const
{
    const Settings &settings = m_draft->settings();
    if (m_isForgetting)
        return tr("It is forgotten when you press OK.");
    if (!typed().isEmpty() && m_hasKeychain)
        return tr("It goes into the keychain of your desktop when you press OK.");
    if (!typed().isEmpty() && m_isLooking)
        return {};
    if (!typed().isEmpty())
        return tr("No keychain runs in this session: it goes into the file %1, which nobody but "
                  "you can read, but each of your programs can.")
            .arg(ownFile());
    if (settings.proxyKeychain)
        return tr("It is in the keychain of your desktop.");
    if (settings.proxyPasswordFile == ownFile())
        return tr("It is in the file %1, which each of your programs can read.").arg(ownFile());
    return settings.proxyPasswordFile.isEmpty() ? QString() : tr("It is in the file named below.");
}

QString ProxyPassword::ownFile() const
{
    return QDir(m_draft->settings().dataDirectory).filePath(QStringLiteral("proxy-password"));
}

bool ProxyPassword::isLocked() const
{
    const QSet<QString> &locked = m_draft->settings().lockedOptions;
    return locked.contains(QStringLiteral("proxy-keychain"))
        || locked.contains(QStringLiteral("proxy-password-file"));
}
