"""Rule 14: nobody is looked for before they agreed, and how far a search is stays with whoever is cleared for it.

The program matches nobody with anybody: what there is of tracing is a talk, a sheet and a line of the register.
"""

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.children import Item
from fieldkit.domain.errors import PersonFault
from fieldkit.services import child_register, civil_sheets, issued, training
from fieldkit.services.civil_sheets import Sheet
from fieldkit.services.issued import PaperKind, Wish
from fieldkit.services.vault import OpenVault
from tests.stories.desks import Desks, only_as
from tests.stories.people import AGREED, IN_PRIVATE, NOT_AGREED, Told, led
from tests.stories.test_sheets_for_registries import told_of

CHILD: Told = {"name_told": "Sela Invented", "sex": "female", "age_years": "13", "alone": "yes"}


def searched_for(post: OpenVault) -> str:
    """A child whose family answered, as a trained colleague wrote down."""
    training.record(post, post.person.id, "children", post.world.today(), "Invented Institute")
    cared = only_as(post, Role.CHILD_PROTECTION)
    case = led(cared, "child_registration", IN_PRIVATE, NOT_AGREED, CHILD).case
    told = {"tracing_wish": "yes", "safety_check": "no_danger", "tracing_way": "red_cross"}
    led(cared, "tracing", IN_PRIVATE, NOT_AGREED, told, {"tracing_state": "answer"}, case=case)
    return case


def test_nobody_is_put_on_a_sheet_for_a_search_before_somebody_may_be_told(desks: Desks) -> None:
    """A brother is missing; the person wants their family to know it, and no service yet."""
    vault = desks.training
    case = told_of(vault, "missing", "family local")
    assert civil_sheets.lost(vault, case, Sheet.SEARCH) == ()
    with pytest.raises(PersonFault, match=r"sheet\.nobody"):
        issued.issue(vault, case, Wish(PaperKind.SEARCH, ("fr",), safe_to_carry=True, about="x"))
    asked_again = told_of(vault, "missing", "search")
    assert len(civil_sheets.lost(vault, asked_again, Sheet.SEARCH)) == 1


def test_that_a_family_answered_is_read_by_whoever_is_cleared_and_stands_on_no_table(desks: Desks) -> None:
    post = desks.training
    case = searched_for(post)
    assert child_register.tracing_state(post, case) == ("tracing_state", "answer")
    (line,) = (one for one in child_register.register(post) if one.case == case)
    assert line.states[Item.TRACING].value == "done", "that there was a talk, and no more"
    assert b"answer" not in child_register.table(post)
    assert child_register.tracing_state(only_as(post, Role.COORDINATOR), case) == ("", "")


MESSAGE: Told = {
    "message_afraid": "no",
    "message_wish": "yes",
    "message_relation": "parent",
    "message_name": "Sami Invented",
    "message_place": "by the invented wells",
    "message_words": "I am well (invented).",
    "message_answer": "ask",
}


def test_no_message_goes_on_paper_without_the_wish_the_look_at_it_and_a_yes_of_its_own(desks: Desks) -> None:
    """R-201: agreeing that answers are shared is no yes to the network that carries messages."""
    post = only_as(desks.training, Role.COUNSELLOR)
    case = led(post, "family_message", IN_PRIVATE, AGREED, MESSAGE).case
    assert civil_sheets.messages(post, case) == ()
    led(post, "family_message", IN_PRIVATE, AGREED, MESSAGE, {"message_checked": "yes"}, case=case)
    assert civil_sheets.messages(post, case) == ()
    ready: Told = {"message_checked": "yes", "message_agree": "yes"}
    led(post, "family_message", IN_PRIVATE, AGREED, MESSAGE, ready, case=case)
    assert [one.name for one in civil_sheets.messages(post, case)] == ["Sami Invented"]
    led(post, "family_message", IN_PRIVATE, AGREED, {"message_wish": "not_now"}, case=case)
    assert civil_sheets.messages(post, case) == (), "it can be taken back"
