// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QLabel>

// A command in one line, as VisibleText; what there is no room for is counted, never left out
// silently.
class CommandLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit CommandLabel(const QByteArray &command, QWidget *parent = nullptr);

    void setCommand(const QByteArray &command);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    QByteArray m_command;
};
