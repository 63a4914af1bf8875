#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""scripts/lint-visible finds what was planted, and nothing in what is right."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

LINT = Path(__file__).resolve().parents[2] / "scripts/lint-visible"

PLANTED = {
    "rich": ["text->setHtml(reply);", "label->setTextFormat(Qt::RichText);",
             "label->setTextFormat(\n    Qt::AutoText);", "auto *view = new QTextBrowser(this);"],
    "label": ["auto *words = new QLabel(row.scope);", "auto *words = new QLabel(text, this);",
              "auto *words = new QLabel;\nwords->setText(request.name);",
              "QLabel words(QString(\"%1\").arg(name));"],
    "tooltip": ["button->setToolTip(row.scope);", "button->setToolTip(known ? tr(\"a\") : server);",
                "QToolTip::showText(QPoint(1, 2), name, this);", "case Qt::ToolTipRole:\n    return m_name;"],
    "bytes": ["label->setText(QString::fromUtf8(row.request.command));",
              "const QString text = QString::fromLatin1(output.first(100));",
              "QStringDecoder decoder(QStringDecoder::Utf8);"],
    "field": ["label->setText(row.request.reason);", "return tr(\"Detail: %1\").arg(outcome.detail);",
              "CtlPrint::out(answer.value(\"reason\"_L1).toString());",
              "line(visible(row.request.name), row.request.reason);",
              "other(escaped(name)); label->setText(request->reason);"],
    "files": ["auto *dialog = new QFileDialog(this);", "QFileDialog dialog(this);",
              "const QString path = QFileDialog::getOpenFileName(this);"],
    "printf": ["std::printf(\"%s\\n\", qUtf8Printable(line));", "std::fputs(command.constData(), stdout);",
               "qInfo(\"%s %s\", qPrintable(escaped(a)), qPrintable(b));"],
}

RIGHT = """
// label->setText(row.request.reason); setHtml(x)
/* QTextEdit */
label->setText(visible(row.request.reason));
label->setText(tr("Says the requester (unverified): %1").arg(visible(row.request.reason)));
field(u"reason"_s, escaped(request.value("reason"_L1).toString()) + u" (unverified)"_s);
if (!row.request.reason.isEmpty() && status.value("state"_L1).toString() == "a"_L1)
    label->setText(VisibleText::encodeShort(row.request.command, 60));
if (answer.value("request"_L1).toString() == name)
    label->setText(tr("setHtml( is a word"));
auto *label = Plain::label(text);
QFileDialog *dialog = FileDialogs::toOpen(this, tr("Open"), path, filters);
auto *title = new QLabel(tr("S&how:"));
auto *icon = new QLabel;
icon->setPixmap(picture);
auto *plain = new QLabel(this);
plain->setTextFormat(Qt::PlainText);
plain->setText(text);
button->setToolTip(tr("From then on only this server is accepted."));
label->setToolTip(Plain::toolTip(badge.toolTip));
QToolTip::showText(at, text.isEmpty() ? QString() : Plain::toolTip(text), this);
case Qt::ToolTipRole:
    return Plain::toolTip(text);
send(QString::fromLatin1(payload.toBase64()));
std::fprintf(stderr, "cometactl: %s\\n", qUtf8Printable(escaped(line)));
std::fprintf(stderr, "%s\\n", qUtf8Printable(CtlPrint::escaped(line)));
std::fputs("words of ours", stderr);
rule.reason = text;
"""


class LintVisible(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        (self.root / "ui").mkdir()

    def lint(self, source, *arguments):
        (self.root / "ui/planted.cpp").write_text(source)
        done = subprocess.run([sys.executable, str(LINT), "--root", str(self.root), *arguments],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.stderr, "")
        self.assertEqual(done.returncode, 1 if done.stdout else 0)
        return done.stdout.splitlines()

    def test_finds_what_was_planted(self):
        for check, sources in PLANTED.items():
            for source in sources:
                with self.subTest(check=check, source=source):
                    found = self.lint("void f()\n{\n    " + source + "\n}\n")
                    self.assertEqual(len(found), 1, found)
                    self.assertRegex(found[0], r"^ui/planted\.cpp:[345]: %s: " % check)

    def test_finds_all_of_several(self):
        sources = [source for sources in PLANTED.values() for source in sources]
        self.assertEqual(len(self.lint(RIGHT + "\n".join(sources))), len(sources))

    def test_lets_what_is_right_pass(self):
        self.assertEqual(self.lint(RIGHT), [])

    def test_nothing_is_allowed_in_another_file(self):
        found = self.lint("QString::fromLatin1(m_shown);")
        self.assertEqual(len(found), 1, found)


if __name__ == "__main__":
    unittest.main(verbosity=2)
