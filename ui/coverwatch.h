// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractNativeEventFilter>
#include <QObject>

class QWindow;

// Tells when another window covers a part of ours. X11 without a compositor reports that; elsewhere
// nothing does, and exposed and active have to do.
class CoverWatch final : public QObject, public QAbstractNativeEventFilter
{
    Q_OBJECT

public:
    // To be made before the window is shown, or its first state is missed.
    explicit CoverWatch(QWindow *window);
    ~CoverWatch() override;

    [[nodiscard]] bool isCovered() const { return m_covered; }
    bool nativeEventFilter(const QByteArray &type, void *message, qintptr *result) override;

Q_SIGNALS:
    void coveredChanged(bool covered);

private:
    QWindow *m_window;
    bool m_covered = false;
};
