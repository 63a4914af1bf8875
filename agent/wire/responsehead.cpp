// SPDX-License-Identifier: Apache-2.0
#include "responsehead.h"

#include "httpgrammar.h"

#include <algorithm>

namespace {

constexpr qsizetype MaximumHead = qsizetype{16} * 1024;
constexpr qsizetype MaximumLine = qsizetype{8} * 1024;
constexpr qsizetype MaximumFields = 100;
constexpr int MaximumInterim = 5;
constexpr qsizetype MaximumLengthDigits = 18; // fits into qint64

// What a status line looks like up to its reason: 'd' stands for any digit. That
// of a proxy may have another digit behind the point.
constexpr QByteArrayView StatusLinePattern = "HTTP/1.1 ddd ";
constexpr QByteArrayView ProxyStatusLinePattern = "HTTP/1.d ddd ";

// The number, or -1 when it is none.
qint64 lengthFrom(QByteArrayView value)
{
    if (value.isEmpty() || value.size() > MaximumLengthDigits
        || !std::all_of(value.begin(), value.end(), HttpGrammar::isDigit))
        return -1;
    qint64 length = 0;
    for (const char digit : value)
        length = length * 10 + (digit - '0');
    return length;
}

} // namespace

ResponseHead::ResponseHead(Version version) : m_version(version), m_line(MaximumLine) { }

qsizetype ResponseHead::feed(QByteArrayView bytes)
{
    qsizetype taken = 0;
    while (taken < bytes.size() && !m_isComplete && m_error == Error::None)
        takeByte(bytes.at(taken++));
    return taken;
}

void ResponseHead::takeByte(char c)
{
    if (++m_size > MaximumHead) {
        m_error = Error::HeadTooLong;
        return;
    }
    switch (m_line.take(c)) {
    case LineReader::Result::Incomplete:
        // At the first byte that is wrong, since what is no HTTP may never send a line end.
        if (!m_hasStatusLine && !isStatusLineSoFar())
            m_error = Error::BadStatusLine;
        return;
    case LineReader::Result::Line:
        return takeLine(m_line.line());
    case LineReader::Result::BareEnd:
        m_error = Error::BadLineEnd;
        return;
    case LineReader::Result::BadByte:
        m_error = m_hasStatusLine ? Error::BadField : Error::BadStatusLine;
        return;
    case LineReader::Result::TooLong:
        m_error = Error::LineTooLong;
        return;
    }
}

bool ResponseHead::isStatusLineSoFar() const
{
    const QByteArray &line = m_line.line();
    const qsizetype size = std::min(line.size(), StatusLinePattern.size());
    const QByteArrayView wanted =
        m_version == Version::Http11 ? StatusLinePattern : ProxyStatusLinePattern;
    return std::equal(line.begin(), line.begin() + size, wanted.begin(), [](char c, char pattern) {
        return pattern == 'd' ? HttpGrammar::isDigit(c) : c == pattern;
    });
}

void ResponseHead::takeLine(const QByteArray &line)
{
    if (!m_hasStatusLine)
        return takeStatusLine(line);
    if (line.isEmpty())
        return endHead();
    const std::optional<Field> field = FieldLine::parse(line);
    if (!field) {
        m_error = Error::BadField;
        return;
    }
    if (m_fields.size() == MaximumFields) {
        m_error = Error::TooManyFields;
        return;
    }
    m_fields.append(*field);
}

void ResponseHead::takeStatusLine(const QByteArray &line)
{
    constexpr qsizetype codeAt = 9;
    constexpr qsizetype codeDigits = 3;
    // Byte by byte it has been compared already; here it may be too short.
    if (line.size() < StatusLinePattern.size()) {
        m_error = Error::BadStatusLine;
        return;
    }
    m_hasStatusLine = true;
    m_statusCode = static_cast<int>(lengthFrom(QByteArrayView(line).sliced(codeAt, codeDigits)));
    m_reason = line.sliced(StatusLinePattern.size());
    if (m_statusCode < 100 || m_statusCode > 599)
        m_error = Error::BadStatusLine;
    else if (m_statusCode == 101)
        m_error = Error::SwitchingProtocols;
    else if (m_statusCode < 200 && m_interim == MaximumInterim)
        m_error = Error::TooManyInterim;
}

void ResponseHead::endHead()
{
    if (m_statusCode >= 200) {
        m_isComplete = true;
        return;
    }
    ++m_interim;
    m_hasStatusLine = false;
    m_size = 0;
    m_fields.clear();
}

QList<QByteArray> ResponseHead::values(QByteArrayView name) const
{
    QList<QByteArray> found;
    for (const Field &field : m_fields) {
        if (name.compare(field.name, Qt::CaseInsensitive) == 0)
            found.append(field.value);
    }
    return found;
}

QByteArray ResponseHead::value(QByteArrayView name) const
{
    return values(name).value(0);
}

ResponseHead::Body ResponseHead::body() const
{
    const QList<QByteArray> codings = values("transfer-encoding");
    const QList<QByteArray> lengths = values("content-length");
    const QList<QByteArray> contents = values("content-encoding");
    const bool isIdentity = std::all_of(contents.begin(), contents.end(), [](const QByteArray &c) {
        return c.compare("identity", Qt::CaseInsensitive) == 0;
    });
    if (!isIdentity || (!codings.isEmpty() && !lengths.isEmpty()))
        return Body::Invalid;
    if (!codings.isEmpty()) {
        const bool isChunked = codings.size() == 1
            && codings.constFirst().compare("chunked", Qt::CaseInsensitive) == 0;
        if (!isChunked)
            return Body::Invalid;
    }
    if (!lengths.isEmpty()) {
        const bool isOneNumber = lengths.count(lengths.constFirst()) == lengths.size()
            && lengthFrom(lengths.constFirst()) >= 0;
        if (!isOneNumber)
            return Body::Invalid;
    }
    if (m_statusCode == 204 || m_statusCode == 304)
        return Body::None;
    if (!codings.isEmpty())
        return Body::Chunked;
    return lengths.isEmpty() ? Body::UntilClose : Body::Length;
}

qint64 ResponseHead::contentLength() const
{
    return body() == Body::Length ? lengthFrom(value("content-length")) : -1;
}

QString ResponseHead::errorString() const
{
    switch (m_error) {
    case Error::None:
        return {};
    case Error::BadStatusLine:
        return tr("The server did not answer in HTTP/1.1.");
    case Error::BadField:
        return tr("The server sent a malformed header field.");
    case Error::BadLineEnd:
        return tr("The server ended a line of its header with something other than CR LF.");
    case Error::LineTooLong:
        return tr("The server sent a header line longer than %1 bytes.").arg(MaximumLine);
    case Error::HeadTooLong:
        return tr("The server sent a header longer than %1 bytes.").arg(MaximumHead);
    case Error::TooManyFields:
        return tr("The server sent more than %1 header fields.").arg(MaximumFields);
    case Error::TooManyInterim:
        return tr("The server sent more than %1 interim answers.").arg(MaximumInterim);
    case Error::SwitchingProtocols:
        return tr("The server wants to switch to another protocol; it may not be a Cometa server.");
    }
    return {};
}
