"""What every screen is handed: the open vault, the words, the ways to go, the work in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.marking import mark
from fieldkit.ui import settings as kept
from fieldkit.ui.places import rail
from fieldkit.ui.settings import Settings
from fieldkit.ui.theme import Theme
from fieldkit.ui.tokens import SCALE_STEP, Tone, within_scale

if TYPE_CHECKING:
    from fieldkit.services.vault import OpenVault
    from fieldkit.services.world import World
    from fieldkit.ui.background import Background


class Words(Protocol):
    """The interface's catalogue in one language (`languages.catalogues.Words`)."""

    @property
    def tag(self) -> str: ...
    def say(self, text: str, /, **data: str | int) -> str: ...
    def count(self, one: str, many: str, number: int, /, **data: str | int) -> str: ...
    def is_draft(self, text: str, context: str | None = None) -> bool: ...


_SAMPLE = mark("Lock")
"""A catalogue is reviewed as a whole: one word that every screen shows tells whether it was."""


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
    def rebuild(self) -> None: ...
    def show_error(self, sentence: str) -> None: ...
    def show_saved(self, state: str) -> None: ...


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
        folder: Path,
        world: World,
        words: Words,
        background: Background,
        settings: Settings,
        load_words: Callable[[str], Words],
    ) -> None:
        self.folder = folder
        self.world = world
        self.words = words
        self.background = background
        self.settings = settings
        self.vault: OpenVault | None = None
        self.navigation = Navigation()
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

    def saved(self, state: str = "saved") -> None:
        """Tell in the bar that what was entered is on disk ("saved"), or on its way ("saving")."""
        if self.navigation.frame:
            self.navigation.frame.show_saved(state)

    def show_error(self, error: Exception) -> None:
        """Tell what happened, what it means for the data and what to do. Cancelled work tells nothing."""
        if self.navigation.frame:
            sentence = self.sentence(error)
            if sentence:
                self.navigation.frame.show_error(sentence)

    def sentence(self, error: Exception) -> str:
        """An error in words, with the next step. Errors that are not ours say so, and are raised again."""
        from fieldkit.languages.messages import sentence  # noqa: PLC0415 (loads when something went wrong)
        from fieldkit.ui.background import Cancelled  # noqa: PLC0415

        if isinstance(error, Cancelled):
            return ""
        if not isinstance(error, FieldkitError):
            raise error
        return sentence(error, self.words)  # type: ignore[arg-type]  # Words is what catalogues give

    @property
    def words_are_draft(self) -> bool:
        """Whether nobody who speaks the interface's language has reviewed its words yet."""
        return self.words.is_draft(_SAMPLE)

    def begin(self) -> None:
        """The first screen: sign-in where there is a vault, even a damaged one; otherwise the first start."""
        from fieldkit.services import vault  # noqa: PLC0415 (the window's look is there before it)

        try:
            there = vault.vault_state(self.folder).ready
        except FieldkitError:
            there = True  # sign-in says what is wrong with it
        self.navigation.start("sign_in" if there else "first_start")

    def signed_in(self, vault: OpenVault) -> None:
        """Somebody opened the vault: go to the first place on their rail."""
        self.vault = vault
        if self.navigation.frame:
            self.navigation.frame.rebuild()
        self.navigation.start(self.first_place())

    def lock(self) -> None:
        """Close the vault and go to sign-in. Everything answered is on disk already."""
        vault, self.vault = self.vault, None
        if self.navigation.frame:
            self.navigation.start("sign_in")
            self.navigation.frame.rebuild()
        if vault is not None:
            vault.close()

    def first_place(self) -> str:
        """Where somebody starts: the first place of the rail that they have."""
        return rail(self.open_vault)[0].screen

    def notices(self) -> Iterable[Notice]:
        """What stands to be told on the first screen of a desk."""
        if self.vault is not None and self.vault.second_copy_used:
            yield Notice(
                Tone.CAREFUL,
                self.say(
                    "The first copy of the vault's key file was damaged; the second copy opened it. Nothing "
                    "is lost. Make a backup today and tell your administrator."
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
