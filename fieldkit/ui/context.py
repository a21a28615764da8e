"""What every screen is handed: the open vault, the words, the ways to go, the work in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from fieldkit.domain.errors import FieldkitError, PersonFault
from fieldkit.languages import catalogues
from fieldkit.languages.catalogues import Words
from fieldkit.languages.marking import mark
from fieldkit.ui import settings as kept
from fieldkit.ui.lock.why import Why
from fieldkit.ui.places import first_place
from fieldkit.ui.settings import Settings
from fieldkit.ui.theme import Theme
from fieldkit.ui.tokens import SCALE_STEP, Tone, within_scale

if TYPE_CHECKING:
    from fieldkit.services.vault import OpenVault
    from fieldkit.ui.background import Background
    from fieldkit.ui.vaults import Vaults


_SAMPLE = mark("Lock")
"""A catalogue is reviewed as a whole: one word that every screen shows tells whether it was."""


def interface_words(tag: str) -> Words:
    """The interface's catalogue in a language."""
    return catalogues.load(tag, "interface")


@dataclass(frozen=True, slots=True)
class Notice:
    """A calm row that stays until its reason is gone: what is so, and at most one thing to do about it."""

    tone: Tone
    text: str
    action: str = ""
    do: Callable[[], object] | None = None


class Frame(Protocol):
    """What the window can be asked for; `main_window` is the real one, tests have others."""

    def show_screen(self, name: str, arguments: dict[str, object]) -> None: ...
    def refresh(self) -> None: ...
    def show_again(self) -> None: ...
    def rebuild(self) -> None: ...
    def ask_folder(self, title: str) -> Path | None: ...
    def ask_file(self, title: str, kind: str) -> Path | None: ...
    def show_error(self, sentence: str) -> None: ...
    def show_saved(self, state: str) -> None: ...
    def cover(self) -> None: ...


class Watch(Protocol):
    """What locks a vault that was left alone; `lock.guard` is the real one."""

    def begin(self) -> None: ...
    def end(self) -> None: ...
    def use_minutes(self, minutes: int) -> None: ...


Ends = Callable[["Context", Why], None]
"""What a lock does with the vault and the window."""


def close_here(context: Context, why: Why) -> None:
    """Close the vault and show sign-in in the same process: for tests and the tour. The key's text stays in the
    memory of this process; the real program ends it instead (`lock.ending`)."""
    vault, context.vault = context.vault, None
    context.practice = ""
    context.navigation.start("sign_in")
    context.take_films_back()
    if vault is not None:
        vault.close()


@dataclass
class Navigation:
    """Where we are and where we came from. Screens are rebuilt when somebody comes back to them."""

    frame: Frame | None = None
    _trail: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def go(self, name: str, **arguments: object) -> None:
        """Show a screen, and remember this one for the way back."""
        self._trail.append((name, arguments))
        self._show()

    def instead(self, name: str, **arguments: object) -> None:
        """Show a screen in the place of this one: going back leads past it."""
        if self._trail:
            self._trail.pop()
        self.go(name, **arguments)

    def start(self, name: str, **arguments: object) -> None:
        """Show a screen from which no way leads back (sign-in, home, a place on the rail)."""
        self._trail.clear()
        self.go(name, **arguments)

    def back(self) -> None:
        """Show the screen before this one, if there is one."""
        if self.can_go_back():
            self._trail.pop()
            self._show()

    def can_go_back(self) -> bool:
        """Whether there is a screen before this one."""
        return len(self._trail) > 1

    @property
    def here(self) -> tuple[str, dict[str, object]]:
        """The name and arguments of the screen that stands there; empty before the first."""
        return self._trail[-1] if self._trail else ("", {})

    def _show(self) -> None:
        if self.frame is not None:
            self.frame.show_screen(*self.here)


class Context:
    """One for every window. `vault` is None while nobody is signed in."""

    def __init__(
        self,
        *,
        vaults: Vaults,
        settings: Settings,
        background: Background,
        load_words: Callable[[str], Words] = interface_words,
        ends: Ends = close_here,
    ) -> None:
        self.vaults = vaults
        self.folder = vaults.folder
        self.world = vaults.world
        self.settings = settings
        self.background = background
        self.words = load_words(settings.language)
        self.vault: OpenVault | None = None
        self.navigation = Navigation()
        self.ends = ends
        self.guarding: Callable[[], Watch] | None = None
        """Makes the watch when somebody first signs in; without it nothing locks by itself."""
        self.practice = ""
        """The case of the invented person somebody practises with, in a vault for training; empty otherwise."""
        self.watch: Watch | None = None
        self._load_words = load_words

    @property
    def open_vault(self) -> OpenVault:
        """The open vault; only for screens that stand behind sign-in."""
        assert self.vault is not None, "no screen behind sign-in is shown without a vault"
        return self.vault

    @property
    def theme(self) -> Theme:
        """The look that the settings ask for."""
        return Theme(self.settings.appearance, self.settings.scale, self.words.tag)

    def say(self, text: str, /, **data: str | int) -> str:
        """A text of the interface in its language."""
        return self.words.say(text, **data)

    def go(self, name: str, **arguments: object) -> None:
        """Show a screen."""
        self.navigation.go(name, **arguments)

    def back(self) -> None:
        """Show the screen before this one."""
        self.navigation.back()

    def refresh(self) -> None:
        """Ask the screen again for its title, main action and way back."""
        if self.navigation.frame:
            self.navigation.frame.refresh()

    def show_again(self) -> None:
        """Build the screen that stands there anew, from what is so now."""
        if self.navigation.frame:
            self.navigation.frame.show_again()

    def saved(self, state: str = "saved") -> None:
        """Tell in the bar that what was entered is on disk ("saved"), or on its way ("saving")."""
        if self.navigation.frame:
            self.navigation.frame.show_saved(state)

    def ask_folder(self, title: str) -> Path | None:
        """A folder somebody picks, or None."""
        return self.navigation.frame.ask_folder(title) if self.navigation.frame else None

    def ask_file(self, title: str, kind: str) -> Path | None:
        """A file somebody picks, or None. `kind` is Qt's filter, such as `Bundles (*.fkb)`."""
        return self.navigation.frame.ask_file(title, kind) if self.navigation.frame else None

    def tell(self, sentence: str) -> None:
        """Show a sentence above the content, as an error is shown."""
        if self.navigation.frame:
            self.navigation.frame.show_error(sentence)

    def show_error(self, error: Exception) -> None:
        """Tell what happened, what it means for the data and what to do. Cancelled work tells nothing."""
        sentence = self.sentence(error)
        if sentence:
            self.tell(sentence)

    def sentence(self, error: Exception) -> str:
        """An error in words, with the next step. Errors that are not ours say so, and are raised again."""
        from fieldkit.languages.messages import sentence  # noqa: PLC0415 (loads when something went wrong)
        from fieldkit.ui.background import Cancelled  # noqa: PLC0415

        if isinstance(error, Cancelled):
            return ""
        if not isinstance(error, FieldkitError):
            raise error
        return sentence(error, self.words)

    def problem(self, named: str) -> str:
        """What a presenter names as wrong, in words: a code of a fault, or a sentence to say; empty for nothing."""
        is_code = bool(named) and " " not in named
        return self.sentence(PersonFault(named)) if is_code else named and self.say(named)

    @property
    def words_are_draft(self) -> bool:
        """Whether nobody who speaks the interface's language has reviewed its words yet."""
        return self.words.is_draft(_SAMPLE)

    def begin(self) -> None:
        """The first screen: sign-in where there is a vault, even a damaged one; otherwise the first start."""
        self.take_films_back()
        try:
            there = self.vaults.at_door() is not None
        except FieldkitError:
            there = True  # sign-in says what is wrong with it
        self.navigation.start("sign_in" if there else "first_start")

    def signed_in(self, vault: OpenVault) -> None:
        """Somebody opened the vault: go to the first place on their rail."""
        self.vault = vault
        self.read_words()
        if self.watch is None and self.guarding is not None:
            self.watch = self.guarding()
        if self.watch is not None:
            self.watch.begin()
        self.navigation.start("first_phrase" if vault.phrase_due else first_place(vault))

    def lock(self, why: Why = Why.BY_HAND) -> None:
        """Close the vault and go to sign-in; the process that held the key ends. Everything answered is on disk."""
        try:
            if self.watch is not None:
                self.watch.end()
        finally:
            self.ends(self, why)

    def take_films_back(self) -> None:
        """What a player was given goes (`services/films`); where nothing was given nothing is loaded."""
        if not (self.folder / "shown").is_dir():
            return
        from fieldkit.services import films  # noqa: PLC0415

        films.take_back(self.folder)

    def second_copy_words(self) -> str:
        """What is told when the first copy of the vault's header could not be read."""
        return self.say(
            "The first copy of the file that opens this vault was damaged; the second copy was used. Nothing is "
            "lost, and both copies are written anew at sign-in. Tell your administrator that the disk may fail: a "
            "copy of the vault on a stick should be made today."
        )

    def notices(self) -> Iterable[Notice]:
        """What stands to be told on the first screen of a desk."""
        if self.vault is not None and self.vault.second_copy_used:
            yield Notice(Tone.CAREFUL, self.second_copy_words())
        yield from self._disagreement()
        if self.vault is not None and self.vault.training:
            yield Notice(
                Tone.NOTE,
                self.say(
                    "This vault is for training. Its contacts are invented. Enter nothing about a real person."
                ),
            )
        if self.vault is not None and self.vault.recovery_missing:
            yield Notice(
                Tone.CAREFUL,
                self.say(
                    "This post is not enrolled with a headquarters yet. If every phrase is forgotten, nobody "
                    "can open this vault. Enter only training data until then."
                ),
                self.say("Enrol with headquarters"),
                lambda: self.navigation.start("exchange"),
            )

        if self.vault is not None:
            yield from self._to_decide(self.vault)

        if self.words_are_draft:
            yield Notice(
                Tone.NOTE,
                self.say(
                    "The words of this program in this language are a draft: nobody who speaks it has reviewed "
                    "them yet."
                ),
            )

    def _to_decide(self, vault: OpenVault) -> Iterable[Notice]:
        """What waits for a person's decision: answers that differ, and requests for a second person."""
        from fieldkit.services import differences, second_person  # noqa: PLC0415 (not needed before sign-in)

        rail = "home" if vault.desk.value == "post" else "headquarters"
        open_ones = sum(differences.may_settle(vault, one) for one in differences.differences(vault))
        if open_ones:
            told = self.words.count(
                "In {number} place two people wrote something different.",
                "In {number} places two people wrote something different.",
                open_ones,
            )
            see = self.say("Look at the differences")
            yield Notice(Tone.CAREFUL, told, see, lambda: self.go("conflicts", rail=rail))
        yield from self._past_a_rule(vault, rail)
        waiting = sum(second_person.may_decide(vault, one) for one in second_person.waiting(vault))
        if waiting:
            told = self.words.count(
                "{number} request waits for a second person.",
                "{number} requests wait for a second person.",
                waiting,
            )
            yield Notice(Tone.NOTE, told, self.say("Look at the requests"), lambda: self.go("second_person"))

    def _past_a_rule(self, vault: OpenVault, rail: str) -> Iterable[Notice]:
        """That something was done to somebody which a rule forbids (`protection.md` 5)."""
        from fieldkit.domain.access import Action  # noqa: PLC0415 (behind sign-in only)
        from fieldkit.services import measures  # noqa: PLC0415

        at_post = rail == "home"
        count = len(measures.alerted_cases(vault) if at_post else measures.told_by_posts(vault))
        if count and vault.may(Action.FOLLOW_UP if at_post else Action.COUNT):
            told = self.words.count(
                "In {number} case something was done that a rule forbids.",
                "In {number} cases something was done that a rule forbids.",
                count,
            )
            yield Notice(Tone.URGENT, told, self.say("Look at it"), lambda: self.go("follow_up"))

    def _disagreement(self) -> Iterable[Notice]:
        """That headquarters knows this laptop otherwise: put back, copied, or not trusted any more."""
        if self.vault is None:
            return
        from fieldkit.ui.presenters.restored import SHORT, Disagreement  # noqa: PLC0415 (behind sign-in only)

        found = Disagreement(self.vault).found
        if found is not None:
            go = self.say("See what happened")
            yield Notice(Tone.CAREFUL, self.say(SHORT[found.what]), go, lambda: self.go("restored"))

    def read_words(self) -> None:
        """Read the interface's catalogue anew: the content pack in force may bring words of its own."""
        self.words = self._load_words(self.settings.language)

    def use_language(self, tag: str) -> None:
        """Change the interface language at once."""
        self.words = self._load_words(tag)
        self.change(replace(self.settings, language=tag))

    def use_scale(self, steps: int) -> None:
        """Make all text larger or smaller by so many steps."""
        self.change(replace(self.settings, scale=within_scale(self.settings.scale + steps * SCALE_STEP)))

    def change(self, settings: Settings) -> None:
        """Use other settings at once, and keep them where a vault stands."""
        self.settings = settings
        if self.folder.is_dir():
            kept.write(self.folder, settings)
        self.theme.apply()
        if self.navigation.frame:
            self.navigation.frame.rebuild()
