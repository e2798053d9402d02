"""Dutch is complete: no empty, fuzzy or damaged entry in any nl.po."""

import re

import polib
import pytest

PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%s|%d|\{\{?[^}]*\}\}?")


def _catalogues(addons):
    paths = [addon / "i18n" / "nl.po" for addon in addons]
    return {p.parents[1].name: polib.pofile(p.read_text()) for p in paths}


def test_every_text_has_a_dutch_one(addons):
    for name, catalogue in _catalogues(addons).items():
        assert len(catalogue), f"{name} has no Dutch texts at all"
        missing = catalogue.untranslated_entries() + catalogue.fuzzy_entries()
        assert [entry.msgid for entry in missing] == []


def test_placeholders_survive_translation(addons):
    for name, catalogue in _catalogues(addons).items():
        damaged = [
            entry.msgid
            for entry in catalogue
            if sorted(PLACEHOLDER.findall(entry.msgid))
            != sorted(PLACEHOLDER.findall(entry.msgstr))
        ]
        assert damaged == [], name


@pytest.mark.parametrize("tag", ["b", "strong", "p", "i", "a", "br"])
def test_markup_survives_translation(addons, tag):
    opening = re.compile(rf"<{tag}\b")
    for name, catalogue in _catalogues(addons).items():
        damaged = [
            entry.msgid
            for entry in catalogue
            if len(opening.findall(entry.msgid)) != len(opening.findall(entry.msgstr))
        ]
        assert damaged == [], name
