// SPDX-License-Identifier: Apache-2.0
#include "requestactions.h"

#include "datadirectory.h"
#include "filedialogs.h"
#include "journal.h"
#include "requestcurl.h"
#include "requesttext.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>

#include <memory>

namespace {

constexpr qint64 LargestCopy = 1024 * 1024; // bytes of an output in the clipboard

} // namespace

RequestActions::RequestActions(const Journal *journal, QWidget *parent)
    : QWidget(parent), m_journal(journal), m_stop(new QPushButton(tr("&Stop"))),
      m_compare(new QPushButton(tr("Co&mpare"))), m_output(new QPushButton(tr("&Output"))),
      m_copy(new QPushButton(tr("&Copy"))), m_rule(new QPushButton(tr("Ma&ke rule…")))
{
    build();
    fillCopyMenu();
    fillOutputMenu();
    connect(m_stop, &QPushButton::clicked, this, &RequestActions::stopClicked);
    connect(m_compare, &QPushButton::toggled, this, &RequestActions::compareToggled);
    connect(m_rule, &QPushButton::clicked, this, &RequestActions::ruleClicked);
    connect(&m_save, &OutputCopy::finished, this, [this](const QString &, const QString &error) {
        if (!error.isEmpty())
            Q_EMIT failed(error);
    });
    connect(&m_copyToOpen, &OutputCopy::finished, this,
            [this](const QString &target, const QString &error) {
                if (!error.isEmpty())
                    Q_EMIT failed(error);
                else if (!QDesktopServices::openUrl(QUrl::fromLocalFile(target)))
                    Q_EMIT failed(tr("No program opens text files on this desktop."));
            });
}

void RequestActions::build()
{
    m_stop->setObjectName(QStringLiteral("stopRequest"));
    m_compare->setObjectName(QStringLiteral("compareRequest"));
    m_compare->setCheckable(true);
    m_compare->setAccessibleName(tr("Compare with the previous run"));
    m_compare->setToolTip(tr("Show what is different in the output since this command ran before"));
    m_output->setObjectName(QStringLiteral("outputMenu"));
    m_copy->setObjectName(QStringLiteral("copyMenu"));
    m_rule->setObjectName(QStringLiteral("makeRule"));
    m_rule->setToolTip(tr("Decide now about exactly this command, whenever it comes again"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (QPushButton *button : {m_stop, m_compare, m_output, m_copy, m_rule}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
}

void RequestActions::fillCopyMenu()
{
    auto *menu = new QMenu(m_copy);
    menu->addAction(tr("&Command, original bytes"), this,
                    [this] { copyBytes(m_row.request.command); });
    m_copyOutput =
        menu->addAction(tr("&Output, original bytes"), this, &RequestActions::copyOutput);
    menu->addAction(tr("&Request as text"), this, [this] { copyText(RequestText::report(m_row)); });
    m_copyCurl = menu->addAction(tr("As c&url line"), this,
                                 [this] { copyText(RequestCurl::of(m_row.request, m_url)); });
    m_copy->setMenu(menu);
}

void RequestActions::fillOutputMenu()
{
    auto *menu = new QMenu(m_output);
    m_ofOutput = {
        menu->addAction(tr("&Open output in text viewer"), this,
                        [this] { openCopy(Stream::Output); }),
        menu->addAction(tr("&Save output…"), this, [this] { askWhereToSave(Stream::Output); }),
    };
    menu->addSeparator();
    m_ofErrors = {
        menu->addAction(tr("Open &errors in text viewer"), this,
                        [this] { openCopy(Stream::Errors); }),
        menu->addAction(tr("Save e&rrors…"), this, [this] { askWhereToSave(Stream::Errors); }),
    };
    m_output->setMenu(menu);
}

void RequestActions::setRequest(const RequestRow &row, const QString &url)
{
    m_row = row;
    m_url = url;
    enableParts();
}

void RequestActions::setComparing(bool comparing)
{
    m_compare->setChecked(comparing);
}

// Outputs are on disk whole when the command has ended.
void RequestActions::enableParts()
{
    const bool runs = m_row.state == RequestState::Running || m_row.state == RequestState::Approved;
    const bool hasRun = hasEnded(m_row.state) && m_row.outcome.hasRun;
    const auto isKept = [this](Stream stream) { return DataDirectory::fileSize(path(stream)) > 0; };
    const bool hasOutput = hasRun && isKept(Stream::Output);
    const bool hasErrors = hasRun && isKept(Stream::Errors);
    m_stop->setVisible(runs);
    m_rule->setVisible(!m_row.scope.isEmpty() && m_row.state != RequestState::Invalid);
    m_compare->setVisible(hasRun);
    m_output->setVisible(hasRun);
    m_output->setEnabled(hasOutput || hasErrors);
    for (QAction *action : std::as_const(m_ofOutput))
        action->setEnabled(hasOutput);
    for (QAction *action : std::as_const(m_ofErrors))
        action->setEnabled(hasErrors);
    m_copyCurl->setEnabled(!RequestCurl::message(m_row.request).isEmpty());
    m_copyOutput->setEnabled(hasOutput);
    m_copyOutput->setText(m_row.outputBytes > LargestCopy ? tr("&Output, its last MiB")
                                                          : tr("&Output, original bytes"));
}

void RequestActions::copyText(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
}

void RequestActions::copyBytes(const QByteArray &bytes)
{
    auto original = std::make_unique<QMimeData>();
    original->setData(QStringLiteral("text/plain"), bytes);
    QGuiApplication::clipboard()->setMimeData(original.release());
}

void RequestActions::copyOutput()
{
    const QString file = path(Stream::Output);
    const qint64 size = DataDirectory::fileSize(file);
    copyBytes(DataDirectory::read(file, std::max<qint64>(0, size - LargestCopy), LargestCopy));
}

void RequestActions::askWhereToSave(Stream stream)
{
    QFileDialog *dialog = FileDialogs::toSave(window(), tr("Save output"), QDir::homePath());
    dialog->selectFile(QFileInfo(path(stream)).fileName());
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, source = path(stream)](const QString &target) {
                m_save.start(source, target, OutputCopy::Form::Exact);
            });
    dialog->open();
}

void RequestActions::openCopy(Stream stream)
{
    if (!m_opened)
        m_opened.emplace(QDir::tempPath() + QStringLiteral("/cometa-output-XXXXXX"));
    if (!m_opened->isValid()) {
        Q_EMIT failed(tr("No directory can be made for a copy: %1.").arg(m_opened->errorString()));
        m_opened.reset();
        return;
    }
    const QString name = QFileInfo(path(stream)).completeBaseName()
        + (stream == Stream::Output ? QStringLiteral("-output.txt")
                                    : QStringLiteral("-errors.txt"));
    m_copyToOpen.start(path(stream), m_opened->filePath(name), OutputCopy::Form::Text);
}

QString RequestActions::path(Stream stream) const
{
    using Kept = OutputFiles::Stream;
    const OutputFiles files(m_journal->outputDirectory());
    const Kept kept = stream == Stream::Output ? Kept::Output : Kept::Error;
    // A name that is no word leads nowhere.
    return files.size(m_row.request.name, kept) > 0 ? files.path(m_row.request.name, kept)
                                                    : QString();
}
