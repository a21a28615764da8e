"""A form being tried (`ui/preview`): the real interview, with a line on every page that nothing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from fieldkit.ui.screens.interview import InterviewScreen
from fieldkit.ui.screens.screen import Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from fieldkit.ui.context import Context


class PreviewScreen(InterviewScreen):
    """The interview of one form in a vault that is thrown away; its end is the beginning of another one."""

    bare: ClassVar[bool] = True

    def __init__(self, context: Context, form: str, draft: str) -> None:
        super().__init__(context, draft)
        self.form = form
        self.at_end = False

    @property
    def title(self) -> str:
        return self.context.say("The interview can be finished") if self.at_end else super().title

    def build(self) -> QWidget:
        say = self.context.say
        told = say("This is a preview of a form. Nothing is kept; enter nothing about a real person.")
        banner = Banner(Tone.CAREFUL, told)
        if not self.at_end:
            return column(banner, super().build(), gap=12)
        ended = say("All that must be answered is answered. Nothing was kept.")
        return column(banner, Card(readable(words(ended, Size.QUESTION))), gap=12)

    def main_action(self) -> Way | None:
        if self.at_end:
            return Way(self.context.say("Begin the preview again"), self._begin_again, "next")
        return super().main_action()

    def back(self) -> Way | None:
        if self.at_end:
            return Way(self.context.say("Back"), self._go_on, "back")
        if self.page is not None and (self.stopped or not self.page.is_first):
            return super().back()
        return None

    def other_actions(self) -> tuple[Way, ...]:
        if self.at_end:
            return ()
        return (Way(self.context.say("Begin the preview again"), self._begin_again),)

    def _finish(self) -> None:
        if self.page is not None and self.page.unmet():
            super()._finish()
            return
        self.left()
        self.at_end = True
        self.show_again()

    def _go_on(self) -> None:
        self.at_end = False
        self.show_again()

    def _begin_again(self) -> None:
        from fieldkit.ui.preview import begin  # noqa: PLC0415 (it loads the windows, and those load this)

        draft = begin(self.context.open_vault, self.form, self.context.words.tag)
        self.context.navigation.start("preview", form=self.form, draft=draft)
