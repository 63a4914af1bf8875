// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

class QSessionManager;

// The desktop's session ends, or something else asks the application to quit. A log-out is never
// held up: nothing is asked, no window is closed first. Nothing is left to be saved at that time
// either, since each step is on disk before it is taken. Install after QApplication was made.
class SessionEnd final : public QObject
{
    Q_OBJECT

public:
    explicit SessionEnd(QObject *parent = nullptr);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    // Whoever hears it ends what is under way and then leaves by QCoreApplication::exit(); quit()
    // would come here again.
    void endRequested();

private:
    static void answer(QSessionManager &manager);
};
