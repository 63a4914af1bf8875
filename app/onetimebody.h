// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QIODevice>

// The body of an HTTP request that can be read once. QNetworkAccessManager repeats a request when
// the connection ends before the answer; a command could run twice that way. It cannot repeat what
// it cannot read again, and fails with ContentReSendError instead.
class OneTimeBody final : public QIODevice
{
    Q_OBJECT

public:
    explicit OneTimeBody(const QByteArray &data, QObject *parent = nullptr);

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool atEnd() const override { return m_position == m_data.size(); }
    [[nodiscard]] qint64 bytesAvailable() const override { return m_data.size() - m_position; }
    bool reset() override { return false; }

protected:
    qint64 readData(char *data, qint64 maximum) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    QByteArray m_data;
    qint64 m_position = 0;
};
