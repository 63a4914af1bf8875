// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journalrows.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;

// What narrows the list of requests down, in one row: text, state, date; and Export of what is
// left. Ctrl+F goes to the text, Esc in it clears it.
class FilterBar final : public QWidget
{
    Q_OBJECT

public:
    enum class States { Any, Open, Finished, Failed, NotRun };
    enum class Since { Any, Today, Week, Month };

    explicit FilterBar(QWidget *parent = nullptr);

    // Relative to now.
    [[nodiscard]] RequestFilter filter() const;
    [[nodiscard]] bool isActive() const; // it hides something
    void clear();
    void setExportEnabled(bool enabled);

    [[nodiscard]] static RequestFilter filterOf(const QString &text, States states, Since since,
                                                const QDateTime &now);

Q_SIGNALS:
    void changed(); // of a text that is being typed: soon after the last key
    void exportClicked();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fillBoxes();
    void nameParts();

    QLineEdit *m_text;
    QComboBox *m_states;
    QComboBox *m_since;
    QPushButton *m_export;
    QTimer m_typed;
};
