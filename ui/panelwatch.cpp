// SPDX-License-Identifier: Apache-2.0
#include "panelwatch.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>
#include <QGuiApplication>

#include <cstdlib>
#include <memory>

#include <xcb/xcb.h>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString Service = u"org.kde.StatusNotifierWatcher"_s; // its interface has this name, too
const QString Path = u"/StatusNotifierWatcher"_s;
constexpr char Selection[] = "_NET_SYSTEM_TRAY_S0";

// Whoever owns it takes windows as icons.
bool hasXEmbedPanel()
{
    if (QGuiApplication::platformName() != "xcb"_L1)
        return false;
    xcb_connection_t *connection =
        qApp->nativeInterface<QNativeInterface::QX11Application>()->connection();
    const std::unique_ptr<xcb_intern_atom_reply_t, decltype(&std::free)> atom(
        xcb_intern_atom_reply(
            connection, xcb_intern_atom(connection, 0, sizeof Selection - 1, Selection), nullptr),
        &std::free);
    if (!atom)
        return false;
    const std::unique_ptr<xcb_get_selection_owner_reply_t, decltype(&std::free)> owner(
        xcb_get_selection_owner_reply(connection, xcb_get_selection_owner(connection, atom->atom),
                                      nullptr),
        &std::free);
    return owner && owner->owner != XCB_NONE;
}

} // namespace

PanelWatch::PanelWatch(QObject *parent)
    : QObject(parent), m_bus(QDBusConnection::sessionBus()),
      m_watcher(Service, m_bus, QDBusServiceWatcher::WatchForRegistration)
{
    connect(&m_watcher, &QDBusServiceWatcher::serviceRegistered, this, &PanelWatch::ask);
    m_bus.connect({}, Path, Service, u"StatusNotifierHostRegistered"_s, this, SLOT(handleHost()));
    m_again.setInterval(1s);
    connect(&m_again, &QTimer::timeout, this, &PanelWatch::lookForXEmbed);
}

void PanelWatch::start()
{
    lookForXEmbed();
    if (m_isThere)
        return;
    m_again.start();
    ask();
}

void PanelWatch::ask()
{
    QDBusMessage message = QDBusMessage::createMethodCall(
        Service, Path, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    message.setAutoStartService(false);
    message.setArguments({Service, u"IsStatusNotifierHostRegistered"_s});
    if (!m_bus.isConnected())
        return;
    auto *pending = new QDBusPendingCallWatcher(m_bus.asyncCall(message), this);
    connect(pending, &QDBusPendingCallWatcher::finished, this, [this, pending] {
        pending->deleteLater();
        const QVariant answer = pending->reply().arguments().value(0);
        if (!pending->isError() && answer.value<QDBusVariant>().variant().toBool())
            tell();
    });
}

void PanelWatch::handleHost()
{
    ask();
}

void PanelWatch::lookForXEmbed()
{
    if (hasXEmbedPanel())
        tell();
}

void PanelWatch::tell()
{
    if (m_isThere)
        return;
    m_isThere = true;
    m_again.stop();
    Q_EMIT appeared();
}

#include "moc_panelwatch.cpp"
