// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "keychain.h"

#include <QWidget>

class Notice;
class QLineEdit;
class QPushButton;
class SettingsDraft;

// The password for the proxy in the settings: entered, never shown. It goes into the keychain, or
// into a file of the owner's alone where there is no keychain, and can be forgotten.
class ProxyPassword final : public QWidget
{
    Q_OBJECT

public:
    // draft: has the fields of the proxy; outlives this.
    explicit ProxyPassword(SettingsDraft *draft, QWidget *parent = nullptr);

    [[nodiscard]] QList<QWidget *> controls() const; // in the order of the Tab key
    [[nodiscard]] QString typed() const; // empty: what was kept before holds
    [[nodiscard]] bool isGood() const;
    // Keeps or forgets it as was chosen here, and says so in the draft. saved() or failed()
    // follows, at once where the keychain is not needed.
    void save();
    void cancel(); // nothing follows
    void removeUnused(); // the file of ours, once the draft was saved and does not name it
    [[nodiscard]] bool isSaving() const { return m_isSaving; }

Q_SIGNALS:
    void edited();
    void saved();
    void failed(const QString &text); // one line; nothing was changed

private:
    void addRow();
    void handleTyped();
    void forget();
    void handleDone();
    void handleLooked(bool hasKeychain);
    void handleFailed(Keychain::Trouble trouble, const QString &text);
    void finish();
    void update();
    void keepInFile();
    void take(bool fromKeychain, const QString &file);
    [[nodiscard]] QString ownFile() const;
    [[nodiscard]] bool isLocked() const;
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QString placeText() const;

    SettingsDraft *m_draft;
    Keychain m_keychain;
    QString m_keptKey; // of what is in the keychain; empty: nothing
    QLineEdit *m_editor;
    QPushButton *m_forget;
    Notice *m_notice;
    bool m_isLooking = true; // whether there is a keychain
    bool m_hasKeychain = false;
    bool m_isForgetting = false;
    bool m_isSaving = false;
};
