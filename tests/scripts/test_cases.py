#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""scripts/cases: what it takes for a test, what it writes, and when --check fails."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts/cases"
DOCUMENT = """# Security
- **P1** This.
- **P2** That.
before
<!-- cases: made by scripts/cases -->
<!-- end of cases -->
after
"""
CPP = """
class T {
    void XX_09_isNoSlot() { }
private Q_SLOTS:
    void AA_01_provesIt_data() { row("AA_03 a row", 1); }
    void AA_01_provesIt() { }
    void other_data()
    {
        QTest::newRow("AA_02 a row") << 1;
    }
    void other();
private:
    void AA_04_isNoSlotEither() { }
};
"""
PYTHON = """
class T(unittest.TestCase):
    DEF test_AA_04_BB_01_two_at_once(self):
    DEF test_P2_a_promise(self):
    DEF helper_AA_05_is_none(self):
""".replace("DEF", "def")


class Cases(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.write("docs/security.md", DOCUMENT)
        self.write("tests/CMakeLists.txt", "foreach(name one two)\nsystem_test(three)\n")
        self.write("tests/tst_one.cpp", CPP)
        self.write("tests/system/test_three.py", PYTHON)
        self.cases = ["AA-01 P1 First.", "AA-02 P1 Second.", "AA-03 P1 Third.", "AA-04 P1,P2 Fourth.",
                      "BB-01 P2 Fifth."]

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def run_script(self, *arguments):
        """(exit status, lines of stderr)"""
        self.write("tests/cases.txt", "# words\n\n" + "\n".join(self.cases) + "\n")
        done = subprocess.run([sys.executable, str(SCRIPT), "--root", str(self.root), *arguments],
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stderr.splitlines()

    def document(self):
        return (self.root / "docs/security.md").read_text()

    def test_makes_the_table_from_the_names(self):
        self.assertEqual(self.run_script(), (0, []))
        text = self.document()
        self.assertTrue(text.startswith(DOCUMENT[:40]))
        self.assertTrue(text.endswith("<!-- end of cases -->\nafter\n"))
        for row in ("| P1 | AA-01 | First. | `tst_one::AA_01_provesIt` |",
                    "| P1 | AA-02 | Second. | `tst_one::other` |",
                    "| P1 | AA-03 | Third. | `tst_one::AA_01_provesIt` |",
                    "| P1 | AA-04 | Fourth. | `test_three::test_AA_04_BB_01_two_at_once` |",
                    "| P2 | AA-04 | Fourth. | `test_three::test_AA_04_BB_01_two_at_once` |",
                    "| P2 | BB-01 | Fifth. | `test_three::test_AA_04_BB_01_two_at_once` |",
                    "| P2 |  |  | `test_three::test_P2_a_promise` |"):
            self.assertIn(row + "\n", text)
        self.assertEqual(self.run_script("--check"), (0, []))

    def test_an_old_table_fails_the_check(self):
        self.assertEqual(self.run_script("--check")[0], 1)
        self.assertEqual(self.document(), DOCUMENT, "a check writes nothing")
        self.run_script()
        self.write("tests/tst_two.cpp", CPP)
        status, lines = self.run_script("--check")
        self.assertEqual((status, len(lines)), (1, 1))
        self.assertIn("old", lines[0])

    def test_a_case_without_a_test_fails(self):
        self.cases.append("AA-05 P1 Sixth.")
        for arguments in ((), ("--check",)):
            status, lines = self.run_script(*arguments)
            self.assertEqual(status, 1)
            self.assertIn("AA-05 has no test", lines[0])

    def test_an_open_case_passes_and_says_why(self):
        self.cases += ["AA-05 P1 Sixth.", "open AA-05 Not made yet."]
        self.assertEqual(self.run_script(), (0, []))
        self.assertIn("| P1 | AA-05 | Sixth. | open: Not made yet. |\n", self.document())

    def test_an_open_case_with_a_test_fails(self):
        self.cases.append("open AA-01 Not made yet.")
        status, lines = self.run_script()
        self.assertEqual(status, 1)
        self.assertIn("AA-01 is called open", lines[0])

    def test_a_test_that_ctest_does_not_know_counts_for_nothing(self):
        self.write("tests/CMakeLists.txt", "foreach(name one)\n")
        status, lines = self.run_script()
        self.assertEqual(status, 1)
        self.assertTrue(any("AA-04 has no test" in line for line in lines), lines)

    def test_names_of_no_case_fail(self):
        self.write("tests/tst_two.cpp", CPP.replace("AA_01", "AA_77"))
        status, lines = self.run_script()
        self.assertEqual(status, 1)
        self.assertTrue(any("AA-77, which is no case" in line for line in lines), lines)

    def test_a_promise_without_case_and_test_fails(self):
        self.write("docs/security.md", DOCUMENT.replace("before", "- **P3** Nobody proves it."))
        status, lines = self.run_script()
        self.assertEqual(status, 1)
        self.assertIn("P3 has neither", lines[0])

    def test_lines_that_are_no_case_fail(self):
        for line in ("AA-06 Without a promise.", "AA-01 P1 Twice.", "open ZZ-01 No case."):
            self.cases.append(line)
            self.assertEqual(self.run_script()[0], 1, line)
            self.cases.pop()


if __name__ == "__main__":
    unittest.main(verbosity=2)
