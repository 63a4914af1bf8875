// SPDX-License-Identifier: Apache-2.0
// bench_trayhost: a tray after the XEmbed way that says when icons come. It prints "ready" once it
// is the tray of screen 0, and for each icon the moment that it is docked, in ns of
// CLOCK_MONOTONIC.

#include <xcb/xcb.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace {

struct Free
{
    void operator()(void *memory) const { std::free(memory); }
};

xcb_atom_t atom(xcb_connection_t *display, const char *name)
{
    const xcb_intern_atom_cookie_t cookie =
        xcb_intern_atom(display, 0, uint16_t(std::strlen(name)), name);
    const std::unique_ptr<xcb_intern_atom_reply_t, Free> reply(
        xcb_intern_atom_reply(display, cookie, nullptr));
    return reply ? reply->atom : 0;
}

void say(const char *what, long long number)
{
    std::printf("%s %lld\n", what, number);
    std::fflush(stdout);
}

long long now()
{
    return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// As a panel does: the window becomes a child of the tray's, and is shown.
void dock(xcb_connection_t *display, xcb_window_t tray, xcb_window_t icon)
{
    xcb_reparent_window(display, icon, tray, 0, 0);
    const uint32_t size[] = {22, 22};
    xcb_configure_window(display, icon, XCB_CONFIG_WINDOW_WIDTH | XCB_CONFIG_WINDOW_HEIGHT, size);
    xcb_map_window(display, icon);
    xcb_flush(display);
}

// Tells those that already wait for a tray.
void announce(xcb_connection_t *display, xcb_window_t root, xcb_window_t tray, xcb_atom_t selection)
{
    xcb_client_message_event_t event{};
    event.response_type = XCB_CLIENT_MESSAGE;
    event.format = 32;
    event.window = root;
    event.type = atom(display, "MANAGER");
    event.data.data32[0] = XCB_CURRENT_TIME;
    event.data.data32[1] = selection;
    event.data.data32[2] = tray;
    char bytes[32]{};
    std::memcpy(bytes, &event, std::min(sizeof bytes, sizeof event));
    xcb_send_event(display, 0, root, XCB_EVENT_MASK_STRUCTURE_NOTIFY, bytes);
    xcb_flush(display);
}

xcb_window_t makeTray(xcb_connection_t *display, const xcb_screen_t *screen)
{
    const xcb_window_t tray = xcb_generate_id(display);
    xcb_create_window(display, XCB_COPY_FROM_PARENT, tray, screen->root, 0, 0, 200, 24, 0,
                      XCB_WINDOW_CLASS_INPUT_OUTPUT, XCB_COPY_FROM_PARENT, 0, nullptr);
    xcb_map_window(display, tray);
    const xcb_atom_t selection = atom(display, "_NET_SYSTEM_TRAY_S0");
    xcb_set_selection_owner(display, tray, selection, XCB_CURRENT_TIME);
    announce(display, screen->root, tray, selection);
    return tray;
}

} // namespace

int main()
{
    xcb_connection_t *display = xcb_connect(nullptr, nullptr);
    if (xcb_connection_has_error(display) != 0)
        return 1;
    const xcb_window_t tray =
        makeTray(display, xcb_setup_roots_iterator(xcb_get_setup(display)).data);
    const xcb_atom_t opcode = atom(display, "_NET_SYSTEM_TRAY_OPCODE");
    say("ready", 0);
    while (auto *waited = xcb_wait_for_event(display)) {
        const std::unique_ptr<xcb_generic_event_t, Free> event(waited);
        if ((event->response_type & 0x7f) != XCB_CLIENT_MESSAGE)
            continue;
        xcb_client_message_event_t message{};
        std::memcpy(&message, event.get(), sizeof message);
        if (message.type != opcode || message.data.data32[1] != 0)
            continue;
        say("docked", now());
        dock(display, tray, message.data.data32[2]);
    }
    return 0;
}
