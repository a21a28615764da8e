"""What the monthly report shows: a month, a post or all of them, on paper in one language or two.

1. Whatever leaves as paper, file or text is what the screen shows (`figure_pages`, rule 2).
2. Choosing a post counts nothing again: its rows are those of the whole report.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fieldkit.headquarters.tables import Name
from fieldkit.languages import catalogues
from fieldkit.languages.isolates import isolate_words
from fieldkit.services import figure_words, monthly
from fieldkit.services.figure_words import Said, SaidTwice
from fieldkit.services.monthly import Report
from fieldkit.ui.presenters.figure_pages import FigurePages
from fieldkit.ui.presenters.pages import document_paper

if TYPE_CHECKING:
    from pathlib import Path

    from fieldkit.domain.ports import Progress
    from fieldkit.headquarters.tables import Table
    from fieldkit.services.figures import Pages
    from fieldkit.services.vault import OpenVault
    from fieldkit.ui.presenters.pages import Paper

PAGE = "monthly"


class MonthlyPage(FigurePages):
    """One report. `post` is empty for all posts, `second` for paper in one language."""

    def __init__(self, vault: OpenVault, tag: str) -> None:
        super().__init__(vault, tag)
        self.months = monthly.months(vault)
        self.month = self.months[0] if self.months else ""
        self.post, self.second = "", ""
        self._whole: Report | None = None

    def look(self) -> None:
        """A report is counted for its month."""

    def count(self, progress: Progress | None = None) -> Pages | Report:
        """Count the month."""
        return monthly.report(self._vault, self.month, *([progress] if progress else []))

    def take(self, made: Pages | Report) -> None:
        """Show what was counted; the post stays chosen where it has something in this month."""
        self._whole = made if isinstance(made, Report) else None
        self.post = self.post if self.post in self.posts else ""

    @property
    def is_counted(self) -> bool:
        """Whether the chosen month was counted, or there is none."""
        return not self.month or (self._whole is not None and self._whole.month == self.month)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the paper can have beside its own."""
        return tuple(tag for tag in catalogues.available() if tag != self.said.tag)

    def month_name(self, month: str) -> str:
        """A month in words."""
        return self.said.name(Name("month", month))

    @property
    def posts(self) -> tuple[str, ...]:
        """The posts that have something in the month."""
        return self._whole.posts if self._whole is not None else ()

    @property
    def report(self) -> Report | None:
        """What is shown."""
        if self._whole is None:
            return None
        return monthly.of_post(self._whole, self.post) if self.post else self._whole

    def tables(self, name: str) -> tuple[Table, ...]:
        """The tables of the report."""
        return self.report.tables if self.report is not None else ()

    def called(self, name: str) -> str:
        """The page and its month."""
        return f"{name}-{self.month}"

    def sentences(self, tag: str = "") -> tuple[str, ...]:
        """The report in sentences."""
        said = Said(self._vault, tag) if tag else self.said
        return monthly.text(said, self.report) if self.report is not None else ()

    def paper(self, name: str) -> Paper:
        """The report to be printed, in one language or two."""
        tags = [self.said.tag, *([self.second] if self.second else [])]
        said = SaidTwice(self._vault, *tags) if self.second else self.said
        told = [(tag, text) for tag in tags for text in self.sentences(tag)]
        if self.post:
            told.insert(0, (self.said.tag, isolate_words(self.post)))
        make = partial(figure_words.document, said, name, self.tables(name), self.whom(name), told)
        return document_paper(self._vault, f"figures_{name}", self.said.tag, make)

    def save_text(self, folder: Path) -> str:
        """Write the sentences, for a newsletter or a meeting (R-175); the file's name. Raises DeviceFault."""
        lines = (
            self.said.head(),
            *([self.post] if self.post else []),
            *self.sentences(),
            self.said.handed_out(),
        )
        content = "".join(f"{figure_words.plain(line)}\n" for line in lines)
        return self._write(folder, self.called(PAGE), ".txt", content.encode("utf-8"))
