"""Destroying the vault of this laptop: what happens is read, then a word is typed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.services import wipe
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.wipe import Wiped
    from fieldkit.ui.context import Context


class WipeScreen(Screen):
    """Reached from Help, before and after sign-in. Two deliberate steps, and nothing refuses afterwards."""

    bare: ClassVar[bool] = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.sure = False
        self.was_in = context.vault is not None
        self.done: Wiped | None = None
        self.field: Field | None = None

    @property
    def title(self) -> str:
        say = self.context.say
        if self.done is None:
            return say("Destroy the vault of this laptop")
        return say("The vault is not destroyed") if self.done.still_open else say("The vault is destroyed")

    def build(self) -> QWidget:
        self.field = None
        if self.done is not None:
            return self._destroyed(self.done)
        return self._word() if self.sure else self._read_this()

    def main_action(self) -> Way:
        say = self.context.say
        if self.done is not None and self.done.still_open:
            return Way(say("Try again"), self._wipe, "remove")
        if self.done is not None:
            return Way(say("Begin anew"), self._begin_anew, "next")
        if self.sure:
            return Way(say("Destroy the vault now"), self._destroy, "remove")
        return Way(say("I want to destroy it"), self._go_on, "next")

    def back(self) -> Way | None:
        if self.done is not None:
            return None
        if self.sure:
            return Way(self.context.say("Back"), self._not_yet, "back")
        return super().back()

    def shown(self) -> None:
        if self.field is not None:
            self.field.line.setFocus()

    # Pages

    def _read_this(self) -> QWidget:
        say = self.context.say
        what = say(
            "Every way into this vault is overwritten, then its files are removed. Nobody can open it "
            "afterwards: not you, not headquarters, not whoever takes the laptop. It takes a moment and cannot "
            "be undone."
        )
        lost = say(
            "What was not exported, and of which there is no copy on another disk, is lost. What headquarters "
            "has received stays there."
        )
        not_promised = say(
            "What cannot be promised: a disk without moving parts (SSD) may keep former pieces of what was "
            "overwritten; only an encrypted disk helps against that. Copies of this vault on sticks and other "
            "disks are not reached. That this program was used here can still be seen."
        )
        return column(
            Card(words(what, Size.QUESTION)),
            Card(marked("careful", readable(words(lost)), Tone.CAREFUL)),
            Card(readable(words(not_promised))),
        )

    def _word(self) -> QWidget:
        say = self.context.say
        word = say(wipe.WORD)
        self.field = Field(say("Write {word} to destroy the vault", word=word))
        self.field.line.textEdited.connect(lambda _text: self._no_problem())
        return column(Card(self.field))

    def _destroyed(self, done: Wiped) -> QWidget:
        say = self.context.say
        if done.still_open:
            told = say(
                "This vault still opens. The disk does not let these files be overwritten: {files}. Take the "
                "laptop or the disk to a safe place, or break the disk.",
                files=", ".join(done.still_open),
            )
            return column(Banner(Tone.URGENT, told))
        told = say("No phrase opens anything on this laptop any more.")
        parts: list[QWidget] = [Banner(Tone.DONE, told)]
        if done.left:
            left = say(
                "These files could not be removed, because another program or the disk holds them: {files}. "
                "Switch the laptop off and on, and remove them by hand.",
                files=", ".join(done.left),
            )
            parts.append(Banner(Tone.CAREFUL, left))
        return column(*parts)

    # What is done

    def _go_on(self) -> None:
        self.sure = True
        self.show_again()

    def _not_yet(self) -> None:
        self.sure = False
        self.show_again()

    def _destroy(self) -> None:
        assert self.field is not None, "it stands on this page"
        typed, word = self.field.value, self.context.say(wipe.WORD)
        if not wipe.is_the_word(typed, word):
            self.field.show_problem(self.context.say("Write {word}, or go back.", word=word))
            self.field.line.setFocus()
            return
        vault, self.context.vault = self.context.vault, None
        if vault is not None:
            with suppress(FieldkitError):  # a disk that fails here keeps nobody from destroying what is on it
                vault.close()
        self._wipe()

    def _wipe(self) -> None:
        self.context.background.run(
            lambda _progress: wipe.wipe(self.context.folder, wipe.WORD),
            what=self.context.say("Destroying the vault"),
            done=self._gone,
            failed=self.context.show_error,
            can_cancel=False,
        )

    def _gone(self, done: Wiped) -> None:
        self.done = done
        self.show_again()

    def _begin_anew(self) -> None:
        if self.was_in:
            self.context.lock()  # this process held the key, so it ends; another one begins
        self.context.begin()

    def _no_problem(self) -> None:
        if self.field is not None:
            self.field.show_problem("")
