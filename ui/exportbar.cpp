// SPDX-License-Identifier: Apache-2.0
#include "exportbar.h"

#include "filedialogs.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

ExportBar::ExportBar(Journal *journal, QWidget *parent)
    : QWidget(parent), m_export(journal), m_notice(new Notice), m_progress(new QProgressBar),
      m_button(new QPushButton)
{
    m_progress->setAccessibleName(tr("Export"));
    m_progress->setTextVisible(false);
    m_button->setObjectName(QStringLiteral("exportButton"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_notice, 1);
    row->addWidget(m_progress, 1);
    row->addWidget(m_button);
    hide();
    connect(&m_export, &RequestExport::progressed, this, &ExportBar::showProgress);
    connect(&m_export, &RequestExport::finished, this, [this](const QString &errorString) {
        const QString count = QLocale().toString(m_export.count());
        if (errorString.isEmpty())
            showEnd(Notice::Kind::Done, tr("%1 requests were exported to %2.").arg(count, m_path));
        else
            showEnd(Notice::Kind::Problem, errorString + u' ' + tr("Choose another place."));
    });
    connect(m_button, &QPushButton::clicked, this, &ExportBar::handleButton);
}

void ExportBar::ask(const RequestFilter &filter)
{
    QFileDialog *dialog = FileDialogs::toSave(window(), tr("Export requests"), QDir::homePath());
    dialog->setNameFilters({tr("Table, for spreadsheets (*.csv)"), tr("JSON (*.json)")});
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(QStringLiteral("cometa-requests.csv"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &name) {
        const bool isJson = name.contains(QLatin1String("*.json"));
        dialog->setDefaultSuffix(isJson ? QStringLiteral("json") : QStringLiteral("csv"));
    });
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, filter](const QString &path) { start(filter, path); });
    dialog->open();
}

void ExportBar::start(const RequestFilter &filter, const QString &path)
{
    using Format = RequestExport::Format;
    const bool isJson = path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
    QString error;
    m_path = path;
    show();
    if (m_export.start(filter, path, isJson ? Format::Json : Format::Csv, &error))
        showProgress(0);
    else
        showEnd(Notice::Kind::Problem, error + u' ' + tr("Choose another place."));
}

void ExportBar::showProgress(int percent)
{
    m_notice->say(Notice::Kind::Busy,
                  tr("Exporting, %1 requests so far").arg(QLocale().toString(m_export.count())));
    m_progress->setValue(percent);
    m_progress->show();
    m_button->setText(tr("Cancel"));
}

void ExportBar::showEnd(Notice::Kind kind, const QString &text)
{
    m_notice->say(kind, text);
    m_progress->hide();
    m_button->setText(tr("&Hide"));
}

void ExportBar::handleButton()
{
    if (!m_export.isRunning())
        return hide();
    m_export.cancel();
    showEnd(Notice::Kind::Note, tr("The export was cancelled; no file was written."));
}
