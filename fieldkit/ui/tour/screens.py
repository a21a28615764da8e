"""Every screen of `places.py` once, opened where something stands on it: in English, in Arabic and at 200 %.

1. A screen without a stop here is a mistake (`tests/ui/test_every_screen.py`), one that cannot be opened too.
2. Pictures are as tall as their page, so that nothing on it is left unseen.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fieldkit.services.vault import OpenVault
from fieldkit.ui.background import Background
from fieldkit.ui.context import Context
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.presenters.on_paper import Head
from fieldkit.ui.presenters.pages import leaflet_paper
from fieldkit.ui.settings import Settings
from fieldkit.ui.tour.guide import Guide, Shots, TourFailed
from fieldkit.ui.tour.visit import Visit
from fieldkit.ui.vaults import Vaults
from fieldkit.ui.world import real_world

Arguments = Callable[["Visit"], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Look:
    """How the windows look during one walk."""

    name: str
    language: str
    scale: int


LOOKS = (Look("en", "en", 100), Look("ar", "ar", 100), Look("200", "en", 200))
TALLEST = 2600
"""Pixels; a page that is longer is cut off at the bottom of its picture only."""


def _plain(_: Visit) -> Mapping[str, object]:
    return {}


def _adult(visit: Visit) -> Mapping[str, object]:
    return {"case": visit.day.adult}


def _about(visit: Visit) -> Mapping[str, object]:
    return {"about": f"case/{visit.day.adult}"}


def _own(visit: Visit) -> Mapping[str, object]:
    return {"person": visit.post.person.id}


def _held(visit: Visit) -> Mapping[str, object]:
    return {"case": visit.day.held}


def _child(visit: Visit) -> Mapping[str, object]:
    return {"case": visit.day.child}


def _category(visit: Visit) -> Mapping[str, object]:
    return {"case": visit.day.adult, "category": "C01"}


def _draft(visit: Visit) -> Mapping[str, object]:
    return {"draft": visit.day.draft}


def _leaflet(visit: Visit) -> Mapping[str, object]:
    return {"paper": leaflet_paper(visit.post, "L01", "ti"), "title": "L01"}


POST: Mapping[str, Arguments] = {
    "home": _plain,
    "people": _plain,
    "waiting": _about,
    "household": lambda visit: {"household": visit.day.household},
    "surge": lambda visit: {"group": visit.day.group},
    "waiting_limits": _plain,
    "choose_language": lambda _: {"form": "screening"},
    "help": _plain,
    "settings": _plain,
    "new_interview": _adult,
    "interview": _draft,
    "kept": lambda visit: {"number": "ABCD-EFGH", "form": "group_event", "about": f"case/{visit.day.adult}"},
    "move_draft": lambda visit: {"draft": visit.day.older},
    "reasons": lambda visit: {"draft": visit.day.corrected},
    "finished": _about,
    "history": _about,
    "on_paper": lambda _: {"head": Head()},
    "self_answer": lambda visit: {"draft": visit.day.draft, "section": "health"},
    "outcome": _adult,
    "referral": _category,
    "sharing": _adult,
    "hand_over": _plain,
    "contacts": _plain,
    "alert": _child,
    "child_register": _plain,
    "guardian": _child,
    "duty": _plain,
    "at_home": _adult,
    "complaint": _plain,
    "directory": _plain,
    "pages": _leaflet,
    "information": _plain,
    "print_run": _plain,
    "shelf": _plain,
    "inserts": _plain,
    "sketch": _plain,
    "review": _plain,
    "clips": _plain,
    "told": _plain,
    "comments": _plain,
    "informed": _plain,
    "group_session": _plain,
    "counselling": _plain,
    "exchange": _plain,
    "backup": _plain,
    "receipts": _plain,
    "due": _plain,
    "asks": _adult,
    "accounts": _plain,
    "account": _own,
    "add_account": _plain,
    "phrase": _plain,
    "first_phrase": _plain,
    "wipe": _plain,
    "sealed_readers": _plain,
    "trainings": _own,
    "learning": _plain,
    "quiz": lambda _: {"module": "first_steps"},
    "practice": _plain,
    "terms": lambda _: {"word": "trafficking"},
    "enrol": _plain,
    "take_in": lambda visit: {"path": visit.home},
    "case": _adult,
    "measures": _held,
    "papers_of": _adult,
    "procedure": _category,
    "follow_up": _plain,
    "held": _plain,
    "holding": lambda visit: {"case": visit.day.held, "measure": visit.day.measure},
    "permits": _adult,
    "check_paper": _plain,
    "interpreters": _plain,
    "team": _plain,
    "mobile_team": _plain,
    "border_team": _plain,
    "recipients": _plain,
    "conflicts": _plain,
    "second_person": _plain,
    "forms": _plain,
    "packs": _plain,
    "region": _plain,
    "preview": lambda visit: {"form": "screening", "draft": visit.day.draft},
}
"""At a post: what a screen is opened with."""

OFFICE: Mapping[str, Arguments] = {
    "headquarters": _plain,
    "long_held": _plain,
    "figure_pages": _plain,
    "interpreter_pool": _plain,
    "figure_page": lambda _: {"page": "referred"},
    "monthly": _plain,
    "cases": _plain,
    "sealed_case": _adult,
    "sealed_figures": _plain,
    "office_readers": _plain,
    "devices": _plain,
    "certify": _plain,
    "open_laptop": _plain,
    "import_bundle": lambda visit: {"path": visit.sent},
    "send_back": _plain,
    "write_home": _adult,
    "erasures": _plain,
    "make_pack": _plain,
}
PUT_BACK: Mapping[str, Arguments] = {"restored": _plain}
EMPTY: Mapping[str, Arguments] = {"first_start": _plain, "bring_back": _plain}
LOCKED: Mapping[str, Arguments] = {"sign_in": _plain, "recovery": _plain}
"""At headquarters, at a laptop that was put back, at one without a vault, and where nobody is signed in yet."""


def walk(visit: Visit, out: Path, looks: Sequence[Look] = LOOKS) -> Iterator[tuple[Guide, str]]:
    """Open one screen after the other, and tell which stands there. Raises TourFailed, and what a screen raises."""
    shots, post, office = Shots(out), visit.post, visit.office
    desks: tuple[tuple[Path, OpenVault | None, Mapping[str, Arguments]], ...] = (
        (post.folder, post, POST),
        (office.folder, office, OFFICE),
        (visit.morning.folder, visit.morning, PUT_BACK),
        (visit.empty, None, EMPTY),
        (post.folder, None, LOCKED),
    )
    for look in looks:
        for folder, vault, stops in desks:
            window = _window(folder, vault, look)
            guide = Guide(window, window.context, out, shots)
            for screen, arguments in stops.items():
                _open(guide, screen, arguments(visit))
                yield guide, f"{screen}-{look.name}"
            window.context.vault = None  # it stays open for the next look
            window.close()
            window.deleteLater()


def pictures(visit: Visit, out: Path, looks: Sequence[Look] = LOOKS) -> int:
    """A picture of every screen in every look, as tall as its page; how many."""
    count = 0
    for guide, name in walk(visit, out, looks):
        guide.whole_shot(name, TALLEST)
        count += 1
    return count


def _window(folder: Path, vault: OpenVault | None, look: Look) -> MainWindow:
    """A window at the first screen of a folder; with `vault` somebody is signed in."""
    settings = Settings(language=look.language, scale=look.scale)
    context = Context(vaults=Vaults(folder, real_world()), settings=settings, background=Background())
    context.theme.apply()
    window = MainWindow(context)
    if vault is None:
        context.begin()
    else:
        context.vault = vault
        window.rebuild()
        context.navigation.start("help")
    window.show()
    return window


def _open(guide: Guide, screen: str, arguments: Mapping[str, object]) -> None:
    """Show a screen with a way back, as after a press."""
    navigation = guide.context.navigation
    (navigation.instead if navigation.can_go_back() else navigation.go)(screen, **arguments)
    guide.settle()
    if guide.screen != screen:
        raise TourFailed(f"{screen} leads at once to {guide.screen}")
