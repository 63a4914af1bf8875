// SPDX-License-Identifier: Apache-2.0
#include "webhook.h"

#include "eventlog.h"
#include "onetimebody.h"
#include "serverlog.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QNetworkReply>
#include <QSslConfiguration>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 LongestAnswer = 64 * 1024; // bytes; nobody reads them

bool isTemporary(int status)
{
    return status == 408 || status == 429 || status >= 500;
}

QNetworkRequest requestTo(const WebhookTarget &target)
{
    QNetworkRequest request(target.url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setHeader(QNetworkRequest::UserAgentHeader,
                      "cometa-server/"_L1 + QStringLiteral(COMETA_VERSION));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setTransferTimeout(
        static_cast<int>(std::chrono::milliseconds(Webhook::TransferTime).count()));
    if (!target.fieldName.isEmpty())
        request.setRawHeader(target.fieldName, target.fieldValue);
    if (target.url.scheme() == "https"_L1) {
        // Named, so that Qt looks for no more of them on the way.
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setCaCertificates(QSslConfiguration::systemCaCertificates());
        request.setSslConfiguration(tls);
    }
    return request;
}

} // namespace

Webhook::Webhook(const QString &name, std::chrono::milliseconds firstWait, QObject *parent)
    : QObject(parent), m_name(name), m_firstWait(firstWait), m_wait(firstWait)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &Webhook::sendNext);
}

Webhook::~Webhook()
{
    if (m_reply)
        m_reply->disconnect(this);
}

QByteArray Webhook::body(const QString &application, const QString &device, const QByteArray &event)
{
    QJsonObject object = EventLog::shown(event);
    object[u"app_id"_s] = application;
    object[u"device_id"_s] = device;
    object[u"time"_s] = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

void Webhook::setTarget(const WebhookTarget &target)
{
    if (m_target == target)
        return;
    m_target = target;
    m_wait = m_firstWait;
    if (m_retry.isActive())
        m_retry.start(0);
}

void Webhook::post(const QByteArray &json)
{
    m_queue.append(json);
    m_bytes += json.size();
    while (m_queue.size() > MaximumEvents || (m_bytes > MaximumBytes && m_queue.size() > 1)) {
        const qsizetype oldest = m_reply ? 1 : 0; // of the first one the answer may be on its way
        if (m_queue.size() <= oldest + 1)
            break;
        m_bytes -= m_queue.takeAt(oldest).size();
        ++m_dropped;
    }
    sendNext();
}

void Webhook::sendNext()
{
    if (m_reply || m_retry.isActive() || m_queue.isEmpty() || m_target.url.isEmpty())
        return;
    QNetworkRequest request = requestTo(m_target);
    request.setHeader(QNetworkRequest::ContentLengthHeader, m_queue.first().size());
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    auto *body = new OneTimeBody(m_queue.first()); // or Qt would post it again on its own
    m_reply = m_network.post(request, body);
    body->setParent(m_reply);
    m_reply->setReadBufferSize(LongestAnswer);
    connect(m_reply, &QNetworkReply::readyRead, this, &Webhook::discardAnswer);
    connect(m_reply, &QNetworkReply::finished, this, &Webhook::handleFinished);
}

void Webhook::discardAnswer()
{
    const qint64 soFar = m_reply->property("discarded").toLongLong() + m_reply->readAll().size();
    m_reply->setProperty("discarded", soFar);
    if (soFar > LongestAnswer)
        m_reply->abort(); // its status is known
}

void Webhook::handleFinished()
{
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    reply->deleteLater();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0)
        return retry(reply->errorString());
    if (isTemporary(status))
        return retry(u"it answered %1"_s.arg(status));
    if (status >= 200 && status <= 299) {
        ++m_delivered;
        if (std::exchange(m_wait, m_firstWait) != m_firstWait)
            qCWarning(lcServer).noquote() << "webhook of" << m_name << "takes events again;"
                                          << waiting() - 1 << "wait," << m_dropped << "dropped";
    } else {
        ++m_failures;
        ++m_dropped;
        qCWarning(lcServer).noquote()
            << "webhook of" << m_name << "refused an event with" << status;
    }
    removeFirst();
    sendNext();
}

void Webhook::retry(const QString &reason)
{
    ++m_failures;
    qCWarning(lcServer).noquote() << "webhook of" << m_name << "failed:" << reason
                                  << "- next try in" << m_wait.count() << "ms;" << waiting()
                                  << "wait," << m_dropped << "dropped";
    m_retry.start(m_wait);
    m_wait = std::min<std::chrono::milliseconds>(2 * m_wait, LongestWait);
}

void Webhook::removeFirst()
{
    m_bytes -= m_queue.takeFirst().size();
}
