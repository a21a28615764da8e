"""The words of the team's lists, and the lists on paper and as a table file (`team`).

1. A sheet says what it is for, from which office and day it is, and the rows; nobody of a case stands on it.
2. A table file is for others with a spreadsheet: text that would be taken for a formula is made plain.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from fieldkit.domain.document import Block, Document, Heading, Paragraph, Run, Table
from fieldkit.languages import catalogues
from fieldkit.languages.called import called
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.marking import mark
from fieldkit.languages.messages.figures import PAGES
from fieldkit.languages.numbers import format_date
from fieldkit.languages.typed_days import DAY_HINT
from fieldkit.leaflets import source
from fieldkit.services.figure_words import plain
from fieldkit.services.team import COLUMNS, Column, Holds, Line, TeamList, days_ahead, lines
from fieldkit.services.vault import OpenVault

TITLES: Mapping[TeamList, str] = {
    TeamList.ROSTER: mark("Who is in the team"),
    TeamList.VISITS: mark("Plan of visits"),
    TeamList.MEETINGS: mark("Meetings of the border team"),
    TeamList.TASKS: mark("Tasks of the border team"),
    TeamList.RECIPIENTS: mark("Who gets which report"),
}
LABELS: Mapping[str, str] = {
    "function": mark("Function"),
    "office": mark("Office"),
    "languages": mark("Languages"),
    "day": mark("Day"),
    "hour": mark("Hour"),
    "place": mark("Place"),
    "who": mark("Who"),
    "leaflets": mark("Leaflets to bring"),
    "bring": mark("What else to bring"),
    "bodies": mark("Who takes part"),
    "minutes": mark("Short minutes"),
    "what": mark("Task"),
    "until": mark("Until"),
    "done": mark("Done on"),
    "topic": mark("Topic"),
    "reach": mark("How to reach the office"),
    "reports": mark("Reports"),
}
HINTS: Mapping[str, str] = {
    "function": mark("What they do, such as nurse. Write no name of a private person."),
    "day": DAY_HINT,
    "until": DAY_HINT,
    "done": mark("Leave it empty until it is done."),
    "hour": mark("Like 09:30. It can stay empty."),
    "who": mark("Functions or offices, no names."),
    "bodies": mark("Offices, such as the health service. No names."),
    "minutes": mark("What was decided, in a few sentences. Nothing of a case, and no number of one."),
    "what": mark("Nothing of a case, and no number of one."),
    "reach": mark("The number or address of the office, nobody's own."),
    "office": mark("The office, or the process or task force."),
}
TOPIC_WORDS: Mapping[str, str] = {
    "extra_continental": mark("People from other continents"),
    "trafficking": mark("Trafficking in persons"),
    "child": mark("Children"),
    "statistics": mark("Figures"),
    "process": mark("Regional process or task force"),
    "other": mark("Something else"),
}
NOTES: Mapping[TeamList, str] = {
    TeamList.ROSTER: mark("Functions, no names. Keep it inside the team."),
    TeamList.VISITS: mark(
        "Print the leaflets before you leave. Nothing on this sheet says anything of people you will meet."
    ),
    TeamList.MEETINGS: mark(
        "Nothing of a case stands here. What is agreed about one person stays with that person."
    ),
    TeamList.TASKS: mark("Nothing of a case stands here. Who has a task is an office or a function."),
    TeamList.RECIPIENTS: mark(
        "Nothing is sent by itself: somebody hands out each report, on paper or as a file."
    ),
}
_EMPTY = mark("Nothing stands in this list yet.")
_HEAD = mark("{office}, {day}")
_FOR = mark("For: {offices}")
_DIVIDED = 0.32


class TeamWords:
    """The lists in words of one language."""

    def __init__(self, vault: OpenVault, tag: str) -> None:
        self._vault = vault
        self.words = catalogues.load(tag, "interface")

    @cached_property
    def _titles(self) -> dict[str, str]:
        said = catalogues.load(self.words.tag, "leaflets")
        held = source.read_leaflets(self._vault.content[0])
        return {one.id: said.in_context(f"{one.id}/title", one.title) for one in held}

    def title(self, which: TeamList) -> str:
        """What a list is called."""
        return self.words.say(TITLES[which])

    def note(self, which: TeamList) -> str:
        """What stands under its title."""
        return self.words.say(NOTES[which])

    def label(self, column: Column) -> str:
        """What a column is called."""
        return self.words.say(LABELS[column.name])

    def hint(self, column: Column) -> str:
        """How it is filled in; may be empty."""
        return self.words.say(HINTS[column.name]) if column.name in HINTS else ""

    def choice(self, holds: Holds, name: str) -> str:
        """A chosen name in words; the name itself where nothing here knows it any more."""
        if holds is Holds.LANGUAGES:
            return isolate_words(called(name, self.words.tag))
        if holds is Holds.LEAFLETS:
            title = self._titles.get(name)
            return f"{isolate(name)} {isolate_words(title)}" if title else isolate(name)
        if holds is Holds.REPORTS:
            return self.words.say(PAGES[name][0]) if name in PAGES else name
        return self.words.say(TOPIC_WORDS[name]) if name in TOPIC_WORDS else name

    def cell(self, column: Column, line: Line) -> str:
        """What stands in a column of a row."""
        if names := line.names(column.name):
            return " · ".join(self.choice(column.holds, name) for name in names)
        text = line.text(column.name)
        if column.holds is Holds.DAY:
            return format_date(text, self.words.tag) if text else ""
        return isolate_words(text) if text else ""

    def filled(self, which: TeamList, line: Line) -> list[tuple[str, str]]:
        """The columns of a row in which something stands: name and words."""
        found = [(self.label(column), self.cell(column, line)) for column in COLUMNS[which]]
        return [(label, text) for label, text in found if text]

    def recipient(self, name: str) -> str:
        """A recipient of the codebook."""
        return self._vault.codebook.recipient_name(name, catalogues.load(self.words.tag, "codebook"))

    def head(self) -> str:
        """From which office, on which day."""
        day = format_date(self._vault.world.today().isoformat(), self.words.tag)
        return self.words.say(_HEAD, office=isolate_words(self._vault.name), day=day)


def named_on_paper(vault: OpenVault, rows: Iterable[Line], tag: str) -> str:
    """Whom a paper or file is for: offices and functions; empty when nobody is in a list for it."""
    offices = dict.fromkeys(isolate_words(f"{one.text('office')} ({one.text('function')})") for one in rows)
    return TeamWords(vault, tag).words.say(_FOR, offices=" · ".join(offices)) if offices else ""


def document(vault: OpenVault, lists: Sequence[TeamList], tag: str) -> Document:
    """Lists as pages; of visits and meetings those to come, and the newest minutes. Raises PersonFault."""
    said = TeamWords(vault, tag)
    blocks = [block for which in lists for block in _blocks(vault, said, which)]
    return Document(said.title(lists[0]), tag, tuple(blocks), footer=said.head())


def file(vault: OpenVault, which: TeamList, tag: str) -> bytes:
    """A list as CSV in UTF-8 with a mark at its start (rule 2). Raises PersonFault `access.not_allowed`."""
    said = TeamWords(vault, tag)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([plain(said.label(column)) for column in COLUMNS[which]])
    for line in lines(vault, which):
        writer.writerow([plain(said.cell(column, line)) for column in COLUMNS[which]])
    return out.getvalue().encode("utf-8-sig")


def shown(vault: OpenVault, which: TeamList) -> tuple[Line, ...]:
    """The rows that a sheet shows: all, of visits those to come, of meetings the last one that was and those to
    come."""
    held = lines(vault, which)
    if which not in (TeamList.VISITS, TeamList.MEETINGS):
        return held
    ahead = tuple(days_ahead(held, vault.world.today()))
    before = [one for one in held if one not in ahead]
    return (*before[-1:], *ahead) if which is TeamList.MEETINGS else ahead


def _blocks(vault: OpenVault, said: TeamWords, which: TeamList) -> Iterator[Block]:
    tag = said.words.tag
    yield Heading(1, (Run(said.title(which), bold=True),), tag)
    yield Paragraph((Run(said.note(which)),), tag, small=True)
    held = shown(vault, which)
    if not held:
        yield Paragraph((Run(said.words.say(_EMPTY)),), tag)
    for line in held:
        cells = said.filled(which, line)
        rows = tuple(((Run(label),), (Run(text),)) for label, text in cells)
        yield Table(rows, tag, (_DIVIDED, 1 - _DIVIDED))
