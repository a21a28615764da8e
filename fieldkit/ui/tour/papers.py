"""From the outcome page to paper: a confirmed category, a referral, the slip, and the leaflet on asylum."""

from pathlib import Path

from fieldkit.languages.autonyms import autonym
from fieldkit.ui.screens.outcome import OutcomeScreen
from fieldkit.ui.screens.pages import PagesScreen
from fieldkit.ui.tour.guide import Guide, TourFailed


def confirm(guide: Guide, category: str, *, name: str) -> None:
    """Confirm one suggested category on the outcome page."""
    guide.expect("outcome")
    screen = guide.window.screen_shown
    suggested = screen.presenter.suggested if isinstance(screen, OutcomeScreen) else ()
    if category not in {row.category for row in suggested}:
        raise TourFailed(f"{category} is not suggested; suggested are {[row.category for row in suggested]}")
    guide.shot(f"outcome-{name}")
    assert isinstance(screen, OutcomeScreen)
    card = screen.cards[category]
    button = next(b for b in guide.buttons_in(card) if b.accessibleName() == guide.context.say("Confirm"))
    guide.click(button)
    guide.shot(f"outcome-{name}-confirmed")


def refer_with_slip(guide: Guide, folder: Path, *, name: str) -> list[str]:
    """Refer to the first service that is offered, with a slip the person can carry; the PDF's name."""
    guide.main_action()
    guide.expect("referral")
    guide.shot(f"referral-{name}")
    guide.press("They answered, and take over" if name == "child" else "The person accepts")
    guide.shot(f"referral-{name}-safe-to-carry")
    guide.press("Yes")
    guide.expect("pages")
    return [_save(guide, folder, f"slip-{name}")]


def leaflet(guide: Guide, folder: Path, language: str) -> list[str]:
    """The leaflet on asking for asylum, looked at as pages and saved."""
    guide.press("Information")
    guide.expect("information")
    guide.press_named(autonym(language))
    guide.expect("pages")
    return [_save(guide, folder, f"leaflet-L01-{language}")]


def _save(guide: Guide, folder: Path, name: str) -> str:
    guide.until("the pages", lambda: _made(guide))
    guide.shot(name)
    before = set(folder.iterdir())
    guide.pick(folder)
    guide.press("Save as PDF")
    new = set(folder.iterdir()) - before
    if len(new) != 1:
        raise TourFailed(f"{name} was not saved as one file")
    target = folder / f"{name}.pdf"
    new.pop().replace(target)
    return target.relative_to(guide.out).as_posix()


def _made(guide: Guide) -> bool:
    screen = guide.window.screen_shown
    return isinstance(screen, PagesScreen) and bool(screen.images)
