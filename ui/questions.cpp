// SPDX-License-Identifier: Apache-2.0
#include "questions.h"

#include "appearance.h"
#include "dialogsize.h"
#include "visibletext.h"

#include <QCoreApplication>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Questions)
};

QMessageBox *box(QWidget *parent, QMessageBox::Icon icon, const QString &text, const QString &more)
{
    auto *made = new QMessageBox(parent);
    made->setAttribute(Qt::WA_DeleteOnClose);
    made->setIcon(icon);
    made->setWindowTitle(Text::tr("Cometa Agent"));
    made->setTextFormat(Qt::PlainText);
    made->setText(text);
    made->setInformativeText(more);
    // Qt gives it no width of its own, so that it would be a column of few words, and guesses its
    // format by what it says.
    if (auto *label = made->findChild<QLabel *>(QStringLiteral("qt_msgbox_informativelabel"))) {
        label->setTextFormat(Qt::PlainText);
        label->setMinimumWidth(
            std::min(DialogSize::fitting(made, 48, 1).width(), DialogSize::room(made).width() / 2));
    }
    return made;
}

// name: of the question. It takes the place of one that is still open, as that may say what is no
// longer so.
QDialog *ask(QMessageBox *made, const QString &name, const QString &verb,
             const std::function<void()> &yes)
{
    const auto open = made->parent()->findChildren<QMessageBox *>(name, Qt::FindDirectChildrenOnly);
    for (QMessageBox *before : open)
        before->close();
    made->setObjectName(name);
    const QPushButton *accept = made->addButton(verb, QMessageBox::AcceptRole);
    QPushButton *cancel = made->addButton(QMessageBox::Cancel);
    made->setDefaultButton(cancel);
    made->setEscapeButton(cancel);
    QObject::connect(accept, &QPushButton::clicked, made, yes);
    made->open();
    return made;
}

} // namespace

namespace Questions {

QDialog *allowEverything(QWidget *parent, const AgentStatus &status, std::chrono::minutes length,
                         const std::function<void()> &yes)
{
    return ask(
        box(parent, QMessageBox::Warning,
            Text::tr("Run every command without asking for %1 minutes?").arg(length.count()),
            Text::tr(
                "Whoever can send commands through %1 can run anything as you during this time. "
                "Each command is listed and can be stopped.")
                .arg(status.server)),
        QStringLiteral("allowEverything"), Text::tr("&Allow for %1 min").arg(length.count()), yes);
}

void quit(QWidget *parent, const AgentStatus &status, const std::function<void()> &yes)
{
    QStringList sentences;
    if (status.running > 0)
        sentences.append(
            status.running == 1
                ? Text::tr("A running command will be stopped.")
                : Text::tr("%1 running commands will be stopped.").arg(status.running));
    if (status.awaiting > 0)
        sentences.append(
            status.awaiting == 1
                ? Text::tr("A command that waits for you will not be run.")
                : Text::tr("%1 commands that wait for you will not be run.").arg(status.awaiting));
    if (sentences.isEmpty())
        sentences.append(Text::tr("No commands come in until it is started again."));
    ask(box(parent, QMessageBox::Question, Text::tr("Quit Cometa Agent?"), sentences.join(u'\n')),
        QStringLiteral("quit"), Text::tr("&Quit"), yes);
}

void problem(QWidget *parent, const QString &title, const QString &text)
{
    box(parent, QMessageBox::Critical, title, text)->open();
}

void cannotStart(const QString &line)
{
    problem(nullptr, Text::tr("Cometa Agent cannot start."), VisibleText::encode(line.toUtf8()));
}

} // namespace Questions
