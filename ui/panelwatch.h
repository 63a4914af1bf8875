// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QObject>
#include <QTimer>

class QDBusMessage;

// Tells when there is a panel that takes icons, of either kind. Qt looks for one once, with the
// first question that it is asked about icons, and never takes the D-Bus kind later: so nobody asks
// it before.
class PanelWatch final : public QObject
{
    Q_OBJECT

public:
    explicit PanelWatch(QObject *parent = nullptr);

    void start(); // appeared() follows, once

Q_SIGNALS:
    void appeared();

private:
    void ask(); // the D-Bus kind, which answers later
    void lookForXEmbed();
    void tell();

private Q_SLOTS:
    void handleHost(); // somebody shows the icons that are registered

private:
    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    QTimer m_again; // for the other kind, which tells nobody
    bool m_isThere = false;
};
