// SPDX-License-Identifier: Apache-2.0
#include "httpproxytalk.h"

#include <algorithm>

HttpProxyTalk::HttpProxyTalk(const Purpose &purpose) : m_purpose(purpose) { }

QByteArray HttpProxyTalk::feed(QByteArrayView bytes)
{
    if (!m_hasAsked) {
        m_hasAsked = true;
        return request();
    }
    if (state() != State::Talking)
        return {};
    const qsizetype taken = m_head.feed(bytes);
    if (m_head.error() != ResponseHead::Error::None)
        fail(Fault::OtherKind);
    else if (m_head.isComplete())
        handleHead(taken < bytes.size());
    return {};
}

QByteArray HttpProxyTalk::request() const
{
    const QByteArray name = m_purpose.host.toLatin1();
    const QByteArray place =
        (name.contains(':') ? '[' + name + ']' : name) + ':' + QByteArray::number(m_purpose.port);
    QByteArray request = "CONNECT " + place + " HTTP/1.1\r\nHost: " + place + "\r\n";
    if (!m_purpose.user.isEmpty()) {
        const QByteArray login = m_purpose.user.toUtf8() + ':' + m_purpose.password.toUtf8();
        request += "Proxy-Authorization: Basic " + login.toBase64() + "\r\n";
    }
    return request + "\r\n";
}

void HttpProxyTalk::handleHead(bool hasMore)
{
    const int status = m_head.statusCode();
    if (status < 200 || status > 299)
        return handleRefusal();
    // RFC 9110 has such fields ignored. But who sends them sends a page, not the server's words.
    const bool hasPage = m_head.body() == ResponseHead::Body::Chunked || m_head.contentLength() > 0
        || m_head.body() == ResponseHead::Body::Invalid;
    if (hasMore || hasPage)
        fail(Fault::OwnPage);
    else
        open();
}

void HttpProxyTalk::handleRefusal()
{
    const int status = m_head.statusCode();
    const QByteArray words = QByteArray::number(status) + ' ' + m_head.reason();
    if (status < 400)
        return fail(Fault::OwnPage, words);
    if (status == 407) {
        if (!offersBasic())
            return fail(Fault::OtherLogin, words);
        return fail(m_purpose.user.isEmpty() ? Fault::WantsPassword : Fault::WrongPassword, words);
    }
    if (status == 401 || status == 403 || status == 405)
        return fail(Fault::Forbidden, words);
    fail(status == 404 || status >= 502 ? Fault::Unreachable : Fault::Refused, words);
}

// Where nothing is said of it, it may be.
bool HttpProxyTalk::offersBasic() const
{
    bool isSaid = false;
    const QList<ResponseHead::Field> fields = m_head.fields();
    for (const ResponseHead::Field &field : fields) {
        if (field.name.compare("proxy-authenticate", Qt::CaseInsensitive) != 0)
            continue;
        isSaid = true;
        const QList<QByteArray> schemes = field.value.toLower().split(',');
        if (std::any_of(schemes.begin(), schemes.end(), [](const QByteArray &scheme) {
                const QByteArray word = scheme.trimmed();
                return word == "basic" || word.startsWith("basic ");
            }))
            return true;
    }
    return !isSaid;
}
