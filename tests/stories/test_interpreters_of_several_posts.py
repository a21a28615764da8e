"""Interpreters: what they say of themselves, who was missing, and one list for several posts (R-197).

Invented posts and offices; an interpreter is a code everywhere.
"""

from dataclasses import replace
from datetime import date

import pytest

from fieldkit.content import interpreters as table
from fieldkit.content import packs
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.shelf import Shelf
from fieldkit.files import resources
from fieldkit.headquarters.tables import Gap, Name, word
from fieldkit.services import figures, interpreter_pool, interpreters
from fieldkit.services.interpreters import Told, as_told
from fieldkit.services.vault import OpenVault
from tests.stories import offices
from tests.stories.desks import Desks
from tests.stories.people import AGREED, NO_URGENT_NEED, screened

SIGNED = date(2026, 2, 1)
THROUGH = {
    through: {"private_place": "yes", "nobody_listening": "yes", "interpreted": through}
    for through in ("companion", "nobody")
}


def test_an_interpreter_says_levels_dialects_and_training_and_a_change_keeps_them(desks: Desks) -> None:
    vault = desks.training
    told = Told(
        *("I-31", ("ti", "ar"), "female", "phone", SIGNED),
        levels={"ti": "first", "ar": "some"},
        dialects="of the coast (invented)",
        training="Two days on child protection",
        trained_on=SIGNED,
    )
    name = interpreters.keep(vault, told)
    interpreters.keep(vault, replace(as_told(_one(vault, name)), stopped=True), name)
    held = _one(vault, name)
    assert (held.stopped, held.sex, held.how, held.undertaking) == (True, "female", "phone", "2026-02-01")
    assert (dict(held.levels), held.dialects) == ({"ti": "first", "ar": "some"}, "of the coast (invented)")
    assert (held.training, held.trained_on) == ("Two days on child protection", "2026-02-01")
    for wrong, code in (
        ({"levels": {"so": "well"}}, "level"),
        ({"levels": {"ti": "best"}}, "level"),
        ({"training": "x" * 121}, "training"),
        ({"trained_on": date(2099, 1, 1)}, "training"),
    ):
        with pytest.raises(PersonFault, match=f"interpreter.{code}"):
            interpreters.keep(vault, replace(told, **wrong), name)


def test_talks_without_a_suitable_interpreter_are_counted_here_and_at_headquarters(desks: Desks) -> None:
    vault, office = desks.enrolled, desks.office
    for through in ("companion", "companion", "nobody"):
        screened(vault, THROUGH[through], AGREED, NO_URGENT_NEED, person="so")
    screened(vault, THROUGH["companion"], NO_URGENT_NEED, person="am")
    assert interpreters.missing(vault) == {"am": (1, 1), "so": (2, 3)}
    offices.carry(vault, office, desks.stick)
    silent = desks.training
    offices.enrol(silent, office)
    pages = {one.id: one for one in figures.pages(office.vault).of("unmet")}
    rows = {line.name: line.cells for line in pages["interpreters_by_post"].lines}
    assert set(rows[Name("post", silent.name)]) == {Gap.NOT_TOLD}, "a post that told nothing is not zero"
    assert Gap.NOT_TOLD not in rows[Name("post", vault.name)]
    assert pages["interpreters_by_post"].columns[1] == word("interpreter_missing")
    languages = {line.name.key for line in pages["interpreters_by_language"].lines}
    assert "so" in languages and "am" not in languages, "of whom nobody agreed, nothing is told"


def test_one_list_for_several_posts_holds_codes_offices_and_nothing_else(desks: Desks) -> None:
    post, office = desks.enrolled, desks.office
    interpreters.keep(
        post, Told("I-41", ("ti", "am"), "female", undertaking=SIGNED, training="Invented course")
    )
    interpreters.keep(post, Told("Almaz Invented", ("ti",), undertaking=SIGNED))
    interpreters.keep(post, Told("I-42", ("so",)))
    offices.carry(post, office, desks.stick)
    assert "I-41" not in {one.code for one in interpreter_pool.pool(office.vault).held}, (
        "not told how to reach it"
    )
    interpreter_pool.set_reach(post, "+44 1632 960433")
    offices.carry(post, office, desks.stick)
    pool = interpreter_pool.pool(office.vault)
    (one,) = [held for held in pool.held if held.code == "I-41"]
    assert (one.languages, one.office, one.reach) == (("ti", "am"), post.name, "+44 1632 960433")
    assert pool.no_code >= 1
    content = interpreter_pool.file(office.vault)
    assert b"Almaz" not in content and b"I-42" not in content and b"female" not in content
    packs.check({table.TABLE: content}, resources())
    lake = desks.lake
    lake.content = (Shelf(resources(), {table.TABLE: content}), *lake.content[1:])
    assert "I-41" in {held.code for held in interpreter_pool.of_other_posts(lake)}
    with pytest.raises(PersonFault, match=r"team\.number"):
        interpreter_pool.set_reach(post, "Ask for 7KQ2-M0XD")


def _one(vault: OpenVault, name: str) -> interpreters.Interpreter:
    return next(one for one in interpreters.interpreters(vault) if one.id == name)
