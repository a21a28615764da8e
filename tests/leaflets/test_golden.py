"""Shapes, order and line breaks stay as they were looked at, in every script."""

import pytest

from tests.leaflets.golden import FOLDER, as_text
from tests.leaflets.samples import SENTENCES


@pytest.mark.parametrize("language", SENTENCES)
def test_glyph_runs_and_breaks_are_the_golden_ones(language: str) -> None:
    golden = (FOLDER / f"{language}.json").read_text(encoding="utf-8")
    assert as_text(language) == golden


def test_no_golden_file_without_a_sample() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(SENTENCES)
