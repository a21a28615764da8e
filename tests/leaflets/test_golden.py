"""Shapes, order and line breaks stay as they were looked at, in every script."""

import pytest

from fieldkit.languages.autonyms import LANGUAGES
from fieldkit.leaflets.fonts import shipped
from fieldkit.leaflets.lines import set_line
from fieldkit.leaflets.text import passage
from tests.leaflets.golden import FOLDER, TEXTS, as_text
from tests.leaflets.samples import runs

WITHOUT_SAMPLE = {
    "ay",
    "quc",
    "mam",
    "kri",
    "mos",
    "snk",
    "dyu",
    "mnk",
    "pov",
    "haz",
    "kaa",
    "tmh",
    "nah",
    "miq",
}
"""Languages of arrivals that CLDR has no month names for; their letters are Latin, or those of a neighbour."""


@pytest.mark.parametrize("name", TEXTS)
def test_glyph_runs_and_breaks_are_the_golden_ones(name: str) -> None:
    golden = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    assert as_text(name) == golden


def test_every_language_that_people_can_point_at_has_a_sample() -> None:
    same = {"rhg": "rhg_Rohg"}
    tags = {same.get(language.tag, language.tag) for language in LANGUAGES}
    assert tags - set(TEXTS) - WITHOUT_SAMPLE == set()


@pytest.mark.parametrize("language", [language.tag for language in LANGUAGES])
def test_every_autonym_can_be_printed(language: str) -> None:
    name = next(one.autonym for one in LANGUAGES if one.tag == language)
    assert set_line(passage(runs(name), language, shipped()), 11).runs


def test_no_golden_file_without_a_sample() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(TEXTS)
