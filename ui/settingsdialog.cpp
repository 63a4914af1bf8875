// SPDX-License-Identifier: Apache-2.0
#include "settingsdialog.h"

#include "agent.h"
#include "connectiontest.h"
#include "deviceid.h"
#include "dialogsize.h"
#include "filedialogs.h"
#include "notice.h"
#include "plain.h"
#include "profilefile.h"
#include "proxypassword.h"
#include "settingspage.h"
#include "settingspecs.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QStackedWidget>
#include <QSysInfo>

namespace {

constexpr int ServerPage = 0;
constexpr int ProxyPage = 1;
constexpr int SignSize = 16; // of a problem, in the list of pages

QString profileFilter()
{
    return SettingsDialog::tr("Profiles (*.conf *.ini);;All files (*)");
}

QLabel *pathLabel(const QString &path, const QString &name)
{
    QLabel *label = Plain::label(path, true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setAccessibleName(name);
    return label;
}

} // namespace

SettingsDialog::SettingsDialog(Agent *agent, QWidget *parent)
    : QDialog(parent), m_agent(agent), m_draft(agent->settings()),
      m_autostart(Autostart::ownProgram(), agent->settings().placeArguments()),
      m_titles(new QListWidget), m_pages(new QStackedWidget), m_test(new ConnectionTest(agent)),
      m_atLogin(new QCheckBox(tr("Start when I &log in"))), m_notice(new Notice),
      m_elsewhere(new Notice), m_import(new QPushButton(tr("I&mport…"))),
      m_export(new QPushButton(tr("E&xport…"))),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel))
{
    setObjectName(QStringLiteral("settingsDialog"));
    setWindowTitle(tr("Settings – Cometa Agent"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(16);
    auto *row = new QHBoxLayout;
    row->setSpacing(24);
    row->addWidget(m_titles);
    row->addWidget(m_pages, 1);
    column->addLayout(row, 1);
    column->addWidget(m_notice);
    column->addWidget(m_elsewhere);
    column->addLayout(buttonRow());
    addPages();
    addTest();
    addPassword();
    addApplicationRows();
    m_notice->setObjectName(QStringLiteral("notice"));
    m_elsewhere->setObjectName(QStringLiteral("elsewhere"));
    connect(&m_draft, &SettingsDraft::edited, this, &SettingsDialog::handleEdited);
    resize(DialogSize::fitting(this, 120, 46));
    showPage(ServerPage);
    handleEdited();
    m_draft.field(QStringLiteral("server"))->setFocus();
}

void SettingsDialog::addPages()
{
    m_titles->setObjectName(QStringLiteral("pages"));
    m_titles->setAccessibleName(tr("Pages"));
    for (const SettingPage &page : SettingPage::all()) {
        const QString title = SettingSpec::translated(page.title);
        m_titles->addItem(title);
        const int words = m_titles->fontMetrics().horizontalAdvance(title);
        m_titles->item(m_titles->count() - 1)
            ->setSizeHint({words + SignSize + 32, Plain::rowSize().height()});
        auto *made = new SettingsPage(page, &m_draft);
        made->setAccessibleName(title);
        m_pages->addWidget(made);
    }
    m_titles->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_titles->setIconSize({SignSize, SignSize});
    m_titles->setFixedWidth(m_titles->sizeHintForColumn(0) + 2 * m_titles->frameWidth());
    connect(m_titles, &QListWidget::currentRowChanged, this, &SettingsDialog::showPage);
    const Settings &settings = m_agent->settings();
    m_draft.field(QStringLiteral("device"))
        ->setPlaceholder(defaultDeviceId(settings.dataDirectory));
    m_draft.field(QStringLiteral("info"))->setPlaceholder(QSysInfo::prettyProductName());
}

void SettingsDialog::addTest()
{
    SettingsPage *server = page(ServerPage);
    server->addBelow(m_test);
    connect(m_test, &ConnectionTest::lineAdded, server, &SettingsPage::reveal);
    connect(m_test, &ConnectionTest::pinChosen, m_draft.field(QStringLiteral("pin")),
            &SettingField::setValue);
}

void SettingsDialog::addPassword()
{
    m_password = new ProxyPassword(&m_draft);
    page(ProxyPage)->addRowBelow(QStringLiteral("proxy-user"), tr("Pass&word"),
                                 m_password->controls());
    connect(m_password, &ProxyPassword::edited, this, &SettingsDialog::handleEdited);
    connect(m_password, &ProxyPassword::saved, this, &SettingsDialog::handlePasswordSaved);
    connect(m_password, &ProxyPassword::failed, this, [this](const QString &text) {
        setWaiting(false);
        m_notice->say(Notice::Kind::Problem, text);
    });
    connect(this, &QDialog::rejected, m_password, &ProxyPassword::cancel);
}

void SettingsDialog::addApplicationRows()
{
    SettingsPage *application = page(m_pages->count() - 1);
    m_atLogin->setObjectName(QStringLiteral("autostart"));
    m_atLogin->setChecked(m_autostart.isEnabled());
    application->addCheck(m_atLogin);
    const Settings &settings = m_agent->settings();
    application->addRow(tr("Settings are in"),
                        pathLabel(settings.configFile, tr("File of the settings")));
    application->addRow(tr("History is in"),
                        pathLabel(settings.dataDirectory, tr("Directory of the history")));
    application->addRow(tr("Version"), Plain::label(QStringLiteral(COMETA_VERSION)));
}

// Import and Export stand beside the button box, not in it: with four buttons it kept the Tab key
// to two of them (Qt 6.4).
QLayout *SettingsDialog::buttonRow()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_import->setObjectName(QStringLiteral("import"));
    m_export->setObjectName(QStringLiteral("export"));
    for (QPushButton *button : {m_import, m_export}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    row->addStretch(1);
    row->addWidget(m_buttons);
    connect(m_import, &QPushButton::clicked, this, &SettingsDialog::chooseImport);
    connect(m_export, &QPushButton::clicked, this, &SettingsDialog::chooseExport);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &SettingsDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &SettingsDialog::reject);
    return row;
}

SettingsPage *SettingsDialog::page(int index) const
{
    return qobject_cast<SettingsPage *>(m_pages->widget(index));
}

void SettingsDialog::showPage(int index)
{
    m_titles->setCurrentRow(index);
    m_pages->setCurrentIndex(index);
    markPages();
}

void SettingsDialog::handleEdited()
{
    m_notice->say(Notice::Kind::Note, {});
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(m_draft.isGood() && m_password->isGood());
    m_export->setEnabled(m_draft.isGood());
    m_test->setSettings(m_draft.settings());
    m_test->setPassword(m_password->typed());
    m_test->setPossible(m_draft.isGood() && m_password->isGood());
    markPages();
}

// Why OK is off can be seen from every page.
void SettingsDialog::markPages()
{
    const QIcon sign(QStringLiteral(":/icons/emblem-problem.svg"));
    QString elsewhere;
    for (int i = 0; i < m_pages->count(); ++i) {
        const bool bad = page(i)->hasProblem();
        QListWidgetItem *item = m_titles->item(i);
        item->setIcon(bad ? sign : QIcon());
        item->setData(Qt::AccessibleDescriptionRole, bad ? tr("has a problem") : QString());
        if (bad && elsewhere.isEmpty())
            elsewhere = tr("On the page “%1” something has to be corrected.").arg(item->text());
    }
    const SettingsPage *shown = page(m_pages->currentIndex());
    m_elsewhere->say(Notice::Kind::Problem, shown->hasProblem() ? QString() : elsewhere);
}

void SettingsDialog::chooseImport()
{
    QFileDialog *dialog =
        FileDialogs::toOpen(this, tr("Import a profile"), QDir::homePath(), profileFilter());
    connect(dialog, &QFileDialog::fileSelected, this, &SettingsDialog::importProfile);
    dialog->open();
}

void SettingsDialog::importProfile(const QString &path)
{
    QString error;
    const auto values = ProfileFile::read(path, &error);
    if (!values)
        return m_notice->say(Notice::Kind::Problem, error);
    const QString name = QFileInfo(path).fileName();
    const SettingsDraft::Filled filled = m_draft.fill(*values);
    say(filled, tr("Nothing was filled in from “%1”.").arg(name),
        tr("Filled in from “%1”: %2. Nothing is saved before you press OK.")
            .arg(name, filled.names()));
}

void SettingsDialog::offer(const QHash<QString, QString> &values)
{
    const SettingsDraft::Filled filled = m_draft.fill(values);
    if (!filled.isEmpty())
        say(filled, tr("Cometa Agent was started once more. Nothing was filled in."),
            tr("Cometa Agent was started once more, with these settings: %1. Nothing is saved "
               "before you press OK.")
                .arg(filled.names()));
}

void SettingsDialog::say(const SettingsDraft::Filled &filled, const QString &none,
                         const QString &some)
{
    if (filled.taken.isEmpty())
        m_notice->say(Notice::Kind::Locked, none + filled.lockedText());
    else
        m_notice->say(Notice::Kind::Done, some + filled.lockedText());
}

void SettingsDialog::chooseExport()
{
    QFileDialog *dialog = FileDialogs::toSave(
        this, tr("Export a profile"), QDir::home().filePath(QStringLiteral("cometa-profile.conf")),
        profileFilter());
    dialog->setDefaultSuffix(QStringLiteral("conf"));
    connect(dialog, &QFileDialog::fileSelected, this, &SettingsDialog::exportProfile);
    dialog->open();
}

void SettingsDialog::exportProfile(const QString &path)
{
    QString error;
    if (!ProfileFile::write(path, m_draft.settings(), &error))
        return m_notice->say(Notice::Kind::Problem, error);
    m_notice->say(Notice::Kind::Done,
                  tr("Written to “%1”. There is no secret in it.").arg(QFileInfo(path).fileName()));
}

void SettingsDialog::accept()
{
    if (!m_draft.isGood() || !m_password->isGood() || m_password->isSaving())
        return;
    m_password->save();
    if (m_password->isSaving())
        setWaiting(true);
}

// What is being saved is not changed meanwhile.
void SettingsDialog::setWaiting(bool waiting)
{
    for (QWidget *widget : std::initializer_list<QWidget *>{m_titles, m_pages, m_import})
        widget->setEnabled(!waiting);
    handleEdited();
    if (!waiting)
        return;
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(false);
    m_notice->say(Notice::Kind::Busy, tr("Waiting for the keychain: unlock it if it asks."));
}

void SettingsDialog::handlePasswordSaved()
{
    QString error;
    setWaiting(false);
    if (!m_draft.save(&error) || !m_autostart.setEnabled(m_atLogin->isChecked(), &error))
        return m_notice->say(Notice::Kind::Problem, error);
    m_password->removeUnused();
    m_agent->setSettings(m_draft.settings(), !m_password->typed().isEmpty());
    QDialog::accept();
}
