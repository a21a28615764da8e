"""The monthly report: a month and a post are chosen; it is read, printed in two languages, saved (R-173, R-175)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fieldkit.languages.autonyms import autonym
from fieldkit.ui.presenters.monthly import PAGE, MonthlyPage
from fieldkit.ui.screens.figure_pages import FigurePageScreen
from fieldkit.ui.screens.screen import Way
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.picker import Picker
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from fieldkit.services.figures import Pages
    from fieldkit.services.monthly import Report
    from fieldkit.ui.context import Context


class MonthlyScreen(FigurePageScreen):
    """The report of the newest month that is over, until another is chosen."""

    presenter: MonthlyPage

    def __init__(self, context: Context) -> None:
        super().__init__(context, PAGE)
        self._text = Holder()

    def _presenter(self) -> MonthlyPage:
        return MonthlyPage(self.context.open_vault, self.context.words.tag)

    def above(self) -> tuple[QWidget, ...]:
        say, page = self.context.say, self.presenter
        if not page.months:
            return ()
        self._text = Holder()
        names = [(month, page.month_name(month)) for month in page.months]
        posts = [("", say("All posts")), *((post, post) for post in page.posts)]
        others = [(tag, autonym(tag)) for tag in page.languages]
        return (
            flow(
                Picker(say("Month"), names, page.month, self._choose_month),
                Picker(say("Post"), posts, page.post, self._choose_post),
                Picker(
                    say("Second language"),
                    [("", say("One language only")), *others],
                    page.second,
                    partial(setattr, page, "second"),
                ),
            ),
            self._text,
        )

    def other_actions(self) -> tuple[Way, ...]:
        if not self.presenter.tables(self.name):
            return ()
        text = Way(
            self.context.say("Save as a text"), partial(self._save, self.presenter.save_text), "folder"
        )
        return (*super().other_actions(), text)

    def _fill(self) -> None:
        say = self.context.say
        if not self.presenter.months:
            told = say("There is no month yet that is over.")
            todo = say(
                "A report can be made for each month in which posts opened a case, once the month is over."
            )
            self._whole.put(Card(EmptyState(told, todo, icon="count")))
            return
        super()._fill()
        sentences = [readable(words(text)) for text in self.presenter.sentences()]
        self._text.put(Card(column(*sentences, gap=4)))

    def _choose_month(self, month: str) -> None:
        self.presenter.month = month
        self._text.put()
        self._count()

    def _counted(self, made: Pages | Report) -> None:
        self.presenter.take(made)
        self.show_again()

    def _choose_post(self, post: str) -> None:
        self.presenter.post = post
        self.show_again()
