"""Home: what can be begun, what lies unfinished, and the ways from there."""

from types import SimpleNamespace

import pytest

from fieldkit.content import mapping
from fieldkit.domain.access import Action, Role
from fieldkit.files import resources
from fieldkit.services import intake
from fieldkit.services.vault import OpenVault
from fieldkit.ui.presenters.home import Home
from fieldkit.ui.widgets.looking_up import LookUp
from tests.stories.desks import only_as
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, led, screened
from tests.ui.desks import afraid, done_with, press, window_at
from tests.ui.looking import says, texts


def test_an_unfinished_interview_is_called_as_the_program_speaks_now(post: OpenVault) -> None:
    intake.begin(post, "screening", officer_language="fr", person_language="ti")
    window = window_at(post, "home")
    assert says(window, "First screening · ትግርኛ")
    window.context.use_language("fr")
    assert says(window, "Premier entretien · ትግርኛ")
    done_with(window)


def test_who_may_import_forms_finds_them_from_home(post: OpenVault) -> None:
    window = window_at(post, "home")
    press(window, "Forms")
    assert window.context.navigation.here[0] == "forms"
    press(window, "Back")
    assert window.context.navigation.here[0] == "home"
    done_with(window)


@pytest.mark.parametrize("allowed", [True, False])
def test_forms_are_offered_only_to_who_may_import_them(allowed: bool) -> None:
    vault = SimpleNamespace(may=lambda action: action is Action.IMPORT_FORM and allowed)
    home = Home(vault, lambda _: (), lambda _: (), "en")  # type: ignore[arg-type]  # only rights are asked
    assert home.may_import_forms is allowed


@pytest.mark.parametrize("screen", ["information", "directory"])
def test_another_language_leaves_no_word_of_the_former_one(post: OpenVault, screen: str) -> None:
    before = window_at(post, screen)
    before.context.use_language("fr")
    switched = texts(before)
    done_with(before)
    french = window_at(post, screen, language="fr")
    assert switched == texts(french)
    done_with(french)


def test_an_outcome_and_its_referral_are_read_anew_in_another_language(post: OpenVault) -> None:
    case = afraid(post).case
    for window in (
        window_at(post, "outcome", case=case),
        window_at(post, "referral", case=case, category="C01"),
    ):
        assert says(window, "Asks for asylum or is afraid to go back")
        window.context.use_language("fr")
        assert says(window, "Demande l'asile ou a peur de retourner là-bas")
        assert not says(window, "Asks for asylum or is afraid to go back")
        done_with(window)


def test_somebody_is_looked_for_while_the_letters_are_typed(post: OpenVault) -> None:
    done = screened(post, IN_PRIVATE, AGREED, AN_ADULT)
    window = window_at(post, "people")
    (search,) = window.findChildren(LookUp)
    assert not says(window, "Amaru Testperson")
    search.field.line.setText("amar")
    search.look()
    assert says(window, "Amaru Testperson")
    press(window, done.number)
    assert window.context.navigation.here[0] == "outcome"
    done_with(window)


def test_whoever_finds_somebody_does_not_read_why_they_were_talked_with(post: OpenVault) -> None:
    """K-11: the name of a talk for trained staff is a reason."""
    led(post, "stateless", IN_PRIVATE, AGREED)
    window = window_at(post, "people")
    assert says(window, "Nationality and papers")
    done_with(window)
    window = window_at(only_as(post, Role.OFFICER), "people")
    assert says(window, "2 March 2026") and not says(window, "Nationality and papers")
    done_with(window)


def test_who_is_not_found_may_have_been_somewhere_else(post: OpenVault) -> None:
    screened(post, IN_PRIVATE, AGREED, AN_ADULT)
    window = window_at(post, "people")
    (search,) = window.findChildren(LookUp)
    search.field.line.setText("nobody")
    search.look()
    assert says(window, "another post")
    search.field.line.clear()
    search.look()
    assert not says(window, "another post")
    done_with(window)


def test_who_is_signed_in_reads_which_codebook_the_laptop_knows(post: OpenVault) -> None:
    """R-171: two laptops that show different numbers know different words."""
    window = window_at(post, "help")
    newest = mapping.versions(resources())[-1]
    assert says(window, f"Codebook {newest.number} of ")
    done_with(window)
