"""The desk on a full day: paths that must be short, walked as a new officer would, with every input counted.

1. A path counts from the sign-in to what the person holds in the hand (`desk` in the report). More inputs than its
   limit end the tour.
2. Nobody reads a manual: only what stands on the screen is pressed, in the order in which it stands there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fieldkit.domain.waiting import Flag
from fieldkit.languages.autonyms import autonym
from fieldkit.ui.presenters.queue import FLAG_WORDS
from fieldkit.ui.screens.surge import SurgeScreen
from fieldkit.ui.tour import first_day, interview, papers
from fieldkit.ui.tour.first_day import Account
from fieldkit.ui.tour.guide import Guide, TourFailed
from fieldkit.ui.tour.people import ADULT_IN_A_HURRY, CHILD_FIRST

ADULT, CHILD, SURGE = "an adult, from sign-in to slip", "a child alone, from sign-in to handover", "60 people"
LIMITS = {ADULT: 40, CHILD: 15, SURGE: 300}
"""The most inputs each path may need."""


@dataclass(frozen=True, slots=True)
class Row:
    """A household as the officer sees it arrive. Everybody is invented."""

    people: int
    children: int
    alone: int
    language: str
    flag: Flag | None = None


BOAT = (
    Row(3, 3, 3, "so"),
    Row(5, 3, 0, "am", Flag.LABOUR),
    *(Row(4, 2, 0, language) for language in ("so", "so", "am", "ar", "om", "so", "am", "ti")),
    *(Row(5, 2, 0, language) for language in ("so", "ar", "so", "am")),
)
"""60 people in 14 households; three children alone, one woman in labour."""


@contextmanager
def counted(guide: Guide, counts: dict[str, int], path: str) -> Iterator[None]:
    """Count the inputs of a path. Raises TourFailed when it took more than its limit."""
    before = guide.inputs
    yield
    counts[path] = guide.inputs - before
    if counts[path] > LIMITS[path]:
        raise TourFailed(f"{path}: {counts[path]} inputs, at most {LIMITS[path]}")


def adult(guide: Guide, account: Account, counts: dict[str, int], folder: Path) -> list[str]:
    """Fear of going back and a medical need: both confirmed, and the slip for the asylum desk in the hand."""
    guide.press("Lock")
    with counted(guide, counts, ADULT):
        first_day.sign_in(guide, account)
        guide.press("New interview")
        _point(guide, ADULT_IN_A_HURRY.language)
        interview.lead(guide, ADULT_IN_A_HURRY, shots=False)
        papers.confirm(guide, "C01", name="in-a-hurry")
        papers.confirm(guide, "C11", name="in-a-hurry-too")
        return papers.refer_with_slip(guide, folder, name="in-a-hurry")


def child(guide: Guide, account: Account, counts: dict[str, int]) -> None:
    """A child alone: a short sheet, then the call; somebody answers, and where and with whom they wait is kept."""
    guide.press("Lock")
    with counted(guide, counts, CHILD):
        first_day.sign_in(guide, account)
        guide.shot("people-waiting")
        guide.press("A child alone")
        _point(guide, CHILD_FIRST.language)
        interview.lead(guide, CHILD_FIRST)
        call(guide, "child-call")


def surge(guide: Guide, account: Account, counts: dict[str, int]) -> None:
    """60 people from a boat, one officer, no printer: rows, information once, numbers copied by hand; then the
    woman in labour and the three children."""
    guide.press("Lock")
    with counted(guide, counts, SURGE):
        first_day.sign_in(guide, account)
        guide.press("Many people at once")
        guide.write("How many people are they, about?", "60")
        guide.press("By boat")
        for number, row in enumerate(BOAT):
            write_row(guide, row)
            if number == 1:
                guide.shot("surge-second-household")
            guide.main_action()
            guide.expect_no_error()
        guide.shot("surge-all-households")
        _tell_everybody(guide)
        guide.press("Copy the numbers by hand")
        guide.shot("surge-numbers-to-copy")
        guide.go_back()
        guide.press("To the people waiting")
        guide.shot("people-waiting-after-the-boat")
        in_labour(guide)
        for number in range(BOAT[0].alone):
            _child_of_the_boat(guide, number)
    guide.press("People")
    guide.shot("people-waiting-in-the-evening")


def _tell_everybody(guide: Guide) -> None:
    """In each of the languages that are spoken on the boat, once."""
    guide.press("Everybody was told what they may ask for")
    screen = guide.window.screen_shown
    if not isinstance(screen, SurgeScreen) or screen.told is None:
        raise TourFailed("it should be asked in which languages they were told")
    for language in sorted({row.language for row in BOAT}):
        guide.click(screen.told.buttons[language])
    guide.press("Keep what was told")
    guide.expect_no_error()


def in_labour(guide: Guide) -> None:
    """Whoever is in labour gets a row of her own, and goes to the clinic; no paper, it is told."""
    _open_household(guide, BOAT[1])
    guide.shot("household")
    guide.press("Enter the person: {emergency}", emergency=guide.context.say(FLAG_WORDS[Flag.LABOUR]))
    guide.expect("waiting")
    guide.shot("somebody-who-waits")
    guide.press("To {service}", service="Sample Clinic (invented)")
    guide.press("No, or not sure")
    guide.press("Done: {need}", need=guide.context.say("A baby is coming"))
    guide.shot("somebody-who-was-helped")
    guide.press("To the people waiting")


def call(guide: Guide, shot: str) -> None:
    """Child protection is called, and somebody answers."""
    guide.expect("alert")
    guide.press("Somebody answered")
    guide.write("Who answered?", "Nura (invented)")
    guide.write("Where and with whom does the child wait?", "In the office, with the nurse (invented)")
    guide.press("Keep this call")
    guide.expect_no_error()
    guide.shot(shot)


def _child_of_the_boat(guide: Guide, number: int) -> None:
    _open_household(guide, BOAT[0])
    guide.press("Enter the person: {emergency}", emergency=guide.context.say(FLAG_WORDS[Flag.CHILD_ALONE]))
    guide.expect("interview")
    interview.lead(guide, CHILD_FIRST, shots=False)
    call(guide, f"boat-child-{number + 1}-call")
    guide.press("People")
    guide.expect("home")


def _open_household(guide: Guide, row: Row) -> None:
    """The row in the queue that stands first of those with so many people: an emergency."""
    told = guide.context.words.count("{number} person", "{number} people", row.people)
    screen = guide.window.screen_shown
    rows = [made for part in getattr(screen, "rows", []) for made in part.buttons.values()]
    found = [made for made in rows if told in made.accessibleDescription()]
    if not found:
        raise TourFailed(f"no row of {told} stands in the queue")
    guide.click(found[0])
    guide.expect("household")


def write_row(guide: Guide, row: Row) -> None:
    """Write one household into the row that stands open."""
    guide.expect("surge")
    guide.write("People", str(row.people))
    guide.write("Of them under 18", str(row.children))
    if row.alone:
        guide.write("Of them alone, without an adult", str(row.alone))
    screen = guide.window.screen_shown
    if not isinstance(screen, SurgeScreen) or screen.flags is None:
        raise TourFailed("the rows should be written here")
    guide.click(next(grid.buttons[row.language] for grid in screen.languages if row.language in grid.buttons))
    if row.flag is not None:
        guide.click(screen.flags.buttons[row.flag.value])


def _point(guide: Guide, language: str) -> None:
    guide.expect("choose_language")
    guide.press_named(autonym(language))
    guide.expect("interview")


def told(counts: dict[str, int]) -> str:
    """The counts in a line each, with their limits."""
    return "\n".join(f"{path}: {count} inputs (at most {LIMITS[path]})" for path, count in counts.items())
