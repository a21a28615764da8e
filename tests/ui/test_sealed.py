"""What somebody without clearance sees: that something is sealed, and whom to ask; and giving a key."""

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.access import Role
from fieldkit.domain.classes import SealedClass
from fieldkit.languages.isolates import without_isolates
from fieldkit.services import people, training
from fieldkit.services.people import NewAccount
from fieldkit.services.vault import OpenVault, SignIn
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.presenters.sealed import CLASS_WORDS
from fieldkit.ui.screens.trainings import TrainingsScreen
from tests.stories.desks import only_as
from tests.stories.people import AGREED, AN_ADULT, FEAR, HURT, IN_PRIVATE, NO_URGENT_NEED, screened
from tests.ui.conftest import OpenWindow
from tests.ui.desks import press, settle
from tests.ui.interviewing import write
from tests.ui.looking import cut, nameless, texts

PHRASE = "harbor violet candle summit basket river"
CANARY = "Quexolotl-Invented"


def said(window: MainWindow) -> str:
    settle()
    return "\n".join(without_isolates(text) for text in texts(window))


def disclosed(vault: OpenVault) -> str:
    told = {"anything_else": f"The man was called {CANARY}."}
    return screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR, HURT, told).case


def test_every_class_has_words() -> None:
    assert set(CLASS_WORDS) == set(SealedClass)


def test_an_officer_sees_that_something_is_sealed_and_whom_to_ask(
    post: OpenVault, open_window: OpenWindow
) -> None:
    case = disclosed(post)
    only_as(post, Role.OFFICER)
    window = open_window(post)
    window.context.go("outcome", case=case)
    told = said(window)
    assert "Something is sealed here" in told and "Ask: Officer One" in told
    assert "cannot be told from here: answers are sealed" in told
    assert not list(cut(window)) and not list(nameless(window))
    window.context.go("finished", about=f"case/{case}")
    told = said(window)
    assert "Something is sealed here" in told
    assert "Correct an answer" not in told, "a correction is a whole interview"
    press(window, "Print it for the file")
    assert CANARY not in said(window)


def test_who_is_cleared_sees_none_of_that(post: OpenVault, open_window: OpenWindow) -> None:
    case = disclosed(post)
    window = open_window(post)
    for screen, arguments in (("outcome", {"case": case}), ("finished", {"about": f"case/{case}"})):
        window.context.go(screen, **arguments)
        assert "Something is sealed here" not in said(window)


def test_a_key_is_given_in_the_window_and_held_from_the_next_sign_in_on(
    post: OpenVault, open_window: OpenWindow
) -> None:
    nurse = people.add(post, NewAccount("Nurse (invented)", frozenset({Role.OFFICER}), PHRASE, True))
    post.journal.append(
        actor=post.person.id,
        subject=f"person/{nurse}",
        kind="person.changed",
        payload={"label": "Nurse (invented)", "roles": [Role.HEALTH_WORKER.value]},
        replaces=[identity for _, identity in post.journal.about(f"person/{nurse}")],
    )
    only_as(post, Role.COUNSELLOR, Role.HEALTH_WORKER)
    window = open_window(post)
    window.context.go("help")
    press(window, "Who reads what is sealed")
    told = said(window)
    assert all(window.context.say(word) in told for word in CLASS_WORDS.values())
    press(
        window, "Health: Give the key to \N{FIRST STRONG ISOLATE}Nurse (invented)\N{POP DIRECTIONAL ISOLATE}"
    )
    assert "has the key from their next sign-in on" in said(window)
    assert not list(cut(window)) and not list(nameless(window))
    post.close()
    hers = SignIn(post.folder, post.world, FOR_TESTS).open(nurse, PHRASE)
    assert sum(hers.cleared(name) for name in SealedClass) == 1
    hers.close()
    window.context.vault = None


def test_a_training_is_written_down_in_the_account(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    window.context.go("account", person=post.person.id)
    press(window, "What they were trained in")
    screen = window.screen_shown
    assert isinstance(screen, TrainingsScreen)
    assert "Nothing yet. Choose a training below." in said(window)
    assert screen.grid is not None and screen.day is not None and screen.by is not None
    screen.grid.choose("children")
    screen._chosen(("children",))
    write(screen.day.line, "1.2.2026")
    write(screen.by.line, "Invented Institute")
    screen.main_action().do()
    told = said(window)
    assert "1 February 2026, Invented Institute" in told
    assert [one.topic for one in training.held(post, post.person.id)] == ["children"]
    assert not list(cut(window)) and not list(nameless(window))
