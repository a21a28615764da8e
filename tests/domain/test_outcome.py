"""C26 is never easy: each missing condition alone forbids it (`protection.md` 1)."""

import dataclasses

import pytest

from fieldkit.domain.outcome import (
    NEVER_SUGGESTED,
    CoreSection,
    Interpreted,
    Step,
    Verdict,
    may_choose_no_specific_need,
)

GOOD = CoreSection(
    "journey", asked=True, in_private=True, interpreted=Interpreted.INTERPRETER, reviewed_text=True
)


def test_with_every_condition_met_a_person_may_choose_it() -> None:
    assert may_choose_no_specific_need((GOOD, dataclasses.replace(GOOD, interpreted=Interpreted.NOBODY)))


@pytest.mark.parametrize(
    "change",
    [
        {"asked": False},
        {"in_private": False},
        {"interpreted": Interpreted.COMPANION},
        {"interpreted": Interpreted.CHILD},
        {"interpreted": Interpreted.ARRIVAL},
        {"reviewed_text": False},
    ],
)
def test_one_section_short_of_one_condition_is_enough_to_forbid_it(change: dict[str, object]) -> None:
    short = dataclasses.replace(GOOD, **change)  # type: ignore[arg-type]
    assert not may_choose_no_specific_need((GOOD, short))


def test_nothing_asked_is_not_everything_asked() -> None:
    assert not may_choose_no_specific_need(())


def test_the_vocabulary_holds_no_verdict_on_status() -> None:
    words = {*Step, *Verdict}
    assert words == {"refer to", "needs", "screen again", "yes", "no", "cannot tell"}
    assert "C26" in NEVER_SUGGESTED
