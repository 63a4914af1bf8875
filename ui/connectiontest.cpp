// SPDX-License-Identifier: Apache-2.0
#include "connectiontest.h"

#include "plain.h"
#include "visibletext.h"

#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPushButton>

using namespace std::chrono_literals;

namespace {

constexpr qsizetype MaximumDeviceId = 32;
constexpr std::chrono::milliseconds TestLimit = 20s;

QString stepText(CometaClient::Step step)
{
    switch (step) {
    case CometaClient::Step::Resolved:
        return ConnectionTest::tr("The name is known");
    case CometaClient::Step::Connected:
        return ConnectionTest::tr("The server answers");
    case CometaClient::Step::Encrypted:
        return ConnectionTest::tr("Encrypted, and the certificate is good");
    case CometaClient::Step::AttachSent:
        return ConnectionTest::tr("Asked to be attached");
    case CometaClient::Step::Attached:
        return ConnectionTest::tr("Attached: everything works");
    }
    Q_UNREACHABLE();
}

} // namespace

QString testDeviceId(const QString &device, bool isInUse)
{
    const QString suffix = QStringLiteral(".test");
    return isInUse ? device.left(MaximumDeviceId - suffix.size()) + suffix : device;
}

ConnectionTest::ConnectionTest(QWidget *parent)
    : QWidget(parent), m_button(new QPushButton(tr("Test c&onnection"))), m_lines(new QVBoxLayout)
{
    m_button->setObjectName(QStringLiteral("testConnection"));
    m_button->setAutoDefault(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_button, 0, Qt::AlignLeft);
    m_lines->setSpacing(4);
    column->addLayout(m_lines);
    connect(m_button, &QPushButton::clicked, this, &ConnectionTest::start);
    connect(&m_limit, &Deadline::expired, this,
            [this] { fail(tr("There was no answer within 20 s. Check server and port.")); });
}

void ConnectionTest::setSettings(const Settings &settings, const QString &device)
{
    m_settings = settings;
    m_device = device;
}

void ConnectionTest::setPossible(bool possible)
{
    m_button->setEnabled(possible);
}

void ConnectionTest::start()
{
    clear();
    m_client = std::make_unique<CometaClient>();
    m_client->setReconnect(false);
    m_client->setServer(m_settings.server, m_settings.port);
    m_client->setApplication(m_settings.application);
    m_client->setTls({m_settings.tls.value_or(m_settings.port == 443), m_settings.caFile,
                      m_settings.pin, m_settings.certFile, m_settings.keyFile});
    connect(m_client.get(), &CometaClient::stepReached, this, &ConnectionTest::handleStep);
    connect(m_client.get(), &CometaClient::stateChanged, this, &ConnectionTest::handleChange,
            Qt::QueuedConnection);
    connect(m_client.get(), &CometaClient::errorOccurred, this, &ConnectionTest::handleChange,
            Qt::QueuedConnection);
    m_button->setEnabled(false);
    m_limit.start(TestLimit);
    m_client->attach(m_device, QByteArrayLiteral("connection test"));
}

void ConnectionTest::handleStep(CometaClient::Step step, const QString &detail)
{
    const QString shown = detail.isEmpty() ? QString() : VisibleText::encode(detail.toUtf8());
    addLine(QStringLiteral("tick"),
            shown.isEmpty() ? stepText(step) : tr("%1 (%2)").arg(stepText(step), shown));
}

// Queued, so that the client is not deleted in a slot of its own; so what it says now counts.
void ConnectionTest::handleChange()
{
    if (!m_client)
        return;
    if (m_client->state() == CometaClient::State::Attached) {
        m_limit.stop();
        m_button->setEnabled(true);
        m_client->detach();
    } else if (m_client->state() == CometaClient::State::Disconnected
               && m_client->error() != CometaClient::Error::None) {
        fail(m_client->errorString());
    }
}

void ConnectionTest::fail(const QString &reason)
{
    m_limit.stop();
    m_client.release()->deleteLater();
    m_button->setEnabled(true);
    addLine(QStringLiteral("emblem-problem"), reason);
}

void ConnectionTest::addLine(const QString &icon, const QString &text)
{
    auto *line = new QWidget;
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    auto *mark = new QLabel;
    mark->setPixmap(QIcon(QStringLiteral(":/icons/%1.svg").arg(icon)).pixmap(16));
    row->addWidget(mark, 0, Qt::AlignTop);
    row->addWidget(Plain::label(text, true), 1);
    m_lines->addWidget(line);
}

void ConnectionTest::clear()
{
    while (QLayoutItem *item = m_lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}
