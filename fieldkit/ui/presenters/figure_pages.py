"""What the pages of figures show: tables in words, what a pressed cell means, paper and file.

1. The screen reads the tables as they were made (`services.figures`): nothing is counted or filled in here.
2. Whatever leaves as paper or file is what the screen shows, and that it left is written down (K-23).
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from fieldkit.headquarters.tables import Gap
from fieldkit.languages.messages.figures import PAGES
from fieldkit.services import counsel, figure_files, figure_words, figures, team, team_words
from fieldkit.services.figure_words import Said
from fieldkit.services.figures import Pages
from fieldkit.ui.presenters.files import write_file
from fieldkit.ui.presenters.pages import document_paper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fieldkit.domain.ports import Progress
    from fieldkit.headquarters.tables import Line, Table
    from fieldkit.services.figure_files import Numbers
    from fieldkit.services.monthly import Report
    from fieldkit.services.vault import OpenVault
    from fieldkit.ui.presenters.pages import Paper

_HEADING = 16
"""Signs in a line of a heading: columns of numbers are narrow."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page in the list: its name, its title, what it answers."""

    name: str
    title: str
    answers: str


class FigurePages:
    """The pages in one language. `pages` is None until they were counted."""

    def __init__(self, vault: OpenVault, tag: str) -> None:
        self._vault = vault
        self.said = Said(vault, tag)
        self.pages: Pages | None = None

    def listed(self) -> tuple[Listed, ...]:
        """The pages in their order."""
        return tuple(Listed(name, *self.said.page(name)) for name in PAGES)

    def look(self) -> None:
        """Show what was counted before, if nothing has changed since."""
        self.pages = self.pages or figures.kept_pages(self._vault)

    def count(self, progress: Progress | None = None) -> Pages | Report:
        """Count everything anew where something changed; it can take some seconds where many cases are held."""
        return figures.pages(self._vault, progress)

    def take(self, made: Pages | Report) -> None:
        """Show what was counted."""
        self.pages = made if isinstance(made, Pages) else None

    @property
    def is_counted(self) -> bool:
        """Whether there is something to show."""
        return self.pages is not None

    def tables(self, name: str) -> tuple[Table, ...]:
        """The tables of a page that were counted."""
        return self.pages.of(name) if self.pages is not None else ()

    def headings(self, table: Table) -> list[str]:
        """The headings of all columns, broken into lines."""
        return [self.said.rows_are(table), *(_broken(self.said.name(column)) for column in table.columns)]

    def meaning(self, table: Table, line: Line, column: int) -> tuple[tuple[str, str], ...]:
        """What a pressed cell means: name and sentence, the table's own first."""
        return tuple(self._meaning(table, line, column))

    def _meaning(self, table: Table, line: Line, column: int) -> Iterator[tuple[str, str]]:
        said = self.said
        yield said.title(table), said.meaning(table)
        shown = table.columns[column - 1 : column] if column else ()
        for name in (line.name, *shown):
            text = said.name_means(name)
            if text:
                yield said.name(name), text
        value = line.cells[column - 1] if column else None
        if isinstance(value, Gap):
            yield said.value(value), said.gap_means(value)

    def whom(self, name: str) -> str:
        """Whom a page is for by the lists; empty when nobody is in one (R-182)."""
        return team_words.named_on_paper(self._vault, team.recipients_of(self._vault, name), self.said.tag)

    def paper(self, name: str) -> Paper:
        """The page to be printed (rule 2)."""
        make = partial(figure_words.document, self.said, name, self.tables(name), self.whom(name))
        return document_paper(self._vault, f"figures_{name}", self.said.tag, make)

    def save(self, name: str, folder: Path) -> str:
        """Write the page as a table file; its name (rule 2). Raises DeviceFault."""
        return self._write(
            folder, name, ".csv", figure_words.file(self.said, self.tables(name), self.whom(name))
        )

    def save_for_database(self, name: str, folder: Path) -> str:
        """Write the numbers of the page with their codes, in two forms; the names. Raises DeviceFault."""
        called = self.called(name)
        numbers = figure_files.numbers(self._vault, {called: self.tables(name)})
        return self._write_numbers(folder, f"{called}-codes", numbers)

    def called(self, name: str) -> str:
        """What a page is called in names of files, and in files."""
        return name

    def save_for_neighbour(self, folder: Path) -> str:
        """Write how people arrive, for a neighbouring office (`figure_files`, rule 3); the names. Raises
        DeviceFault."""
        assert self.pages is not None, "nothing was counted yet"
        return self._write_numbers(folder, "arrivals", figure_files.for_neighbour(self._vault, self.pages))

    def _write_numbers(self, folder: Path, name: str, numbers: Numbers) -> str:
        names = (
            self._write(folder, name, ending, made())
            for ending, made in ((".csv", numbers.csv), (".json", numbers.json))
        )
        return ", ".join(names)

    def _write(self, folder: Path, name: str, ending: str, content: bytes) -> str:
        day = self._vault.world.today().isoformat()
        path = write_file(folder, f"figures-{name}-{day}{ending}", content)
        counsel.record_printed(self._vault, f"figures_{name} file", self.said.tag, 0)
        return path.name


def _broken(text: str) -> str:
    return "\n".join(textwrap.wrap(text, _HEADING, break_long_words=False))
