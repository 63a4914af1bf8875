// SPDX-License-Identifier: Apache-2.0
#include "socksproxytalk.h"

#include <QHostAddress>
#include <QtEndian>

namespace {

constexpr char Version = 5;
constexpr char LoginVersion = 1;
constexpr char NoLogin = 0;
constexpr char PasswordLogin = 2;
constexpr char Connect = 1;
constexpr char Ipv4 = 1;
constexpr char Name = 3;
constexpr char Ipv6 = 4;
constexpr qsizetype LongestWord = 255; // bytes of a name or a password

QByteArray bytes(std::initializer_list<char> list)
{
    return {list.begin(), qsizetype(list.size())};
}

QByteArray withLength(const QByteArray &word)
{
    const QByteArray fitting = word.left(LongestWord);
    return char(fitting.size()) + fitting;
}

// Of the reply that begins so; -1 when more of them are needed, 0 when it is none.
qsizetype replySize(const QByteArray &came)
{
    constexpr qsizetype headAndPort = 4 + 2;
    if (came.size() < 5)
        return -1;
    switch (came.at(3)) {
    case Ipv4:
        return headAndPort + 4;
    case Ipv6:
        return headAndPort + 16;
    case Name:
        return headAndPort + 1 + uchar(came.at(4));
    default:
        return 0;
    }
}

} // namespace

SocksProxyTalk::SocksProxyTalk(const Purpose &purpose) : m_purpose(purpose) { }

QByteArray SocksProxyTalk::feed(QByteArrayView came)
{
    if (m_step == Step::Greeting) {
        m_step = Step::Method;
        return m_purpose.user.isEmpty() ? bytes({Version, 1, NoLogin})
                                        : bytes({Version, 2, NoLogin, PasswordLogin});
    }
    QByteArray answer;
    m_came += came;
    if (state() == State::Talking && m_step == Step::Method && m_came.size() >= 2)
        answer += takeMethod();
    if (state() == State::Talking && m_step == Step::Login && m_came.size() >= 2)
        answer += takeLogin();
    if (state() == State::Talking && m_step == Step::Reply)
        takeReply();
    if (state() == State::Talking && m_step == Step::Method && !m_came.isEmpty()
        && m_came.front() != Version)
        fail(Fault::OtherKind);
    return answer;
}

QByteArray SocksProxyTalk::takeMethod()
{
    const char version = m_came.at(0);
    const char method = m_came.at(1);
    m_came.remove(0, 2);
    if (version != Version) {
        fail(Fault::OtherKind);
    } else if (method == NoLogin) {
        m_step = Step::Reply;
        return connectRequest();
    } else if (method == PasswordLogin && !m_purpose.user.isEmpty()) {
        m_step = Step::Login;
        return login();
    } else {
        fail(m_purpose.user.isEmpty() ? Fault::WantsPassword : Fault::OtherLogin);
    }
    return {};
}

QByteArray SocksProxyTalk::takeLogin()
{
    const char status = m_came.at(1);
    m_came.remove(0, 2);
    if (status != 0) {
        fail(Fault::WrongPassword);
        return {};
    }
    m_step = Step::Reply;
    return connectRequest();
}

void SocksProxyTalk::takeReply()
{
    if (m_came.size() >= 2 && m_came.at(0) == Version && m_came.at(1) != 0)
        return refuse(uchar(m_came.at(1))); // some end there
    const qsizetype size = replySize(m_came);
    if (size == 0 || (!m_came.isEmpty() && m_came.at(0) != Version))
        return fail(Fault::OtherKind);
    if (size < 0 || m_came.size() < size)
        return;
    if (m_came.size() > size)
        fail(Fault::OwnPage);
    else
        open();
}

QByteArray SocksProxyTalk::login() const
{
    return LoginVersion + withLength(m_purpose.user.toUtf8())
        + withLength(m_purpose.password.toUtf8());
}

QByteArray SocksProxyTalk::connectRequest() const
{
    QByteArray request = bytes({Version, Connect, 0});
    const QHostAddress address(m_purpose.host);
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        const quint32 v4 = qToBigEndian(address.toIPv4Address());
        request += Ipv4 + QByteArray(reinterpret_cast<const char *>(&v4), sizeof v4);
    } else if (address.protocol() == QAbstractSocket::IPv6Protocol) {
        const Q_IPV6ADDR v6 = address.toIPv6Address();
        request += Ipv6 + QByteArray(reinterpret_cast<const char *>(&v6), sizeof v6);
    } else {
        request += Name + withLength(m_purpose.host.toLatin1());
    }
    return request + char(m_purpose.port >> 8) + char(m_purpose.port & 0xFF);
}

// RFC 1928, 6
void SocksProxyTalk::refuse(uchar code)
{
    switch (code) {
    case 2:
        return fail(Fault::Forbidden, "SOCKS 2");
    case 3: // no way to the network
    case 4: // none to the host
    case 5: // refused
    case 6: // too late
        return fail(Fault::Unreachable, "SOCKS " + QByteArray::number(code));
    default:
        return fail(Fault::Refused, "SOCKS " + QByteArray::number(code));
    }
}
