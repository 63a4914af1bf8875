// SPDX-License-Identifier: Apache-2.0
#include "onetimebody.h"

#include <algorithm>
#include <cstring>

OneTimeBody::OneTimeBody(const QByteArray &data, QObject *parent) : QIODevice(parent), m_data(data)
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 OneTimeBody::readData(char *data, qint64 maximum)
{
    const qint64 size = std::min<qint64>(maximum, m_data.size() - m_position);
    if (size <= 0)
        return -1; // the end
    std::memcpy(data, m_data.constData() + m_position, size_t(size));
    m_position += size;
    return size;
}

qint64 OneTimeBody::writeData(const char * /*data*/, qint64 /*size*/)
{
    return -1;
}
