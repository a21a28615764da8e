"""The first day of a laptop: a vault is made, left, and opened again."""

from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from fieldkit.languages.autonyms import autonym
from fieldkit.ui import application
from fieldkit.ui.screens.first_start import FirstStartScreen
from fieldkit.ui.tour.guide import Guide, Shots, TourFailed


class Account:
    """Who signs in, and with which phrase; the phrase is the one that was offered."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.phrase = ""
        self.offline_phrase = ""


def open_window(folder: Path, out: Path, shots: Shots) -> Guide:
    """A window on the vault in `folder`, as the program opens it."""
    context = application.make_context(folder)
    window = application.make_window(context)
    window.show()
    return Guide(window, context, out, shots)


def make_vault(guide: Guide, account: Account, *, desk: str, name: str, language: str, stick: Path) -> None:
    """Go through the first start, page by page, with an offered phrase."""
    guide.expect("first_start")
    guide.press_named(autonym(language))
    guide.shot(f"first-start-{desk}-language")
    guide.main_action()
    guide.press("Headquarters" if desk == "headquarters" else "Field post")
    guide.shot(f"first-start-{desk}-desk")
    guide.main_action()
    guide.press("No, this is for training")
    guide.main_action()
    guide.write("Name", name)
    guide.main_action()
    guide.write("What others call you at work", account.label)
    guide.main_action()
    account.phrase = _phrase(guide, f"first-start-{desk}-phrase")
    if desk == "headquarters":
        guide.pick(stick)
        guide.press("Choose a folder")
        guide.shot("first-start-headquarters-stick")
        guide.main_action()
        account.offline_phrase = _phrase(guide, "first-start-headquarters-offline-phrase")
    guide.settle()
    guide.expect_no_error()


def _phrase(guide: Guide, shot: str) -> str:
    """Take the offered phrase and write it once more."""
    screen = guide.window.screen_shown
    if not isinstance(screen, FirstStartScreen):
        raise TourFailed("a phrase should be offered here")
    phrase = screen.start.phrase if "offline" not in shot else screen.start.offline
    guide.shot(shot)
    guide.main_action()
    guide.write("Phrase", phrase.offered)
    guide.main_action()
    return phrase.offered


def cover(guide: Guide, digits: str) -> None:
    """Choose six digits in Help, cover, come back by them."""
    guide.press("Help")
    guide.press("Cover and lock")
    guide.write("Six digits", digits)
    guide.write("The same digits once more", digits)
    guide.shot("cover-settings")
    guide.main_action()
    guide.expect_no_error()
    guide.press("Cover")
    guide.shot("covered")
    if guide.window.windowTitle() != "fieldkit" or guide.has(QLineEdit, guide.context.say("Six digits")):
        raise TourFailed("something of the work can be seen on the cover")
    guide.write("Your six digits", digits)
    guide.press("Back to work")
    guide.expect("settings")
    guide.press("People")


def sign_in(guide: Guide, account: Account, *, wrong_first: bool = False) -> None:
    """Sign in; with `wrong_first` after a wrong phrase, which is told and loses nothing."""
    guide.expect("sign_in")
    guide.press_named(account.label)
    if wrong_first:
        guide.write("Your phrase", "not the phrase at all")
        guide.main_action()
        guide.shot("sign-in-wrong-phrase")
        if guide.context.vault is not None:
            raise TourFailed("a wrong phrase opened the vault")
    guide.write("Your phrase", account.phrase)
    if not wrong_first:
        guide.shot("sign-in")
    guide.main_action()
    guide.until("the vault to open", lambda: guide.context.vault is not None)
    if guide.has(QLineEdit, guide.context.say("Your phrase")):
        raise TourFailed("the sign-in screen is still there")
