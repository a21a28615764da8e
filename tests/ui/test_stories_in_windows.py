"""Protection stories as they happen at the desk: through the real windows, by the words that stand on them.

What the services promise is told in `tests/stories`; here somebody presses it. Stories that the tour walks already
are its steps (`TOLD_BY_THE_TOUR`); the others are told below, one after the other at one post, everybody a case of
their own. Nobody in them exists.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.outcome import Verdict
from fieldkit.languages.autonyms import autonym
from fieldkit.languages.isolates import without_isolates
from fieldkit.services import measures, refer, second_person, training
from fieldkit.services.case_file import read_case
from fieldkit.services.vault import OpenVault
from fieldkit.ui.screens.interview import InterviewScreen
from fieldkit.ui.screens.outcome import OutcomeScreen
from fieldkit.ui.tour import interview, path
from fieldkit.ui.tour.guide import Guide, Shots
from fieldkit.ui.tour.people import AGREED, CHILD_FIRST, IN_PRIVATE
from fieldkit.ui.widgets.question_card import QuestionCard
from tests.stories import offices
from tests.stories.desks import only_as, sits_down, text_of
from tests.stories.people import Told
from tests.ui.desks import done_with, window_at
from tests.ui.looking import texts

TOLD_BY_THE_TOUR = {
    "afraid to go back, with a medical need, in at most 40 inputs": "counted: an adult, from sign-in to slip",
    "a child alone, handed over in at most 15": "counted: a child alone, from sign-in to handover",
    "60 people from a boat, one officer, no printer": "counted: 60 people from a boat",
    "a companion interprets: private questions wait": "through a companion: private questions are planned",
    "somebody says no to headquarters: nothing travels": "export of a sealed bundle",
}
"""What is told -> the step of `ui/tour/path` that tells it; a step that does not come to it ends the tour."""

SAFE: Told = {**IN_PRIVATE, **AGREED}


def test_the_tour_has_the_steps_that_tell_these_stories() -> None:
    source = Path(path.__file__).read_text(encoding="utf-8")
    assert [step for step in TOLD_BY_THE_TOUR.values() if f'("{step}"' not in source] == []


class Desk:
    """Somebody at a window, and what can be said of it."""

    def __init__(self, guide: Guide, vault: OpenVault) -> None:
        self.guide, self.vault = guide, vault

    def sits(self, *roles: Role) -> None:
        """Somebody with these roles works here from now on."""
        if self.vault.person.roles != set(roles):
            only_as(self.vault, *roles)
            self._at_the_window()

    def relieved_by(self, label: str, *roles: Role) -> None:
        """Somebody else takes over, with these roles."""
        sits_down(self.vault, label, *roles)
        self._at_the_window()

    def _at_the_window(self) -> None:
        self.guide.window.rebuild()
        self.guide.context.navigation.start("home")
        self.guide.settle()

    def press(self, *texts_: str) -> None:
        for text in texts_:
            self.guide.press(text)

    def says(self, text: str) -> bool:
        return any(text in without_isolates(shown) for shown in texts(self.guide.window))

    def reads(self) -> str:
        """Everything that can be read, in small letters."""
        return "\n".join(without_isolates(shown) for shown in texts(self.guide.window)).lower()

    def number(self, case: str) -> str:
        return read_case(self.vault.journal, case).number

    def leads(self, form: str, told: Told, *, language: str = "ar", ends: bool = True) -> str:
        """A whole talk of somebody new, page by page where something was told; the case."""
        self.press("People", "Other talks", form)
        return self._led(told, language, ends)

    def leads_again(self, form: str, told: Told, *, language: str = "ar") -> str:
        """Another talk with whoever is on the screen."""
        self.press("The case", "Another talk with this person", form)
        return self._led(told, language, ends=True)

    def arrives(self, language: str, told: Told) -> str:
        """Somebody stands there; what is urgent is written down, and their page is open."""
        self.press("People", "Somebody arrived")
        return self._led(told, language, ends=True)

    def opens(self, case: str) -> None:
        """The page of somebody who was here."""
        self.press("People", "Finished interviews")
        self.guide.press_named(self.number(case))
        self.guide.expect("outcome")

    def _led(self, told: Told, language: str, ends: bool) -> str:
        self.guide.press_named(autonym(language))
        self.guide.expect("interview")
        left = dict(told)
        while left:
            interview._answer_page(self.guide, interview.Person("somebody", language, told), left)
            if left:
                self._to_section_of(next(iter(left)))
        return self.ends() if ends else ""

    def ends(self) -> str:
        """Go to the last page and finish; the case."""
        self._to_last()
        self.guide.main_action()
        self.guide.expect_no_error()
        here = self.guide.context.navigation.here[1]
        return str(here.get("case", here.get("about", ""))).rpartition("/")[2]

    def card(self, name: str) -> QuestionCard:
        """The question called `name` on this page."""
        cards = self.guide.window.findChildren(QuestionCard)
        return next(one for one in cards if one.isVisible() and one.view.ref.endswith(f"/{name}"))

    def _page(self) -> InterviewScreen:
        screen = self.guide.window.screen_shown
        assert isinstance(screen, InterviewScreen)
        return screen

    def _to_section_of(self, name: str) -> None:
        page = self._page().page
        assert page is not None
        for path_ in page.interview.form.shapes:
            if path_ and path_[-1] == name:
                self._press_step("/" + "/".join(path_[:2]))
                return
        raise AssertionError(f"{name} is not asked in this form")

    def _to_last(self) -> None:
        steps = self._page()._steps
        assert steps is not None
        self._press_step(list(steps.buttons)[-1])

    def _press_step(self, section: str) -> None:
        steps = self._page()._steps
        assert steps is not None
        self.guide.click(steps.buttons[section])

    def confirms(self, category: str) -> None:
        screen = self.guide.window.screen_shown
        assert isinstance(screen, OutcomeScreen)
        card = screen.cards[category]
        self.guide.click(next(b for b in self.guide.buttons_in(card) if b.accessibleName() == "Confirm"))

    def suggested(self, case: str) -> set[str]:
        said = refer.suggestions(self.vault, case)
        return {one.category for one in said if one.verdict is Verdict.YES}

    def plans(self, what: str) -> None:
        """From the outcome to the page of plans, and what stops this one is read."""
        self.press("The case", "Plans, and what happened", "Plan something", what)


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    """A training post whose one person may do everything and holds every training."""
    made = offices.open_post(tmp_path_factory.mktemp("desk"), "River post (invented)")
    for topic in ("violence", "private_talk", "trafficking"):
        training.record(made, made.person.id, topic, made.world.today(), "Invented Institute")
    yield made
    made.close()


@pytest.fixture(scope="module")
def at(vault: OpenVault, qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    out = tmp_path_factory.mktemp("shots")
    window = window_at(vault, "home")
    yield Desk(Guide(window, window.context, out, Shots(out)), vault)
    done_with(window)


EVERYTHING = tuple(set(Role) - {Role.COORDINATOR})


def test_whoever_may_be_exploited_is_not_punished_by_one_person(at: Desk) -> None:
    """R-067, R-071: one sign in the quick check is enough; a penalty waits for a second person."""
    at.sits(*EVERYTHING)
    case = at.leads("Quick check: is somebody in control?", {**SAFE, "age_years": "24", "can_leave": "no"})
    assert "C04" in at.suggested(case)
    at.confirms("C04")
    at.plans("A penalty")
    assert at.says("is not punished or held for it")
    at.guide.write("Why?", "no visa (invented)")
    at.press("Ask a second person")
    assert measures.plans(at.vault, case) == ()
    assert [one.about for one in second_person.waiting(at.vault, f"case/{case}")], "it waits"


def test_a_survivor_gets_care_at_a_house_whose_address_stands_nowhere(at: Desk) -> None:
    """R-101, K-11: what was done is written in the long talk alone; nothing is carried that is not safe."""
    at.sits(*EVERYTHING)
    told = {**SAFE, "harm": "sexual", "violence_when": "days_3", "care_offered": "now"}
    case = at.leads("After violence: care first", told)
    at.confirms("C09")
    at.press("Next: referral")
    assert at.says("Kept secret. Who answers the phone says where to go.")
    at.press("The person accepts")
    assert at.says("Is it safe for the person to carry this paper?")
    at.press("No, or not sure")
    assert at.says("No paper is printed.")
    (referral,) = read_case(at.vault.journal, case).referrals()
    assert not referral.safe_to_carry and not referral.declined


def test_nobody_belongs_to_a_country_because_a_form_wants_one(at: Desk) -> None:
    """R-109: "no nationality" is an answer, and leads to somebody who helps with papers."""
    at.sits(*EVERYTHING)
    told = {**SAFE, "nationality": "none", "state_of_any": "no", "state_papers": "never"}
    case = at.leads("Nationality and papers", told)
    assert "C14" in at.suggested(case)
    at.confirms("C14")
    at.press("Next: referral")
    assert at.says("Sample Legal Help (invented)")


def test_a_child_is_not_held_and_whoever_held_one_all_the_same_writes_it_down(at: Desk) -> None:
    """R-090: no reason opens the plan; what was done stands at once, with an alert on everybody's first page."""
    at.sits(*EVERYTHING)
    at.press("People", "A child alone")
    at.guide.press_named(autonym("so"))
    interview.lead(at.guide, CHILD_FIRST, shots=False)
    at.guide.expect("alert")
    case = str(at.guide.context.navigation.here[1]["case"])
    at.opens(case)
    at.press("The case", "Plans, and what happened", "Plan something", "Kept in a closed place")
    assert at.says("A child is not held. In doubt the person is a child.")
    assert at.says("It cannot be planned.")
    at.press("Plan something", "Write down what happened", "Kept in a closed place", "Keep that it happened")
    assert at.says("Something was done that a rule forbids. Call your supervisor now.")
    at.press("People")
    assert at.says("something was done that a rule forbids")
    assert case in measures.alerted_cases(at.vault)


def test_nobody_goes_back_by_choice_who_was_not_asked_or_is_made_to(at: Desk) -> None:
    """R-094, R-128, R-130: before the talk no plan; after it none either where somebody presses the person."""
    at.sits(*EVERYTHING)
    case = at.arrives("sw", {"urgent_water": "yes"})
    at.plans("A return by choice")
    assert at.says("Nobody goes back by choice before the talk about it was led.")
    assert at.says("Before a return or a refusal four looks need an outcome.")
    assert at.says("It cannot be planned.")
    pressed = {
        **SAFE,
        "age_years": "30",
        "return_own_choice": "no",
        "return_may_withdraw": "no",
        "return_wish_now": "withdrawn",
    }
    at.opens(case)
    assert at.leads_again("Going back by choice", pressed) == case
    at.plans("A return by choice")
    assert at.says("Going back by choice is the person's own wish, without pressure, and wished now.")
    assert measures.plans(at.vault, case) == ()


def test_fear_that_was_said_is_not_ticked_away(at: Desk) -> None:
    """R-022: the "no" that somebody presses over it is kept too, and changes nothing."""
    at.sits(*EVERYTHING)
    at.leads("Going back by choice", {**SAFE, "age_years": "40", "fear_return": "yes"}, ends=False)
    interview.answer(at.guide, at.card("fear_return"), "no")
    assert at.says("That fear of going back was mentioned stays noted all the same.")
    case = at.ends()
    assert "C01" in at.suggested(case)
    at.plans("Brought to another country")
    assert at.says(
        "Nobody who is afraid to go back, may not be able to, or asks for protection, is sent back or turned away."
    )


def test_who_came_with_somebody_is_asked_alone_before_anything_is_said_to_be_well(at: Desk) -> None:
    """R-029, R-112: a companion interprets, and the private questions wait; alone, one sign is heard."""
    at.sits(*EVERYTHING)
    beside = {"private_place": "yes", "nobody_listening": "no", "interpreted": "companion", **AGREED}
    case = at.leads("Quick check: is somebody in control?", beside)
    assert not at.suggested(case) & {"C04", "C26"}
    assert at.says("1 category cannot be told yet") or at.says("categories cannot be told yet")
    at.leads_again(
        "Quick check: is somebody in control?", {**SAFE, "age_years": "24", "afraid_to_talk": "yes"}
    )
    assert "C04" in at.suggested(case)


def test_a_household_shows_who_belongs_to_it_and_not_what_one_of_them_told(at: Desk) -> None:
    """R-112, `protection.md` 8: a brother who looks at the page learns nothing of his sister."""
    at.sits(*EVERYTHING)
    sister = at.leads(
        "Quick check: is somebody in control?", {**SAFE, "age_years": "19", "made_to": "sexual"}
    )
    at.arrives("so", {"urgent_water": "yes"})
    at.press("Who came together")
    at.guide.write("Number of somebody they came with", at.number(sister))
    at.press("Put them together")
    assert at.says(at.number(sister))
    for word in ("control", "exploit", "sexual", "afraid", "see alone", "private"):
        assert word not in at.reads(), word


def test_somebody_without_a_name_or_a_country_is_helped_and_carries_a_number(at: Desk) -> None:
    """R-001, R-003, K-05: a need is met, a place is found, and the slip has neither."""
    at.sits(*EVERYTHING)
    about = at.arrives("am", {"urgent_medical": "yes", "urgent_shelter": "yes"})
    at.press("Done: A doctor or a nurse", "To Sample Night Shelter (invented)", "Yes")
    at.guide.expect("pages")
    (referral,) = read_case(at.vault.journal, about).referrals()
    said = text_of(refer.slip(at.vault, about, referral.id))
    assert at.number(about) in said
    assert not [word for word in ("shelter", "nationality", "C11") if word in said.lower()]


def test_what_was_told_in_confidence_is_not_on_an_officers_screen(at: Desk) -> None:
    """R-108, K-11: the counsellor refers; the officer who opens the case sees no word of it."""
    at.sits(*EVERYTHING)
    told = {**SAFE, "private_write": "yes", "private_needs": "safe_place", "private_refer": "yes"}
    case = at.leads("A talk in private", told)
    assert at.says("Asks for help in confidence")
    at.confirms("C13")
    at.relieved_by("Officer Two (invented)", Role.OFFICER)
    at.press("Finished interviews")
    at.guide.press_named(at.number(case))
    at.guide.expect("outcome")
    assert at.says("Something private"), "whom to ask, not what about"
    for word in ("confidence", "gender", "loves", "who they are"):
        assert word not in at.reads(), word
