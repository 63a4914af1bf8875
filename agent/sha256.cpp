// SPDX-License-Identifier: Apache-2.0
#include "sha256.h"

void Sha256::addData(QByteArrayView bytes)
{
    sha256_update(&m_context, static_cast<size_t>(bytes.size()),
                  reinterpret_cast<const uint8_t *>(bytes.data()));
}

QByteArray Sha256::takeHex()
{
    QByteArray digest(SHA256_DIGEST_SIZE, Qt::Uninitialized);
    sha256_digest(&m_context, SHA256_DIGEST_SIZE, reinterpret_cast<uint8_t *>(digest.data()));
    return digest.toHex();
}

QByteArray Sha256::hex(QByteArrayView bytes)
{
    Sha256 hash;
    hash.addData(bytes);
    return hash.takeHex();
}
