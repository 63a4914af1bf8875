// SPDX-License-Identifier: Apache-2.0
#include "jsontext.h"
#include "visibletext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QString character(char32_t codePoint)
{
    return QStringView(QChar::fromUcs4(codePoint)).toString();
}

QByteArray line(const QString &text)
{
    return JsonText::line(QJsonDocument(QJsonArray{text}));
}

} // namespace

class JsonTextTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesTheRestAsItIs();
    void escapesInTheFormOfJson_data();
    void escapesInTheFormOfJson();
    void SP_03_losesNoCharacterAndWritesNoHiddenOne();
    void escapesNamesToo();
};

void JsonTextTest::leavesTheRestAsItIs()
{
    const QString text = u"  a \\\"/ {b}  äЖ世€🌍 — “x”  "_s;
    QCOMPARE(line(text), QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact));
    QCOMPARE(JsonText::line(QJsonDocument(QJsonObject{{u"n"_s, 1.5}, {u"l"_s, QJsonArray{}}})),
             R"({"l":[],"n":1.5})");
}

void JsonTextTest::escapesInTheFormOfJson_data()
{
    QTest::addColumn<uint>("codePoint");
    QTest::addColumn<QByteArray>("escape");
    const auto row = [](const char *name, uint codePoint, const char *escape) {
        QTest::newRow(name) << codePoint << QByteArray(escape);
    };
    row("NUL", 0, "\\u0000");
    row("ESC", 0x1B, "\\u001b");
    row("line feed", '\n', "\\n");
    row("DEL", 0x7F, "\\u007f");
    row("C1", 0x9B, "\\u009b");
    row("no-break space", 0xA0, "\\u00a0");
    row("combining", 0x301, "\\u0301");
    row("joiner", 0x200D, "\\u200d");
    row("direction", 0x202E, "\\u202e");
    row("line separator", 0x2028, "\\u2028");
    row("Braille blank", 0x2800, "\\u2800");
    row("variation selector", 0xFE0F, "\\ufe0f");
    row("tag", 0xE0041, "\\udb40\\udc41");
    row("last", 0x10FFFF, "\\udbff\\udfff");
}

void JsonTextTest::escapesInTheFormOfJson()
{
    QFETCH(const uint, codePoint);
    QFETCH(const QByteArray, escape);
    QCOMPARE(line(u'a' + character(codePoint) + u'b'), "[\"a" + escape + "b\"]");
}

void JsonTextTest::SP_03_losesNoCharacterAndWritesNoHiddenOne()
{
    constexpr char32_t block = 0x100;
    for (char32_t first = 0; first <= 0x10FFFF; first += block) {
        QString text;
        for (char32_t codePoint = first; codePoint < first + block; ++codePoint) {
            if (!QChar::isSurrogate(codePoint))
                text += character(codePoint) + u'x';
        }
        const QByteArray json = line(text);
        QCOMPARE(QJsonDocument::fromJson(json).array().first().toString(), text);
        QVERIFY2(!VisibleText(json).hasHidden() && !json.contains('\n'), json.constData());
    }
}

void JsonTextTest::escapesNamesToo()
{
    const QJsonObject object{{u"\u202e"_s, u"\u009b"_s}};
    const QByteArray json = JsonText::line(QJsonDocument(object));
    QCOMPARE(json, R"({"\u202e":"\u009b"})");
    QCOMPARE(QJsonDocument::fromJson(json).object(), object);
}

QTEST_GUILESS_MAIN(JsonTextTest)
#include "tst_jsontext.moc"
