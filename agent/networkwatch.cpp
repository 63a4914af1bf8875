// SPDX-License-Identifier: Apache-2.0
#include "networkwatch.h"

#include <QSocketNotifier>

#include <array>
#include <chrono>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace std::chrono_literals;

NetworkWatch::NetworkWatch(QObject *parent) : QObject(parent)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(1s);
    connect(&m_settle, &QTimer::timeout, this, &NetworkWatch::addressAdded);

    m_fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
    if (m_fd < 0 || bind(m_fd, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
        return; // then the back-off alone decides
    auto *notifier = new QSocketNotifier(m_fd, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, &NetworkWatch::handleReadable);
}

NetworkWatch::~NetworkWatch()
{
    if (m_fd >= 0)
        close(m_fd);
}

void NetworkWatch::handleReadable()
{
    alignas(nlmsghdr) std::array<char, 8192> buffer{};
    ssize_t size = 0;
    while ((size = recv(m_fd, buffer.data(), buffer.size(), 0)) > 0) {
        auto left = static_cast<unsigned>(size);
        for (const auto *header = reinterpret_cast<const nlmsghdr *>(buffer.data());
             NLMSG_OK(header, left); header = NLMSG_NEXT(header, left)) {
            if (header->nlmsg_type == RTM_NEWADDR && !m_settle.isActive())
                m_settle.start();
        }
    }
}
