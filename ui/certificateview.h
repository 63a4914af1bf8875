// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QWidget>

class QFormLayout;
class QPushButton;
class QSslCertificate;

// Whom a certificate names and until when, and its key, which the owner can pin.
class CertificateView final : public QWidget
{
    Q_OBJECT

public:
    explicit CertificateView(const QSslCertificate &certificate, QWidget *parent = nullptr);

    // Only for a certificate that was found good; pinned: it is already.
    void offerPin(bool pinned);

Q_SIGNALS:
    void pinClicked(const QString &pin); // 64 hex digits

private:
    void addRow(const QString &title, const QString &text, const QString &name);

    QString m_pin;
    QFormLayout *m_form;
    QPushButton *m_button;
};
