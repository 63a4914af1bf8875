// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QObject>

// The connection to one device or requester, in the clear or over TLS.
class PeerSocket : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype ReadSize = qsizetype{64} * 1024;

    using QObject::QObject;

    [[nodiscard]] virtual bool isOpen() const = 0; // neither ended nor closed from here
    [[nodiscard]] virtual QHostAddress peerAddress() const = 0;
    [[nodiscard]] virtual quint16 peerPort() const = 0;

    // There is something to read. What is left unread keeps the peer waiting in the end.
    [[nodiscard]] virtual bool hasBytes() const = 0;
    [[nodiscard]] virtual QByteArray read() = 0; // ReadSize bytes at the most

    // At once as far as the peer takes it; the rest follows by itself.
    virtual void write(const QByteArray &data) = 0;
    // Bytes that were written and that the peer has not taken, those inside TLS counted twice at
    // the most.
    [[nodiscard]] virtual qint64 backlog() const = 0;

    virtual void close() = 0; // when all is written
    virtual void abort() = 0; // now

Q_SIGNALS:
    void readyRead(); // again only when more has come, or when not all was read
    void written(); // some of the backlog
    void disconnected(); // once, whoever ended it
};
