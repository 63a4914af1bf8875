// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deadline.h"
#include "sendoptions.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <QPointer>
#include <QSslConfiguration>
#include <QUrl>

// Speaks HTTP with a Cometa server about one device, one request at a time. A message goes out once
// at most, whatever happens to the connection; redirects are not followed. The server's certificate
// is judged as the agent does it, before the secret is sent.
class SendRequest final : public QObject
{
    Q_OBJECT

public:
    struct Answer
    {
        int status = 0; // HTTP
        QByteArray body;
    };
    static constexpr qint64 MaximumAnswer = qint64{16} * 1024 * 1024; // bytes
    static constexpr std::chrono::seconds ConnectLimit{20}; // until the request is written
    // The longest time-out that a server can be set to, and a bit.
    static constexpr std::chrono::seconds AnswerLimit{3'660};

    explicit SendRequest(const SendOptions &options, QObject *parent = nullptr);

    // False with one line that names a file: TLS cannot be set up.
    [[nodiscard]] bool prepare(QString *errorString);
    [[nodiscard]] bool isBusy() const { return m_reply; }

    void post(const QByteArray &message); // to the device; drops what is under way
    void getEvents(qint64 since); // what the server keeps of the device's events
    void abort(); // neither signal follows

Q_SIGNALS:
    void answered(const SendRequest::Answer &answer); // whatever the HTTP status is
    void failed(const QString &error); // no whole answer; one line that says what to do

private:
    [[nodiscard]] QNetworkRequest request(const QString &tail) const;
    void watch(QNetworkReply *reply);
    void handleEncrypted();
    void handleReadyRead();
    void handleFinished();
    void fail(const QString &error);
    [[nodiscard]] QString explain(QNetworkReply::NetworkError error) const;
    [[nodiscard]] QString explainLoss() const;

    SendOptions m_options;
    QUrl m_base;
    QSslConfiguration m_tls;
    QNetworkAccessManager m_network;
    QPointer<QNetworkReply> m_reply;
    Deadline m_deadline;
    QString m_problem; // why we ended the request ourselves
    bool m_isSent = false;
    bool m_isEncrypted = false;
    bool m_isMessage = false; // a POST
};
