// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QString>

class QWidget;

// Size and place of a window, kept in a file over restarts: taken from there when this is made,
// written when the window goes and when the program ends.
class WindowPlace final : public QObject
{
    Q_OBJECT

public:
    // A place that is on no screen any more is left alone.
    WindowPlace(QWidget *window, const QString &path);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void save();

    QWidget *m_window;
    QString m_path;
    QByteArray m_saved;
};
