// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proxytalk.h"
#include "responsehead.h"

// CONNECT (RFC 9110, 9.3.6), with the Basic scheme where there is a user name.
class HttpProxyTalk final : public ProxyTalk
{
public:
    explicit HttpProxyTalk(const Purpose &purpose);

    [[nodiscard]] QByteArray feed(QByteArrayView bytes) override;

private:
    [[nodiscard]] QByteArray request() const;
    void handleHead(bool hasMore);
    void handleRefusal();
    [[nodiscard]] bool offersBasic() const;

    Purpose m_purpose;
    ResponseHead m_head{ResponseHead::Version::Http1x};
    bool m_hasAsked = false;
};
