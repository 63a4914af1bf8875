// SPDX-License-Identifier: Apache-2.0
#include "certificateview.h"

#include "plain.h"
#include "tlssetup.h"
#include "visibletext.h"

#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace {

constexpr qsizetype BlockLength = 8; // digits of the key that stand together
constexpr qsizetype LongestName = 120; // characters that are shown

QString shown(const QString &name)
{
    return VisibleText::encode(name.left(LongestName).toUtf8());
}

QString dayOf(const QDateTime &time)
{
    return QLocale().toString(time.toLocalTime().date(), QStringLiteral("d MMMM yyyy"));
}

QString inBlocks(const QString &digits)
{
    QStringList blocks;
    for (qsizetype i = 0; i < digits.size(); i += BlockLength)
        blocks.append(digits.mid(i, BlockLength));
    return blocks.join(u' ');
}

} // namespace

CertificateView::CertificateView(const QSslCertificate &certificate, QWidget *parent)
    : QWidget(parent), m_pin(TlsSetup::pinOf(certificate)), m_form(new QFormLayout),
      m_button(new QPushButton(tr("Pin t&his key")))
{
    m_form->setHorizontalSpacing(16);
    m_form->setVerticalSpacing(4);
    m_form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    addRow(tr("Certificate of"), shown(certificate.subjectDisplayName()),
           QStringLiteral("subject"));
    addRow(tr("Issued by"), shown(certificate.issuerDisplayName()), QStringLiteral("issuer"));
    addRow(tr("Valid"),
           tr("%1 to %2").arg(dayOf(certificate.effectiveDate()), dayOf(certificate.expiryDate())),
           QStringLiteral("validity"));
    addRow(tr("SHA-256 of its key"), inBlocks(m_pin), QStringLiteral("key"));
    m_button->setObjectName(QStringLiteral("pinKey"));
    m_button->setAutoDefault(false);
    m_button->setToolTip(tr("From then on only a server with this very key is accepted."));
    m_button->hide();
    connect(m_button, &QPushButton::clicked, this, [this] {
        offerPin(true);
        Q_EMIT pinClicked(m_pin);
    });
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 0, 0, 4);
    column->setSpacing(8);
    column->addLayout(m_form);
    column->addWidget(m_button, 0, Qt::AlignLeft);
}

void CertificateView::offerPin(bool pinned)
{
    m_button->setText(pinned ? tr("This key is pinned") : tr("Pin t&his key"));
    m_button->setEnabled(!pinned);
    m_button->show();
}

void CertificateView::addRow(const QString &title, const QString &text, const QString &name)
{
    QLabel *value = Plain::label(text, true);
    value->setObjectName(name);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (name == QLatin1String("key"))
        value->setFont(Plain::fixedFont());
    m_form->addRow(Plain::label(title), value);
}
