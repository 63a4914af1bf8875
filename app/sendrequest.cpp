// SPDX-License-Identifier: Apache-2.0
#include "sendrequest.h"

#include "hostname.h"
#include "onetimebody.h"
#include "tlssetup.h"

#include <QNetworkProxy>
#include <QNetworkRequest>

using namespace Qt::StringLiterals;

SendRequest::SendRequest(const SendOptions &options, QObject *parent)
    : QObject(parent), m_options(options)
{
    m_base.setScheme(options.tls.enabled ? u"https"_s : u"http"_s);
    m_base.setHost(options.host);
    m_base.setPort(options.port);
    m_network.setProxy(QNetworkProxy::NoProxy);
    connect(&m_deadline, &Deadline::expired, this, [this] {
        fail(m_isSent ? u"no answer came from %1 port %2"_s.arg(m_options.host).arg(m_options.port)
                      : u"%1 port %2 does not answer: check server, port and firewall"_s
                            .arg(m_options.host)
                            .arg(m_options.port));
    });
}

bool SendRequest::prepare(QString *errorString)
{
    if (!m_options.tls.enabled)
        return true;
    const auto configuration = TlsSetup::configuration(m_options.tls, errorString);
    if (configuration)
        m_tls = *configuration;
    return configuration.has_value();
}

QNetworkRequest SendRequest::request(const QString &tail) const
{
    QUrl url = m_base;
    url.setPath("/v1/applications/"_L1 + m_options.application + "/devices/"_L1 + m_options.device
                + tail);
    QNetworkRequest request(url);
    request.setRawHeader("Host", hostField(m_options.host, m_options.port));
    request.setRawHeader("Authorization", "OAuth " + m_options.secret);
    request.setRawHeader("Accept-Encoding", "identity");
    request.setRawHeader("User-Agent", "cometactl/" COMETA_VERSION);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    if (m_options.tls.enabled) {
        request.setSslConfiguration(m_tls);
        request.setPeerVerifyName(m_options.host);
    }
    return request;
}

void SendRequest::post(const QByteArray &message)
{
    abort();
    m_isMessage = true;
    QNetworkRequest head = request(u"/send"_s);
    head.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    head.setHeader(QNetworkRequest::ContentLengthHeader, message.size());
    head.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    auto *body = new OneTimeBody(message);
    QNetworkReply *reply = m_network.post(head, body);
    body->setParent(reply);
    watch(reply);
}

void SendRequest::getEvents(qint64 since)
{
    abort();
    m_isMessage = false;
    QNetworkRequest head = request(u"/events"_s);
    QUrl url = head.url();
    url.setQuery(u"since=%1&limit=100"_s.arg(since));
    head.setUrl(url);
    watch(m_network.get(head));
}

void SendRequest::watch(QNetworkReply *reply)
{
    m_reply = reply;
    m_isSent = false;
    m_isEncrypted = false;
    m_problem.clear();
    m_deadline.start(ConnectLimit);
    connect(reply, &QNetworkReply::requestSent, this, [this] {
        m_isSent = true;
        m_deadline.start(AnswerLimit);
    });
    // Direct: nothing has been sent yet, and nothing will be while the slot runs.
    connect(reply, &QNetworkReply::encrypted, this, &SendRequest::handleEncrypted);
    connect(reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        m_problem = TlsSetup::explain(errors, m_options.host);
    });
    connect(reply, &QNetworkReply::readyRead, this, &SendRequest::handleReadyRead);
    connect(reply, &QNetworkReply::finished, this, &SendRequest::handleFinished);
}

void SendRequest::abort()
{
    m_deadline.stop();
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
    m_reply.clear();
}

void SendRequest::fail(const QString &error)
{
    abort();
    Q_EMIT failed(error);
}

void SendRequest::handleEncrypted()
{
    m_isEncrypted = true;
    const QSslCertificate certificate = m_reply->sslConfiguration().peerCertificate();
    const QString problem = TlsSetup::peerProblem(certificate, m_options.host, m_options.tls.pin);
    if (!problem.isEmpty())
        fail(problem);
}

void SendRequest::handleReadyRead()
{
    if (m_reply->bytesAvailable() > MaximumAnswer)
        fail(u"the answer of %1 port %2 is longer than any that is meant"_s.arg(m_options.host)
                 .arg(m_options.port));
}

void SendRequest::handleFinished()
{
    const QNetworkReply::NetworkError error = m_reply->error();
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    // From 201 on it is what the answer says, with two exceptions; and a body that cannot be sent
    // again is no fault where it is not to be.
    const bool isRedirect = status >= 300 && status < 400;
    const bool isWhole = error == QNetworkReply::NoError
        || (error >= QNetworkReply::ContentAccessDenied
            && (error != QNetworkReply::ContentReSendError || isRedirect)
            && error != QNetworkReply::ProtocolFailure);
    if (status == 0 || !isWhole)
        return fail(explain(error));
    const Answer answer{status, m_reply->readAll()};
    abort();
    Q_EMIT answered(answer);
}

QString SendRequest::explain(QNetworkReply::NetworkError error) const
{
    const QString place = u"%1 port %2"_s.arg(m_options.host).arg(m_options.port);
    if (!m_problem.isEmpty())
        return m_problem;
    if (m_isSent)
        return explainLoss();
    if (error == QNetworkReply::ConnectionRefusedError)
        return u"%1 refuses the connection: check --server and --port, and whether it runs"_s.arg(
            place);
    if (error == QNetworkReply::HostNotFoundError)
        return u"there is no server %1: check --server"_s.arg(m_options.host);
    if (error == QNetworkReply::SslHandshakeFailedError
        || (m_options.tls.enabled && error == QNetworkReply::RemoteHostClosedError))
        return u"no encrypted link to %1: check the port, and whether that server uses TLS"_s.arg(
            place);
    return u"%1 cannot be reached: %2"_s.arg(place, m_reply->errorString());
}

QString SendRequest::explainLoss() const
{
    const QString place = u"%1 port %2"_s.arg(m_options.host).arg(m_options.port);
    if (!m_isMessage)
        return u"the connection to %1 ended before the answer came"_s.arg(place);
    return u"the connection to %1 ended before the answer came: the command may have run, so "
           "look before you send it again (and check --tls)"_s.arg(place);
}
