// SPDX-License-Identifier: Apache-2.0
#include "requestparser.h"

#include <QTest>

#include <algorithm>
#include <ctime>

using namespace Qt::StringLiterals;
using Kind = Refusal::Kind;
using Parsed = std::variant<Request, Refusal>;

namespace {

// Bytes as they are, NUL included.
template<std::size_t N>
QByteArray raw(const char (&literal)[N])
{
    return QByteArray(literal, qsizetype(N) - 1);
}

QByteArray nested(int depth)
{
    return R"({"cmd":"ls","x":)" + QByteArray(depth - 1, '[') + QByteArray(depth - 1, ']') + "}";
}

QByteArray members(int count)
{
    QByteArray json = R"({"cmd":"ls")";
    for (int i = 1; i < count; ++i)
        json += ",\"m" + QByteArray::number(i) + "\":{}";
    return json + "}";
}

QByteArray withTimeout(const QByteArray &number)
{
    return R"({"cmd":"ls","timeout":)" + number + "}";
}

QByteArray withCommand(qsizetype size)
{
    return R"({"cmd":")" + QByteArray(size, 'x') + "\"}";
}

} // namespace

Q_DECLARE_METATYPE(Refusal::Kind)

class RequestParserTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryMember();
    void readsTheLeastThatIsNeeded();
    void readsOperations_data();
    void readsOperations();
    void keepsTheCommandByteForByte_data();
    void keepsTheCommandByteForByte();
    void tellsAnEmptyIdFromNone();
    void keepsTextsCharacterForCharacter();
    void refusalsCarryTheIdWhereItIsKnown();
    void acceptsAtTheLimits_data();
    void acceptsAtTheLimits();
    void JS_01_refusesWhatIsNotUtf8_data();
    void JS_01_refusesWhatIsNotUtf8() { verifyRefused(); }
    void JS_02_refusesDuplicateMembersAtAnyDepth_data();
    void JS_02_refusesDuplicateMembersAtAnyDepth() { verifyRefused(); }
    void JS_03_refusesNul_data();
    void JS_03_refusesNul() { verifyRefused(); }
    void JS_04_refusesLoneSurrogates_data();
    void JS_04_refusesLoneSurrogates() { verifyRefused(); }
    void JS_05_refusesRawControlCharacters_data();
    void JS_05_refusesRawControlCharacters() { verifyRefused(); }
    void JS_06_refusesTheMonstrousAtOnce_data();
    void JS_06_refusesTheMonstrousAtOnce();
    void JS_07_refusesCommandsThatAreNone_data();
    void JS_07_refusesCommandsThatAreNone() { verifyRefused(); }
    void JS_08_namesWhatItIgnores();
    void JS_08_shortensLongNamesThatItIgnores();
    void JS_09_limitsTheCommand();
    void PO_07_refusesAttemptsToChangeSettings_data();
    void PO_07_refusesAttemptsToChangeSettings() { verifyRefused(); }
    void refusesWhatIsNoObject_data();
    void refusesWhatIsNoObject() { verifyRefused(); }
    void refusesWrongMembers_data();
    void refusesWrongMembers() { verifyRefused(); }
    void takesTextOnlyWhenAllowed_data();
    void takesTextOnlyWhenAllowed();
    void PA_18_neverTakesControlBytesForText_data();
    void PA_18_neverTakesControlBytesForText();
    void refusesTextThatCannotBeRun_data();
    void refusesTextThatCannotBeRun();

private:
    static void addColumns()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<Kind>("kind");
    }
    static void addInvalidJson(const char *name, const QByteArray &message)
    {
        QTest::newRow(name) << message << Kind::InvalidJson;
    }
    static void addInvalidCommand(const char *name, const QByteArray &message)
    {
        QTest::newRow(name) << message << Kind::InvalidCommand;
    }
    static void verifyRefused()
    {
        QFETCH(const QByteArray, message);
        const Parsed parsed = parseRequest(message, false);
        const auto *refusal = std::get_if<Refusal>(&parsed);
        QVERIFY(refusal);
        QTEST(refusal->kind, "kind");
        QVERIFY(!refusal->detail.isEmpty());
    }
};

void RequestParserTest::readsEveryMember()
{
    const Parsed parsed = parseRequest(
        R"( {"cmd": "df -h", "reply": "json", "timeout": 30, "reason": "disk alert 4711", "id": "ops-17"} )"
        "\r\n",
        false);
    const auto *request = std::get_if<Request>(&parsed);
    QVERIFY(request);
    QCOMPARE(request->kind, Request::Kind::Command);
    QCOMPARE(request->command, "df -h");
    QCOMPARE(request->replyForm, Request::ReplyForm::Json);
    QCOMPARE(request->timeout, std::chrono::seconds(30));
    QCOMPARE(request->reason, u"disk alert 4711"_s);
    QCOMPARE(request->requesterId, u"ops-17"_s);
    QVERIFY(request->ignored.isEmpty());
    QVERIFY(request->name.isEmpty());
}

void RequestParserTest::readsTheLeastThatIsNeeded()
{
    const Parsed parsed = parseRequest(R"({"cmd":"uptime"})", false);
    const auto *request = std::get_if<Request>(&parsed);
    QVERIFY(request);
    QCOMPARE(request->command, "uptime");
    QCOMPARE(request->replyForm, Request::ReplyForm::Raw);
    QCOMPARE(request->timeout, std::chrono::seconds(0));
    QVERIFY(request->requesterId.isNull());
}

void RequestParserTest::readsOperations_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("target");
    QTest::newRow("status") << raw(R"({"op":"status"})") << int(Request::Kind::Status) << QString();
    QTest::newRow("result") << raw(R"({"op":"result","request":"k3x9"})")
                            << int(Request::Kind::Result) << u"k3x9"_s;
    QTest::newRow("cancel") << raw(R"({"request":"k3x9","op":"cancel"})")
                            << int(Request::Kind::Cancel) << u"k3x9"_s;
}

void RequestParserTest::readsOperations()
{
    QFETCH(const QByteArray, message);
    const Parsed parsed = parseRequest(message, false);
    const auto *request = std::get_if<Request>(&parsed);
    QVERIFY(request);
    QTEST(int(request->kind), "kind");
    QTEST(request->target, "target");
    QVERIFY(request->command.isEmpty());
}

void RequestParserTest::keepsTheCommandByteForByte_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("command");
    QTest::newRow("escapes") << raw(R"(a\"\\\/\b\f\n\r\tz)") << raw("a\"\\/\b\f\n\r\tz");
    QTest::newRow("pair of surrogates") << raw(R"(\uD83D\uDE00)") << raw("\xF0\x9F\x98\x80");
    QTest::newRow("escaped control character") << raw(R"(\u0007x)") << raw("\ax");
    QTest::newRow("delete") << raw("a\x7F") << raw("a\x7F");
    QTest::newRow("blanks around") << raw("  ls \\n") << raw("  ls \n");
    QTest::newRow("not normalised") << raw("e\xCC\x81") << raw("e\xCC\x81");
    QTest::newRow("byte order mark inside") << raw("x\xEF\xBB\xBF") << raw("x\xEF\xBB\xBF");
    QTest::newRow("dash first") << raw("-c id") << raw("-c id");
}

void RequestParserTest::keepsTheCommandByteForByte()
{
    QFETCH(const QByteArray, json);
    const Parsed parsed = parseRequest("{\"cmd\":\"" + json + "\"}", false);
    const auto *request = std::get_if<Request>(&parsed);
    QVERIFY(request);
    QTEST(request->command, "command");
}

void RequestParserTest::tellsAnEmptyIdFromNone()
{
    const Parsed parsed = parseRequest(R"({"cmd":"ls","id":""})", false);
    const auto *request = std::get_if<Request>(&parsed);
    QVERIFY(request);
    QVERIFY(!request->requesterId.isNull());
    QVERIFY(request->requesterId.isEmpty());
}

void RequestParserTest::keepsTextsCharacterForCharacter()
{
    const Parsed parsed = parseRequest("{\"cmd\":\"ls\",\"id\":\"\xEF\xBB\xBF\\u0000\"}", false);
    QCOMPARE(std::get<Request>(parsed).requesterId, u"\uFEFF"_s + QChar(0));
}

void RequestParserTest::refusalsCarryTheIdWhereItIsKnown()
{
    const Parsed known = parseRequest(R"({"id":"ops-1","cmd":7})", false);
    QCOMPARE(std::get<Refusal>(known).requesterId, u"ops-1"_s);
    const Parsed unknown = parseRequest(R"({"cmd":7})", false);
    QVERIFY(std::get<Refusal>(unknown).requesterId.isNull());
    const Parsed unreadable = parseRequest(R"({"id":"ops-1","cmd":7)", false);
    QVERIFY(std::get<Refusal>(unreadable).requesterId.isNull());
}

void RequestParserTest::acceptsAtTheLimits_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("depth 8") << nested(8);
    QTest::newRow("64 members") << members(64);
    QTest::newRow("command of 65536 bytes") << withCommand(65'536);
    QTest::newRow("timeout 1") << withTimeout("1");
    QTest::newRow("timeout 86400") << withTimeout("86400");
    QTest::newRow("reason of 500 characters")
        << raw(R"({"cmd":"ls","reason":")") + QByteArray("\xF0\x9F\x98\x80").repeated(500) + "\"}";
    QTest::newRow("id of 64 characters")
        << raw(R"({"cmd":"ls","id":")") + QByteArray("\xC3\xA9").repeated(64) + "\"}";
    QTest::newRow("one name at two places")
        << raw(R"({"cmd":"ls","a":{"b":1},"c":{"b":[{"b":2}]}})");
    QTest::newRow("a mebibyte") << R"({"cmd":"ls"})" + QByteArray(1024 * 1024 - 12, ' ');
}

void RequestParserTest::acceptsAtTheLimits()
{
    QFETCH(const QByteArray, message);
    QVERIFY(std::holds_alternative<Request>(parseRequest(message, false)));
}

void RequestParserTest::JS_01_refusesWhatIsNotUtf8_data()
{
    addColumns();
    addInvalidJson("invalid byte", raw("{\"cmd\":\"ls \xFF\"}"));
    addInvalidJson("half a character", raw("{\"cmd\":\"ls \xE2\x82\"}"));
    addInvalidJson("overlong slash", raw("{\"cmd\":\"\xC0\xAF\"}"));
    addInvalidJson("overlong NUL", raw("{\"cmd\":\"\xC0\x80\"}"));
    addInvalidJson("surrogates in bytes", raw("{\"cmd\":\"\xED\xA0\xBD\xED\xB8\x80\"}"));
    addInvalidJson("beyond Unicode", raw("{\"cmd\":\"\xF4\x90\x80\x80\"}"));
    addInvalidJson("byte order mark", raw("\xEF\xBB\xBF{\"cmd\":\"ls\"}"));
    addInvalidJson("UTF-16 mark", raw("\xFF\xFE{\0}\0"));
    addInvalidJson("in a key", raw("{\"cmd\":\"ls\",\"\xFF\":1}"));
    addInvalidJson("byte order mark after it", raw("{\"cmd\":\"ls\"}\xEF\xBB\xBF"));
}

void RequestParserTest::JS_02_refusesDuplicateMembersAtAnyDepth_data()
{
    addColumns();
    addInvalidJson("cmd", raw(R"({"cmd":"ls","cmd":"rm"})"));
    addInvalidJson("cmd, one escaped", raw(R"({"cmd":"ls","\u0063md":"rm"})"));
    addInvalidJson("unknown member", raw(R"({"cmd":"ls","x":1,"x":2})"));
    addInvalidJson("deeper", raw(R"({"cmd":"ls","x":{"a":1,"a":1}})"));
    addInvalidJson("in an array", raw(R"({"cmd":"ls","x":[[{"a":1,"b":{},"a":1}]]})"));
    addInvalidJson("empty names", raw(R"({"cmd":"ls","":1,"":1})"));
}

void RequestParserTest::JS_03_refusesNul_data()
{
    addColumns();
    addInvalidCommand("escaped", raw(R"({"cmd":"ls\u0000rm"})"));
    addInvalidCommand("escaped, at the end", raw(R"({"cmd":"ls\u0000"})"));
    addInvalidJson("raw, inside", raw("{\"cmd\":\"ls\0rm\"}"));
    addInvalidJson("raw, after the object", raw("{\"cmd\":\"ls\"}\0"));
    addInvalidJson("raw, then more", raw("{\"cmd\":\"ls\"}\0{\"cmd\":\"rm\"}"));
    addInvalidJson("raw, first", raw("\0{\"cmd\":\"ls\"}"));
}

void RequestParserTest::JS_04_refusesLoneSurrogates_data()
{
    addColumns();
    addInvalidJson("high alone", raw(R"({"cmd":"\ud800"})"));
    addInvalidJson("high, then a letter", raw(R"({"cmd":"\ud800x"})"));
    addInvalidJson("low alone", raw(R"({"cmd":"\udc00"})"));
    addInvalidJson("reversed pair", raw(R"({"cmd":"\ude00\ud83d"})"));
    addInvalidJson("two high", raw(R"({"cmd":"\ud83d\ud83d"})"));
    addInvalidJson("in a key", raw(R"({"cmd":"ls","\ud800":1})"));
}

void RequestParserTest::JS_05_refusesRawControlCharacters_data()
{
    addColumns();
    for (int byte = 0; byte < 0x20; ++byte) {
        QTest::addRow("in the command: %02x", uint(byte))
            << "{\"cmd\":\"ls" + QByteArray(1, char(byte)) + "\"}" << Kind::InvalidJson;
    }
    addInvalidJson("in a key", raw("{\"cmd\":\"ls\",\"a\tb\":1}"));
    addInvalidJson("between members", raw("{\"cmd\":\"ls\",\v\"a\":1}"));
    addInvalidJson("before the object", raw("\f{\"cmd\":\"ls\"}"));
}

void RequestParserTest::JS_06_refusesTheMonstrousAtOnce_data()
{
    constexpr qsizetype mebibyte = 1024 * 1024;
    addColumns();
    addInvalidJson("depth 9", nested(9));
    addInvalidJson("depth 9, objects",
                   R"({"cmd":"ls","a":)" + QByteArray(R"({"a":)").repeated(7) + "{}"
                       + QByteArray(8, '}'));
    addInvalidJson("a million brackets", QByteArray(1'000'000, '['));
    addInvalidJson("a million brackets in a member", R"({"x":)" + QByteArray(1'000'000, '['));
    addInvalidJson("a million braces", QByteArray(R"({"":)").repeated(200'000));
    addInvalidCommand("command of a mebibyte", withCommand(mebibyte - 10));
    addInvalidCommand("command of a mebibyte, escaped",
                      R"({"cmd":")" + QByteArray(R"(\u0041)").repeated(mebibyte / 6 - 3) + "\"}");
    QByteArray keys = "{\"cmd\":\"ls\"";
    for (int i = 0; i < 100'000; ++i)
        keys += ",\"" + QByteArray::number(i, 36) + "\":0";
    addInvalidJson("100,000 members", keys.left(mebibyte - 1) + "}");
    addInvalidJson("65 members", members(65));
    addInvalidCommand("timeout 1e400", withTimeout("1e400"));
    addInvalidCommand("timeout -1e400", withTimeout("-1e400"));
    addInvalidCommand("timeout -0", withTimeout("-0"));
    addInvalidCommand("timeout of 100,000 digits", withTimeout(QByteArray(100'000, '9')));
    addInvalidCommand("timeout with 100,000 decimals",
                      withTimeout("1." + QByteArray(100'000, '0')));
    addInvalidCommand("timeout with a long exponent", withTimeout("1e" + QByteArray(100'000, '9')));
    addInvalidJson("longer than a mebibyte", R"({"cmd":"ls"})" + QByteArray(mebibyte - 11, ' '));
}

void RequestParserTest::JS_06_refusesTheMonstrousAtOnce()
{
    // Processor time, the best of three: what else the machine does is not the parser's.
#ifdef __SANITIZE_ADDRESS__
    constexpr double limit = 0.5;
#else
    constexpr double limit = 0.1;
#endif
    double used = limit;
    for (int i = 0; i < 3; ++i) {
        const std::clock_t start = std::clock();
        verifyRefused();
        used = std::min(used, double(std::clock() - start) / CLOCKS_PER_SEC);
    }
    QVERIFY2(used < limit, qPrintable(u"%1 s"_s.arg(used)));
}

void RequestParserTest::JS_07_refusesCommandsThatAreNone_data()
{
    addColumns();
    addInvalidCommand("missing", raw("{}"));
    addInvalidCommand("null", raw(R"({"cmd":null})"));
    addInvalidCommand("number", raw(R"({"cmd":7})"));
    addInvalidCommand("fraction", raw(R"({"cmd":7.5})"));
    addInvalidCommand("boolean", raw(R"({"cmd":true})"));
    addInvalidCommand("array", raw(R"({"cmd":["ls"]})"));
    addInvalidCommand("object", raw(R"({"cmd":{"cmd":"ls"}})"));
    addInvalidCommand("empty", raw(R"({"cmd":""})"));
    addInvalidCommand("blanks", raw(R"({"cmd":"   "})"));
    addInvalidCommand("white space", raw(R"({"cmd":" \t\r\n\u000b\u000c"})"));
    addInvalidCommand("upper case", raw(R"({"CMD":"ls"})"));
    addInvalidCommand("blank in the name", raw(R"({"cmd ":"ls"})"));
    addInvalidCommand("deeper", raw(R"({"x":{"cmd":"ls"}})"));
}

void RequestParserTest::JS_08_namesWhatItIgnores()
{
    const Parsed parsed = parseRequest(
        R"({"cwd":"/","cmd":"ls","env":{"A":1},"stdin":["x"],"user":"root","request":"r","Reply":"x"})",
        false);
    const auto *request = std::get_if<Request>(&parsed);
    QVERIFY(request);
    QCOMPARE(request->ignored,
             (QStringList{u"cwd"_s, u"env"_s, u"stdin"_s, u"user"_s, u"Reply"_s, u"request"_s}));
    QCOMPARE(request->command, "ls");
}

void RequestParserTest::JS_08_shortensLongNamesThatItIgnores()
{
    const QByteArray name = QByteArray("\xF0\x9F\x98\x80").repeated(200'000);
    const Parsed parsed = parseRequest(R"({"cmd":"ls",")" + name + "\":1}", false);
    const auto *request = std::get_if<Request>(&parsed);
    QVERIFY(request);
    QCOMPARE(request->ignored.size(), 1);
    QCOMPARE(request->ignored.constFirst(), u"\U0001F600"_s.repeated(64) + u'…');
}

void RequestParserTest::JS_09_limitsTheCommand()
{
    QVERIFY(std::holds_alternative<Request>(parseRequest(withCommand(65'536), false)));
    const Parsed longer = parseRequest(withCommand(65'537), false);
    QCOMPARE(std::get<Refusal>(longer).kind, Kind::InvalidCommand);
}

void RequestParserTest::PO_07_refusesAttemptsToChangeSettings_data()
{
    addColumns();
    addInvalidCommand("rule", raw(R"({"rule":{"allow":"*"}})"));
    addInvalidCommand("config", raw(R"({"config":{"approval":"all"}})"));
    addInvalidCommand("pin", raw(R"({"op":"pin","pin":"00"})"));
    addInvalidCommand("update", raw(R"({"op":"update"})"));
}

void RequestParserTest::refusesWhatIsNoObject_data()
{
    addColumns();
    for (const char *text : {"",
                             " ",
                             "5",
                             "-1",
                             "1.5",
                             "\"cmd\"",
                             "null",
                             "true",
                             "[]",
                             "[{\"cmd\":\"ls\"}]",
                             "{",
                             "{\"cmd\":\"ls\"",
                             "{\"cmd\":\"ls\",}",
                             "{'cmd':'ls'}",
                             "{cmd:\"ls\"}",
                             "{\"cmd\":\"ls\"}}",
                             "{\"cmd\":\"ls\"}x",
                             "{\"cmd\":\"ls\"}{\"cmd\":\"rm\"}",
                             "{\"cmd\":\"ls\"}//x",
                             "/**/{\"cmd\":\"ls\"}",
                             "{\"cmd\":\"ls\",\"x\":01}",
                             "{\"cmd\":\"ls\",\"x\":NaN}",
                             "{\"cmd\":\"\\x41\"}",
                             "uptime"})
        QTest::newRow(text) << QByteArray(text) << Kind::InvalidJson;
}

void RequestParserTest::refusesWrongMembers_data()
{
    addColumns();
    addInvalidCommand("cmd and op", raw(R"({"cmd":"ls","op":"status"})"));
    addInvalidCommand("unknown op", raw(R"({"op":"reboot"})"));
    addInvalidCommand("op is no string", raw(R"({"op":1})"));
    addInvalidCommand("result of nothing", raw(R"({"op":"result"})"));
    addInvalidCommand("result of an empty name", raw(R"({"op":"result","request":""})"));
    addInvalidCommand("cancel of a number", raw(R"({"op":"cancel","request":5})"));
    addInvalidCommand("name too long",
                      R"({"op":"cancel","request":")" + QByteArray(65, 'x') + "\"}");
    addInvalidCommand("unknown reply form", raw(R"({"cmd":"ls","reply":"xml"})"));
    addInvalidCommand("reply is null", raw(R"({"cmd":"ls","reply":null})"));
    addInvalidCommand("timeout 0", withTimeout("0"));
    addInvalidCommand("timeout 86401", withTimeout("86401"));
    addInvalidCommand("timeout -5", withTimeout("-5"));
    addInvalidCommand("timeout 2^64+5", withTimeout("18446744073709551621"));
    addInvalidCommand("timeout 2^64-1", withTimeout("18446744073709551615"));
    addInvalidCommand("timeout 30.0", withTimeout("30.0"));
    addInvalidCommand("timeout 3e1", withTimeout("3e1"));
    addInvalidCommand("timeout is a string", withTimeout("\"30\""));
    addInvalidCommand("timeout is an array", withTimeout("[30]"));
    addInvalidCommand("reason is a number", raw(R"({"cmd":"ls","reason":1})"));
    addInvalidCommand("reason of 501 characters",
                      R"({"cmd":"ls","reason":")" + QByteArray(501, 'x') + "\"}");
    addInvalidCommand("reason of 100,000 characters",
                      R"({"cmd":"ls","reason":")" + QByteArray(100'000, 'x') + "\"}");
    addInvalidCommand("id is a number", raw(R"({"cmd":"ls","id":17})"));
    addInvalidCommand("id of 65 characters", R"({"cmd":"ls","id":")" + QByteArray(65, 'x') + "\"}");
}

void RequestParserTest::takesTextOnlyWhenAllowed_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("word") << raw("uptime");
    QTest::newRow("line") << raw("df -h | sort\r\n");
    QTest::newRow("blank first") << raw("  ls ");
    QTest::newRow("not ASCII") << raw("echo \xC3\xA9");
    QTest::newRow("string") << raw("\"cmd\"");
    QTest::newRow("bracket") << raw("[ -e x ]");
}

void RequestParserTest::takesTextOnlyWhenAllowed()
{
    QFETCH(const QByteArray, message);
    const Parsed parsed = parseRequest(message, true);
    const auto *request = std::get_if<Request>(&parsed);
    QVERIFY(request);
    QCOMPARE(request->command, message);
    QCOMPARE(std::get<Refusal>(parseRequest(message, false)).kind, Kind::InvalidJson);
}

void RequestParserTest::PA_18_neverTakesControlBytesForText_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("heartbeat") << raw("\x06");
    QTest::newRow("event") << raw("\auptime");
    QTest::newRow("blank, event") << raw(" \auptime");
    QTest::newRow("delete") << raw("\x7Fls");
    QTest::newRow("NUL") << raw("\0ls");
    QTest::newRow("nothing") << raw("");
    QTest::newRow("blanks") << raw(" \t\r\n");
    QTest::newRow("bad UTF-8") << raw("ls \xFF");
    QTest::newRow("byte order mark") << raw("\xEF\xBB\xBFls");
    QTest::newRow("broken object") << raw("{ ls; }");
}

void RequestParserTest::PA_18_neverTakesControlBytesForText()
{
    QFETCH(const QByteArray, message);
    for (const bool acceptText : {false, true}) {
        const Parsed parsed = parseRequest(message, acceptText);
        QVERIFY(std::holds_alternative<Refusal>(parsed));
        QCOMPARE(std::get<Refusal>(parsed).kind, Kind::InvalidJson);
    }
}

void RequestParserTest::refusesTextThatCannotBeRun_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("NUL inside") << raw("ls\0rm");
    QTest::newRow("too long") << QByteArray(65'537, 'x');
}

void RequestParserTest::refusesTextThatCannotBeRun()
{
    QFETCH(const QByteArray, message);
    const Parsed parsed = parseRequest(message, true);
    QCOMPARE(std::get<Refusal>(parsed).kind, Kind::InvalidCommand);
}

QTEST_GUILESS_MAIN(RequestParserTest)
#include "tst_requestparser.moc"
