// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journalrows.h"
#include "outputcopy.h"

#include <QTemporaryDir>
#include <QWidget>

#include <optional>

class Journal;
class QAction;
class QPushButton;

// What can be done with one request: stop it, compare, copy, save. Saved outputs are the command's
// bytes; what is opened with the desktop's viewer is text in which nothing acts or hides, in a
// directory for the owner alone that goes when the agent ends.
class RequestActions final : public QWidget
{
    Q_OBJECT

public:
    explicit RequestActions(const Journal *journal, QWidget *parent = nullptr);

    // url: where it could be sent again.
    void setRequest(const RequestRow &row, const QString &url);
    void setComparing(bool comparing);

Q_SIGNALS:
    void stopClicked();
    void compareToggled(bool compare);
    void ruleClicked(); // to be made for this command
    void failed(const QString &errorString);

private:
    enum class Stream { Output, Errors };

    void build();
    void fillCopyMenu();
    void fillOutputMenu();
    void enableParts();
    void copyText(const QString &text);
    void copyBytes(const QByteArray &bytes);
    void copyOutput();
    void askWhereToSave(Stream stream);
    void openCopy(Stream stream);
    [[nodiscard]] QString path(Stream stream) const;

    const Journal *m_journal;
    RequestRow m_row;
    QString m_url;
    OutputCopy m_save;
    OutputCopy m_copyToOpen;
    std::optional<QTemporaryDir> m_opened; // made with the first copy
    QPushButton *m_stop;
    QPushButton *m_compare;
    QPushButton *m_output;
    QPushButton *m_copy;
    QPushButton *m_rule;
    QAction *m_copyCurl = nullptr;
    QAction *m_copyOutput = nullptr;
    QList<QAction *> m_ofOutput;
    QList<QAction *> m_ofErrors;
};
