"""A screen that asks a page at a time, with a phrase on one: where the keyboard stands, and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.ui.screens.screen import Screen

if TYPE_CHECKING:
    from fieldkit.ui.context import Context
    from fieldkit.ui.presenters.choose_phrase import ChoosePhrase
    from fieldkit.ui.widgets.choices import ChoiceGrid
    from fieldkit.ui.widgets.field import Field
    from fieldkit.ui.widgets.phrase import PhraseQuestion


class PageByPage(Screen):
    """Derive, call `forget` first in `build`, and keep what the page asks with in `field`, `grid` or `question`."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.choose: ChoosePhrase | None = None
        self.forget()

    def forget(self) -> None:
        """Another page is built."""
        self.field: Field | None = None
        self.grid: ChoiceGrid | None = None
        self.question: PhraseQuestion | None = None

    def shown(self) -> None:
        if self.field is not None:
            self.field.line.setFocus()
        elif self.grid is not None:
            self.grid.focus_first()
        elif self.question is not None:
            self.question.focus()

    def _show_problem(self, said: str) -> None:
        if self.field is not None:
            self.field.show_problem(said)
            self.field.line.setFocus()
        elif self.question is None or not self.question.show_problem(said):
            self.context.tell(said)
