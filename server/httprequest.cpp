// SPDX-License-Identifier: Apache-2.0
#include "httprequest.h"

#include <algorithm>

namespace {

bool isTokenCharacter(char c)
{
    const bool isAlphanumeric =
        (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return isAlphanumeric || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

bool isVisible(char c)
{
    return c > ' ' && c < 0x7f;
}

bool isFieldCharacter(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return c == '\t' || (byte >= ' ' && byte != 0x7f);
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

QByteArrayView withoutBlanks(QByteArrayView text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text;
}

bool isEqualIgnoringCase(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

bool hasListItem(const QByteArray &list, QByteArrayView item)
{
    const QList<QByteArray> items = list.split(',');
    return std::any_of(items.begin(), items.end(), [item](const QByteArray &candidate) {
        return isEqualIgnoringCase(withoutBlanks(candidate), item);
    });
}

} // namespace

HttpRequest::HttpRequest() : m_decoder(ChunkDecoder::ZeroChunk::EndsStream) { }

qsizetype HttpRequest::feed(QByteArrayView bytes)
{
    if (m_state == State::Head)
        return feedHead(bytes);
    if (m_state == State::Body)
        return m_isChunked ? feedChunks(bytes) : feedBody(bytes);
    return 0;
}

QByteArrayView HttpRequest::query() const
{
    const qsizetype mark = m_target.indexOf('?');
    return mark < 0 ? QByteArrayView() : QByteArrayView(m_target).sliced(mark + 1);
}

QByteArrayView HttpRequest::path() const
{
    const qsizetype query = m_target.indexOf('?');
    return QByteArrayView(m_target).first(query < 0 ? m_target.size() : query);
}

QByteArray HttpRequest::value(QByteArrayView name) const
{
    const auto it = std::find_if(m_fields.begin(), m_fields.end(),
                                 [name](const Field &field) { return field.name == name; });
    return it == m_fields.end() ? QByteArray() : it->value;
}

qsizetype HttpRequest::count(QByteArrayView name) const
{
    return std::count_if(m_fields.begin(), m_fields.end(),
                         [name](const Field &field) { return field.name == name; });
}

bool HttpRequest::expectsContinue() const
{
    return !m_http10 && count("expect") > 0;
}

bool HttpRequest::keepsAlive() const
{
    return !m_http10 && std::none_of(m_fields.begin(), m_fields.end(), [](const Field &field) {
        return field.name == "connection" && hasListItem(field.value, "close");
    });
}

qsizetype HttpRequest::feedHead(QByteArrayView bytes)
{
    qsizetype taken = 0;
    while (m_state == State::Head && taken < bytes.size()) {
        const QByteArrayView rest = bytes.sliced(taken);
        const qsizetype lineFeed = rest.indexOf('\n');
        const QByteArrayView piece = lineFeed < 0 ? rest : rest.first(lineFeed + 1);
        taken += piece.size();
        m_headSize += piece.size();
        if (m_headSize > MaximumHead) {
            refuse(431);
            break;
        }
        m_line.append(piece);
        if (lineFeed < 0)
            break;
        if (m_line.endsWith("\r\n"))
            takeLine(QByteArrayView(m_line).chopped(2));
        else
            refuse(400);
        m_line.clear();
    }
    return taken;
}

void HttpRequest::takeLine(QByteArrayView line)
{
    if (!std::all_of(line.begin(), line.end(), isFieldCharacter))
        refuse(400);
    else if (m_method.isEmpty())
        takeRequestLine(line);
    else if (line.isEmpty())
        finishHead();
    else
        takeField(line);
}

void HttpRequest::takeRequestLine(QByteArrayView line)
{
    // RFC 9112 section 2.2: an empty line ahead of the request is forgiven, once.
    if (line.isEmpty() && m_headSize == 2)
        return;
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first < 1 || last <= first + 1)
        return refuse(400);
    const QByteArrayView method = line.first(first);
    const QByteArrayView target = line.sliced(first + 1, last - first - 1);
    const QByteArrayView version = line.sliced(last + 1);
    const bool isOrigin = target.startsWith('/')
        && std::all_of(target.begin(), target.end(), isVisible) && !target.contains('#');
    const bool isVersion = version.size() == 8 && version.startsWith("HTTP/") && isDigit(version[5])
        && version[6] == '.' && isDigit(version[7]);
    if (!isToken(method) || method.size() > 32 || !isOrigin || !isVersion)
        return refuse(400);
    if (version[5] != '1')
        return refuse(505);
    m_http10 = version[7] == '0';
    m_method = method.toByteArray();
    m_target = target.toByteArray();
}

void HttpRequest::takeField(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    if (colon < 1 || !isToken(line.first(colon)))
        return refuse(400);
    if (m_fields.size() == MaximumFields)
        return refuse(431);
    m_fields.append({line.first(colon).toByteArray().toLower(),
                     withoutBlanks(line.sliced(colon + 1)).toByteArray()});
}

void HttpRequest::finishHead()
{
    const qsizetype hosts = count("host");
    if (hosts > 1 || (hosts == 0 && !m_http10))
        return refuse(400);
    if (count("expect") > 1
        || (count("expect") == 1 && !isEqualIgnoringCase(value("expect"), "100-continue")))
        return refuse(417);
    chooseBody();
}

void HttpRequest::chooseBody()
{
    const qsizetype lengths = count("content-length");
    const qsizetype codings = count("transfer-encoding");
    if (lengths + codings > 1 || (codings > 0 && m_http10))
        return refuse(400);
    if (lengths == 1)
        return takeLength(value("content-length"));
    if (codings == 0) {
        m_state = State::Complete;
        return;
    }
    if (!isEqualIgnoringCase(value("transfer-encoding"), "chunked"))
        return refuse(hasListItem(value("transfer-encoding"), "chunked") ? 400 : 501);
    m_isChunked = true;
    m_state = State::Body;
}

void HttpRequest::takeLength(const QByteArray &value)
{
    if (value.isEmpty() || !std::all_of(value.begin(), value.end(), isDigit))
        return refuse(400);
    bool fits = false;
    const qlonglong length = value.toLongLong(&fits);
    if (!fits || length > MaximumBody)
        return refuse(413);
    m_missing = length;
    m_state = length > 0 ? State::Body : State::Complete;
}

qsizetype HttpRequest::feedBody(QByteArrayView bytes)
{
    const qsizetype taken = std::min(m_missing, bytes.size());
    m_body.append(bytes.first(taken));
    m_missing -= taken;
    if (m_missing == 0)
        m_state = State::Complete;
    return taken;
}

qsizetype HttpRequest::feedChunks(QByteArrayView bytes)
{
    // The decoder does not tell how many bytes it took, but the end always lies behind a line feed.
    qsizetype taken = 0;
    while (m_state == State::Body && taken < bytes.size()) {
        const QByteArrayView rest = bytes.sliced(taken);
        const qsizetype lineFeed = rest.indexOf('\n');
        const QByteArrayView piece = lineFeed < 0 ? rest : rest.first(lineFeed + 1);
        taken += piece.size();
        m_codedSize += piece.size();
        for (const QByteArray &chunk : m_decoder.feed(piece))
            m_body.append(chunk);
        if (m_decoder.error() == ChunkDecoder::Error::TooLarge || m_body.size() > MaximumBody
            || m_codedSize > MaximumCodedBody)
            refuse(413);
        else if (m_decoder.error() != ChunkDecoder::Error::None)
            refuse(400);
        else if (m_decoder.hasEnded())
            m_state = State::Complete;
    }
    return taken;
}

void HttpRequest::refuse(int status)
{
    m_state = State::Refused;
    m_errorStatus = status;
    m_body.clear();
}
