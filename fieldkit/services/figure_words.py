"""Figures in words: tables as they are read on the screen, as a file, and on paper (`services.figures`).

1. Screen, file and paper say the same. What stands where no number may or can stand is a word, never an empty cell.
2. A service has its neutral name, and only what posts agreed to print stands here (`protection.md` 8).
3. A file is one row a number, so that it can be put together with others; text that a spreadsheet would take for a
   formula is made plain.
4. Every page says from which office and day it is, and what hiding means.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from fieldkit.content.texts import Texts
from fieldkit.domain.document import Block, Document, Heading, Paragraph, Run, Table
from fieldkit.domain.errors import FieldkitError
from fieldkit.forms.session import Session
from fieldkit.headquarters import tables as counted
from fieldkit.headquarters.hiding import LIMIT
from fieldkit.headquarters.tables import Gap, Name, Value
from fieldkit.languages import catalogues
from fieldkit.languages.calendars import Calendar
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.marking import mark
from fieldkit.languages.messages.figures import (
    GAP_MEANINGS,
    GAPS,
    HANDED_OUT,
    MEANINGS,
    NEEDS,
    PAGES,
    ROWS_ARE,
    TABLES,
    WORDS,
)
from fieldkit.languages.numbers import format_date, format_month, format_number
from fieldkit.services import assistance, directory, forms_held, share_paper
from fieldkit.services.figure_reading import BACK, FAR, WANTED
from fieldkit.services.vault import OpenVault

_COLUMNS = (mark("Table"), mark("Row"), mark("Column"), mark("Number"), mark("Instead of a number"))
_NO_POST, _NO_SERVICE = mark("Post not known"), mark("A service that is not in the directory")
_UNKNOWN_COUNTRY = mark("not known")
_HEAD = mark("{office}, {day}")
_MOST_COLUMNS = 6
"""Columns of numbers beside each other on paper; more go into a further part of the table."""
_FIRST = 0.34
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Said:
    """The words of one page in one language."""

    def __init__(self, vault: OpenVault, tag: str) -> None:
        self._vault = vault
        self.tag = tag
        self._words = catalogues.load(tag, "interface")
        self._codebook = catalogues.load(tag, "codebook")
        self._texts = Texts(vault.rules.texts)

    def say(self, text: str, **values: str) -> str:
        """A sentence of the interface."""
        return self._words.say(text, **values)

    def page(self, name: str) -> tuple[str, str]:
        """What a page is called, and what it answers."""
        return self._words.say(PAGES[name][0]), self._words.say(PAGES[name][1])

    def title(self, table: counted.Table) -> str:
        """What a table is called: its own title, or what it is about where there are several of a kind."""
        title = TABLES[table.id][0]
        return self._words.say(title) if title or table.subject is None else self.name(table.subject)

    def meaning(self, table: counted.Table) -> str:
        """What its numbers mean."""
        return self._words.say(TABLES[table.id][1])

    def rows_are(self, table: counted.Table) -> str:
        """The heading of the first column."""
        return self._words.say(ROWS_ARE[table.rows_are])

    def name_means(self, name: Name) -> str:
        """What a row or column means beyond its name; empty when the name says it."""
        return self._words.say(MEANINGS[name.key]) if name.kind == "word" and name.key in MEANINGS else ""

    def gap_means(self, gap: Gap) -> str:
        """What a word in the place of a number means."""
        return self._words.say(GAP_MEANINGS[gap.value], limit=LIMIT)

    def handed_out(self) -> str:
        """What stands under every page."""
        return self._words.say(HANDED_OUT, most=LIMIT - 1)

    def value(self, value: Value) -> str:
        """A cell."""
        if isinstance(value, Gap):
            return self._words.say(GAPS[value.value])
        if isinstance(value, tuple):
            return " · ".join(map(self.name, value))  # the names have commas of their own
        return format_number(value, self.tag)

    def head(self) -> str:
        """From which office, on which day."""
        day = format_date(self._vault.world.today().isoformat(), self.tag)
        return self._words.say(_HEAD, office=isolate_words(self._vault.name), day=day)

    def columns_of_file(self) -> tuple[str, ...]:
        """The headings of a file."""
        return tuple(map(self._words.say, _COLUMNS))

    def name(self, name: Name) -> str:
        """What a row or column is called; a question by how a form asks it."""
        if name.kind.startswith("list:"):
            return self._choice(name.kind.removeprefix("list:"), name.key)
        made = self._made.get(name.kind)
        return made(name.key) if made else self._questions.get(name.key, name.key)

    @cached_property
    def _made(self) -> dict[str, Callable[[str], str]]:
        """By kind, what makes a name of a key."""
        book = self._vault.codebook
        return {
            "word": lambda key: self._words.say(WORDS[key]),
            "post": lambda key: isolate_words(key) if key else self._words.say(_NO_POST),
            "place": self._place,
            "service": lambda key: self._services.get(key) or self._words.say(_NO_SERVICE),
            "category": lambda key: book.category_name(key, self._codebook),
            "rule": self._because,
            "route": lambda key: " → ".join(map(self._country, key.split(" "))),
            "help": lambda key: self._words.say(assistance.KINDS.get(key, key)),
            "need": lambda key: self._words.say(NEEDS.get(key, key)),
            "day": lambda key: format_date(key, self.tag),
            "month": lambda key: format_month(int(key[:4]), int(key[5:7]), Calendar.GREGORIAN, self.tag),
            "form": lambda key: self._titles.get(key, key),
            "sheet": lambda key: self._titles.get(key, key),
            "section": lambda key: self._sections.get(key, key),
        }

    def _because(self, rule: str) -> str:
        """Why a rule points to a pathway; its id when the table here has no such rule any more."""
        text = f"rule/{rule}/because"
        known = any(one.id == rule for one in self._vault.rules.rules)
        return self._texts.say(text, self._codebook) if known else rule

    def _place(self, key: str) -> str:
        site, _, post = key.partition(" ")
        return f"{self.name(Name('post', post))} · {self._choice('site_kinds', site)}"

    def _choice(self, listed: str, value: str) -> str:
        return self._vault.codebook.choice_label(listed, value, self._codebook)

    def _country(self, code: str) -> str:
        return self._choice("countries", code) if code else self._words.say(_UNKNOWN_COUNTRY)

    @cached_property
    def _questions(self) -> dict[str, str]:
        """How forms ask the questions that are counted."""
        names = ("help_missing", *WANTED, *(one.name for one in (*FAR, *BACK)))
        return dict(zip(names, share_paper.field_names(self._vault, names, self.tag), strict=True))

    @cached_property
    def _services(self) -> dict[str, str]:
        return {one.id: isolate_words(one.name_on_paper) for one in directory.all_services(self._vault)}

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {one.id: one.title(self.tag) for one in forms_held.offered_forms(self._vault)}

    @cached_property
    def _sections(self) -> dict[str, str]:
        """What the sections of the first talk are called."""
        try:
            form = forms_held.hold(self._vault, "screening").form
        except FieldkitError:
            return {}
        session = Session(form, clock=self._vault.world.clock, randomness=self._vault.world.randomness)
        paths = [one.path for one in form.body if one.path is not None and one.kind == "group"]
        return {path[-1]: session.label("/" + "/".join(path), self.tag).text for path in paths}


class SaidTwice(Said):
    """The words of one page in two languages, one behind the other: for paper that two people read."""

    def __init__(self, vault: OpenVault, tag: str, second: str) -> None:
        super().__init__(vault, tag)
        self._second = Said(vault, second)

    def page(self, name: str) -> tuple[str, str]:
        one, other = super().page(name), self._second.page(name)
        return _both(one[0], other[0]), _both(one[1], other[1])

    def title(self, table: counted.Table) -> str:
        return _both(super().title(table), self._second.title(table))

    def meaning(self, table: counted.Table) -> str:
        return _both(super().meaning(table), self._second.meaning(table))

    def rows_are(self, table: counted.Table) -> str:
        return _both(super().rows_are(table), self._second.rows_are(table))

    def name_means(self, name: Name) -> str:
        one = super().name_means(name)
        return _both(one, self._second.name_means(name)) if one else ""

    def gap_means(self, gap: Gap) -> str:
        return _both(super().gap_means(gap), self._second.gap_means(gap))

    def handed_out(self) -> str:
        return _both(super().handed_out(), self._second.handed_out())

    def value(self, value: Value) -> str:
        return _both(super().value(value), self._second.value(value))

    def head(self) -> str:
        return _both(super().head(), self._second.head())

    def name(self, name: Name) -> str:
        return _both(super().name(name), self._second.name(name))


def _both(one: str, other: str) -> str:
    """Two texts, each in its own direction; the same words are not said twice."""
    return one if one == other else f"{isolate_words(one)} / {isolate_words(other)}"


def file(said: Said, tables: Iterable[counted.Table], whom: str = "") -> bytes:
    """The tables as CSV in UTF-8 with a mark at its start, as spreadsheets like it (rule 3). `whom`: a last row
    that says whom they are for (R-182)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(said.columns_of_file())
    for table in tables:
        title = said.title(table)
        for line in table.lines:
            for column, cell in zip(table.columns, line.cells, strict=True):
                number = str(cell) if isinstance(cell, int) else ""
                instead = "" if isinstance(cell, int) else said.value(cell)
                row = (title, said.name(line.name), said.name(column), number, instead)
                writer.writerow(map(plain, row))
    if whom:
        writer.writerow((plain(whom), *[""] * (len(_COLUMNS) - 1)))
    return out.getvalue().encode("utf-8-sig")


def document(
    said: Said,
    page: str,
    tables: Sequence[counted.Table],
    whom: str = "",
    sentences: Iterable[tuple[str, str]] = (),
) -> Document:
    """The tables as a printed paper, with whom they are for where somebody is in a list for it (R-182). `sentences`
    come before the tables, each with the language it is in."""
    title, answers = said.page(page)
    blocks: list[Block] = [_heading(said, 1, title), _text(said, answers), _text(said, said.head())]
    blocks += [_text(said, whom)] if whom else []
    blocks += [Paragraph((Run(text),), tag) for tag, text in sentences]
    for table in tables:
        blocks += _table(said, table)
    blocks += [_text(said, f"{said.value(gap)}: {said.gap_means(gap)}", small=True) for gap in _gaps(tables)]
    blocks.append(_text(said, said.handed_out(), small=True))
    return Document(title, said.tag, tuple(blocks), footer=said.head())


def _gaps(tables: Iterable[counted.Table]) -> list[Gap]:
    held = {cell for table in tables for line in table.lines for cell in line.cells if isinstance(cell, Gap)}
    return [gap for gap in Gap if gap in held]


def _table(said: Said, table: counted.Table) -> Iterator[Block]:
    yield _heading(said, 2, said.title(table))
    yield Paragraph((Run(said.meaning(table)),), said.tag, small=True, leads_in=True)
    yield from _lists(said, table) if table.has_words else _numbers(said, table)
    means = [(one, said.name_means(one)) for one in (*table.columns, *(line.name for line in table.lines))]
    for one, text in dict.fromkeys(means):
        if text:
            yield _text(said, f"{said.name(one)}: {text}", small=True)


def _numbers(said: Said, table: counted.Table) -> Iterator[Block]:
    """Rows and columns; many columns in several parts of the same width."""
    parts = -(-len(table.columns) // _MOST_COLUMNS)
    wide = -(-len(table.columns) // parts)
    for start in range(0, len(table.columns), wide):
        columns = table.columns[start : start + wide]
        head = (said.rows_are(table), *(said.name(one) for one in columns))
        rows = [
            tuple(
                (Run(text),)
                for text in (said.name(line.name), *map(said.value, line.cells[start : start + wide]))
            )
            for line in table.lines
        ]
        widths = (_FIRST, *[(1 - _FIRST) / len(columns)] * len(columns))
        bold = tuple((Run(text, bold=True),) for text in head)
        yield Table((bold, *rows), said.tag, widths, header=True, small=wide > _MOST_COLUMNS // 2)


def _lists(said: Said, table: counted.Table) -> Iterator[Block]:
    """Words in cells need room: one line after the other."""
    for line in table.lines:
        yield Paragraph((Run(said.name(line.name), bold=True),), said.tag, leads_in=True)
        cells = zip(table.columns, line.cells, strict=True)
        rows = tuple(((Run(said.name(name)),), (Run(said.value(cell)),)) for name, cell in cells)
        yield Table(rows, said.tag, (_FIRST, 1 - _FIRST), small=True)


def _heading(said: Said, level: int, text: str) -> Heading:
    return Heading(level, (Run(text),), said.tag)


def _text(said: Said, text: str, *, small: bool = False) -> Paragraph:
    return Paragraph((Run(text),), said.tag, small=small)


def plain(text: str) -> str:
    """Text without the signs that keep directions apart, which a spreadsheet shows as boxes; never a formula."""
    bare = "".join(sign for sign in text if sign not in "\u2066\u2067\u2068\u2069")
    return f"'{bare}" if bare.startswith(_FORMULA) else bare
