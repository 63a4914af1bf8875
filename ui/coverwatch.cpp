// SPDX-License-Identifier: Apache-2.0
#include "coverwatch.h"

#include <QGuiApplication>
#include <QWindow>

#include <xcb/xcb.h>

#include <cstdlib>
#include <memory>

CoverWatch::CoverWatch(QWindow *window) : QObject(window), m_window(window)
{
    // The offscreen platform has the interface, too, but no windows on a server.
    if (QGuiApplication::platformName() != QLatin1String("xcb"))
        return;
    const auto *x11 = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
    xcb_connection_t *connection = x11->connection();
    const auto id = xcb_window_t(window->winId());
    using Attributes = std::unique_ptr<xcb_get_window_attributes_reply_t, decltype(&std::free)>;
    const Attributes attributes(xcb_get_window_attributes_reply(
                                    connection, xcb_get_window_attributes(connection, id), nullptr),
                                &std::free);
    if (!attributes)
        return;
    const uint32_t mask = attributes->your_event_mask | XCB_EVENT_MASK_VISIBILITY_CHANGE;
    xcb_change_window_attributes(connection, id, XCB_CW_EVENT_MASK, &mask);
    qGuiApp->installNativeEventFilter(this);
}

CoverWatch::~CoverWatch()
{
    if (qGuiApp)
        qGuiApp->removeNativeEventFilter(this);
}

bool CoverWatch::nativeEventFilter(const QByteArray &type, void *message, qintptr *result)
{
    Q_UNUSED(result)
    if (type != QByteArrayLiteral("xcb_generic_event_t"))
        return false;
    const auto *event = static_cast<xcb_generic_event_t *>(message);
    if ((event->response_type & 0x7f) != XCB_VISIBILITY_NOTIFY)
        return false;
    const auto *visibility = static_cast<xcb_visibility_notify_event_t *>(message);
    if (visibility->window != xcb_window_t(m_window->winId()))
        return false;
    const bool covered = visibility->state != XCB_VISIBILITY_UNOBSCURED;
    if (covered != m_covered) {
        m_covered = covered;
        Q_EMIT coveredChanged(covered);
    }
    return false;
}
