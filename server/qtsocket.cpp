// SPDX-License-Identifier: Apache-2.0
#include "qtsocket.h"

#include <QSslSocket>

QtSocket::QtSocket(QTcpSocket *socket, QObject *parent) : PeerSocket(parent), m_socket(socket)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(ReadSize);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket, &QTcpSocket::readyRead, this, &QtSocket::readyRead);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &QtSocket::written);
    connect(m_socket, &QTcpSocket::disconnected, this, &QtSocket::disconnected);
    if (auto *tls = qobject_cast<QSslSocket *>(m_socket))
        connect(tls, &QSslSocket::encryptedBytesWritten, this, &QtSocket::written);
}

QtSocket::~QtSocket()
{
    m_socket->disconnect(this);
}

bool QtSocket::isOpen() const
{
    return m_socket->state() == QAbstractSocket::ConnectedState;
}

QHostAddress QtSocket::peerAddress() const
{
    return m_socket->peerAddress();
}

quint16 QtSocket::peerPort() const
{
    return m_socket->peerPort();
}

bool QtSocket::hasBytes() const
{
    return m_socket->bytesAvailable() > 0;
}

QByteArray QtSocket::read()
{
    return m_socket->read(ReadSize);
}

void QtSocket::write(const QByteArray &data)
{
    m_socket->write(data);
    m_socket->flush();
}

qint64 QtSocket::backlog() const
{
    const auto *tls = qobject_cast<const QSslSocket *>(m_socket);
    return m_socket->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}

void QtSocket::close()
{
    m_socket->disconnectFromHost();
}

void QtSocket::abort()
{
    m_socket->abort();
}
