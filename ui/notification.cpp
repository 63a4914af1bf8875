// SPDX-License-Identifier: Apache-2.0
#include "notification.h"

#include "request.h"
#include "visibletext.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace {

constexpr qsizetype MaximumCharacters = 80; // of the command

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Notification)
};

QString visible(const QString &text)
{
    return VisibleText::encode(text.toUtf8());
}

// Servers look for addresses in a text and make links of them, markup or not. A blank of no width
// after a scheme, a "www" and a top-level domain is nothing to look at and ends that.
QString withoutLinks(QString text)
{
    static const QRegularExpression ends(
        QStringLiteral("([A-Za-z0-9+.-](?=:)|\\bwww[0-9]*(?=[.])|[.][A-Za-z0-9-]{2,}(?=[/?#]))"));
    return text.replace(ends, QStringLiteral("\\1\u200B"));
}

QString commandLine(const QByteArray &command)
{
    return withoutLinks(VisibleText::encodeShort(command, MaximumCharacters));
}

} // namespace

// There is no "Approve": that takes the prompt, which shows all of the command.
Notification Notification::waiting(const Request &request, const QString &server,
                                   const QString &application)
{
    Notification made;
    made.summary = Text::tr("A command waits for you");
    made.body = Text::tr("%1 · application “%2”").arg(visible(server), visible(application)) + u'\n'
        + commandLine(request.command);
    made.actions = {{QStringLiteral("default"), Text::tr("Review…")},
                    {QStringLiteral("review"), Text::tr("Review…")},
                    {QStringLiteral("deny"), Text::tr("Deny")}};
    made.category = QStringLiteral("x-cometa.command.waiting");
    return made;
}

Notification Notification::more(int count)
{
    Notification made;
    made.summary = count == 1 ? Text::tr("1 more command waits")
                              : Text::tr("%1 more commands wait").arg(count);
    made.body = Text::tr("The window lists all that wait for you.");
    made.actions = {{QStringLiteral("default"), Text::tr("Show")},
                    {QStringLiteral("show"), Text::tr("Show")}};
    made.category = QStringLiteral("x-cometa.command.waiting");
    return made;
}

Notification Notification::missed(int count, const QByteArray &command)
{
    Notification made;
    made.summary = count == 1 ? Text::tr("A command was not run")
                              : Text::tr("%1 commands were not run").arg(count);
    made.body = (count == 1 ? Text::tr("Nobody decided in time:")
                            : Text::tr("Nobody decided in time. The newest:"))
        + u'\n' + commandLine(command);
    made.actions = {{QStringLiteral("default"), Text::tr("Show")},
                    {QStringLiteral("show"), Text::tr("Show")}};
    made.category = QStringLiteral("x-cometa.command.missed");
    made.quiet = true;
    return made;
}
