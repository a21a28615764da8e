"""What every screen is: a title, a content, one main action, a way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, ClassVar, Concatenate, ParamSpec, Protocol, TypeVar

from fieldkit.domain.errors import FieldkitError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from fieldkit.ui.context import Context

Do = Callable[[], object]
P = ParamSpec("P")


class HasContext(Protocol):
    """A screen, or a part of one."""

    context: Context


S = TypeVar("S", bound=HasContext)


@dataclass(frozen=True, slots=True)
class Way:
    """A button of the footer: what happens, in words, and what does it; `icon` from resources/icons."""

    text: str
    do: Do
    icon: str = ""
    enabled: bool = True
    why_not: str = ""
    """Said beside the button while it is off."""


def faults_are_told(do: Callable[Concatenate[S, P], None]) -> Callable[Concatenate[S, P], None]:
    """A method in which an error of ours is told above the content, with its next step, and ends the method."""

    @wraps(do)
    def telling(screen: S, /, *args: P.args, **data: P.kwargs) -> None:
        try:
            do(screen, *args, **data)
        except FieldkitError as fault:
            screen.context.show_error(fault)

    return telling


class Screen:
    """Derive, and give at least `title` and `build`."""

    bare: ClassVar[bool] = False
    """Without rail and account: before anybody is signed in."""

    alone: ClassVar[bool] = False
    """Nothing of the officer's side stands around it, and no key leads there: the laptop is turned."""

    rail: str = ""
    """The place on the rail to which this screen belongs."""

    shows_notices: ClassVar[bool] = False
    """Whether standing notices (a missing recovery slot) are told here."""

    scrolls: ClassVar[bool] = True
    """Whether the frame scrolls the content; False for a screen that scrolls a part of its own."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._spoken = context.words.tag

    @property
    def title(self) -> str:
        """The heading of the screen, in the interface language; empty for none."""
        raise NotImplementedError

    def language_changed(self) -> bool:
        """Whether the interface speaks another language since this was last asked: a screen that has read texts
        in the former one reads them anew when it is built."""
        before, self._spoken = self._spoken, self.context.words.tag
        return before != self._spoken

    def build(self) -> QWidget:
        """Make the content. Called once for every showing, and again when the language changes."""
        raise NotImplementedError

    def show_again(self) -> None:
        """Build this screen anew, from what is so now."""
        self.context.show_again()

    @faults_are_told
    def write_down(self, do: Do) -> None:
        """Do what is kept, say that it is on disk, and build this screen anew."""
        do()
        self.context.saved()
        self.show_again()

    def main_action(self) -> Way | None:
        """The one main action, at the lower reading end; Enter does it."""
        return None

    def back(self) -> Way | None:
        """The way back, at the lower reading start; None for none. By default to the last screen."""
        context = self.context
        if not context.navigation.can_go_back():
            return None
        return Way(context.say("Back"), context.navigation.back, "back")

    def other_actions(self) -> tuple[Way, ...]:
        """Lesser actions beside the main one, before it in reading order (Stop, Pause)."""
        return ()

    def commands(self) -> Mapping[str, Do]:
        """What the keys of `actions.COMMANDS` do here, by their id, beside those of the frame."""
        return {}

    def in_hand(self) -> tuple[tuple[str, str], ...]:
        """What somebody has in front of them, the nearest first, for F1 (`content.booklet`); the screen itself
        comes last by itself."""
        return ()

    def shown(self) -> None:
        """Called when the content stands in the window: the place to set the focus."""

    def left(self) -> None:
        """Called before the content goes away."""
