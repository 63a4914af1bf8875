// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proxytalk.h"

// SOCKS 5 (RFC 1928), with user name and password (RFC 1929) where they are given.
class SocksProxyTalk final : public ProxyTalk
{
public:
    explicit SocksProxyTalk(const Purpose &purpose);

    [[nodiscard]] QByteArray feed(QByteArrayView came) override;

private:
    enum class Step { Greeting, Method, Login, Reply };

    [[nodiscard]] QByteArray takeMethod();
    [[nodiscard]] QByteArray takeLogin();
    void takeReply();
    [[nodiscard]] QByteArray login() const;
    [[nodiscard]] QByteArray connectRequest() const;
    void refuse(uchar code);

    Purpose m_purpose;
    Step m_step = Step::Greeting;
    QByteArray m_came;
};
