// SPDX-License-Identifier: Apache-2.0
#include "ruleeventtext.h"

#include "visibletext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RuleEventText)
};

QString visible(const QString &text)
{
    return VisibleText::encode(text.toUtf8());
}

// The row has it as VisibleText already; what is none is not taken for it.
QString command(const QJsonObject &data)
{
    const QString text = data.value("cmd"_L1).toString();
    return VisibleText::decode(text) ? text : visible(text);
}

QString rule(const QJsonObject &data)
{
    const bool allows = data.value("verdict"_L1).toString() == "allow"_L1;
    return (allows ? Text::tr("allow “%1” from %2") : Text::tr("deny “%1” from %2"))
        .arg(command(data), visible(data.value("scope"_L1).toString()));
}

QString of(const QString &change, const QJsonObject &data)
{
    if (change == "added"_L1)
        return Text::tr("Rule added: %1").arg(rule(data));
    if (change == "removed"_L1)
        return Text::tr("Rule removed: %1").arg(rule(data));
    if (change == "over"_L1)
        return Text::tr("Rule is over: %1").arg(rule(data));
    return {};
}

} // namespace

QString RuleEventText::sentence(const QJsonObject &data)
{
    const QString change = data.value("change"_L1).toString();
    const QString text = of(change, data);
    if (!text.isEmpty())
        return text;
    if (change == "used"_L1)
        return Text::tr("A rule was used");
    if (change == "saving"_L1)
        return Text::tr("The rules are being saved");
    if (change == "read"_L1)
        return Text::tr("The rules are in force");
    if (change == "kept"_L1)
        return Text::tr("The rules are still in force");
    if (change == "trusted"_L1)
        return Text::tr("The rules that something else had changed were taken over by you");
    if (change == "off"_L1)
        return Text::tr("The lasting rules are off: something else has changed their file");
    if (change == "gone"_L1)
        return Text::tr("The lasting rules are gone: something else has removed their file");
    if (change == "discarded"_L1)
        return Text::tr("All lasting rules were removed by you");
    return Text::tr("Rules: %1").arg(visible(change));
}
