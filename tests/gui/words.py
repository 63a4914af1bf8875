# SPDX-License-Identifier: Apache-2.0
"""The words of the program in a language, by those that stand in its sources."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "resources/translations"


class Words:
    """context: the class whose words they are, where several say the same."""

    def __init__(self, language="en"):
        self.table = {}
        if language == "en":
            return
        tree = ElementTree.parse(FOLDER / ("cometa-agent_%s.ts" % language))
        for context in tree.getroot().iter("context"):
            for message in context.iter("message"):
                source, translation = message.findtext("source"), message.findtext("translation")
                self.table[context.findtext("name"), source] = translation
                self.table.setdefault((None, source), translation)

    def shown(self, source, context=None):
        return self.table.get((context, source), source)

    def text(self, source, context=None):
        """Without what marks its mnemonic."""
        return self.shown(source, context).replace("&", "")

    def all(self, source):
        """In each context."""
        shown = {text for (_, known), text in self.table.items() if known == source}
        return {text.replace("&", "") for text in shown or {source}}

    def key(self, source, context=None):
        """The keys of its mnemonic."""
        shown = self.shown(source, context)
        return "alt+" + shown[shown.index("&") + 1].lower()
