"""What the interview screen decides: which section, which page of it, which cards stand there, what comes next.

1. One section a page; one with more than thirty questions is divided by the order of the form, so that cards
   stay on their page whatever becomes relevant.
2. Of a repeat only the open row stands there as cards; the others are lines.
3. Nothing keeps anybody from moving on. Only finishing asks for what is missing, and leads to it.
4. A section that is not open has a page too: it says why, and where to go instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from fieldkit.domain.outcome import Mark
from fieldkit.forms.items import GroupItem, Item, QuestionItem, RepeatItem
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.numbers import format_list
from fieldkit.services import intake, moving
from fieldkit.services.gates import SectionKind, SectionState
from fieldkit.services.refs import template
from fieldkit.services.told import answer_in_words
from fieldkit.ui.presenters.attached import InterviewFiles
from fieldkit.ui.presenters.question import Both, QuestionView, QuestionViews
from fieldkit.ui.presenters.row_lines import RowLines
from fieldkit.ui.presenters.self_answer import TURNED

if TYPE_CHECKING:
    from fieldkit.forms.changes import Change
    from fieldkit.forms.definition import Control
    from fieldkit.forms.nodes import Node
    from fieldkit.services.intake import Finished
    from fieldkit.services.interview import Interview, Unmet
    from fieldkit.services.sections import SectionView
    from fieldkit.services.uploads import Prepared
    from fieldkit.services.vault import OpenVault
    from fieldkit.storage.drafts import DraftOp

PAGE: Final = 30
"""Questions on one page of a section."""

_SUMMARY = 2
"""How many answers of a row stand in its line."""

_SHOWN_WHERE_ASKED: Final = {
    "gate.agreement_first": SectionKind.AGREEMENT,
    "gate.no_private_place": SectionKind.PRIVACY,
    "gate.interpreter_not_said": SectionKind.PRIVACY,
    "gate.unsuitable_interpreter": SectionKind.PRIVACY,
    "gate.no_undertaking": SectionKind.PRIVACY,
}


class StepState(StrEnum):
    """How a section stands among the steps."""

    OPEN = "open"
    HERE = "here"
    DONE = "done"
    CLOSED = "closed"
    SCHEDULED = "scheduled"


@dataclass(frozen=True, slots=True)
class StepRow:
    """A section among the steps. `reason` is the code of why it is not open."""

    ref: str
    title: str
    state: StepState
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a group."""

    key: str
    label: Both


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's card. `depth` counts the open rows in which it stands."""

    key: str
    view: QuestionView
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Rows:
    """A repeat. `opened` is the row whose cards follow; `fixed` when rows cannot be added by hand."""

    key: str
    ref: str
    label: Both
    lines: RowLines
    opened: str
    fixed: bool
    depth: int = 0


Piece = Heading | Asked | Rows


class InterviewPage:
    """One interview on the screen. Raises what `intake.resume` raises."""

    def __init__(self, vault: OpenVault, draft: str) -> None:
        self._vault = vault
        self.interview: Interview = intake.resume(vault, draft)
        self._offered = intake.offered_forms(vault)
        self.files = InterviewFiles(vault, self.interview)
        self._views = QuestionViews(self.interview, self.files)
        self._opened: dict[str, str] = {}
        self._chunks = dict(_chunks(self.interview))
        self._stamps: dict[str, int] = {}
        self.newer_version = moving.offered_to(vault, self.interview)
        self.insist = False
        self.page = 0
        self.sections: tuple[SectionView, ...] = self.interview.sections()
        at = self.interview.position
        known = {section.ref for section in self.sections}
        self.section = at if at in known else (self.sections[0].ref if self.sections else "")

    # --- where we are ---------------------------------------------------------------------------------

    @property
    def here(self) -> SectionView:
        """The section that stands there."""
        return next(section for section in self.sections if section.ref == self.section)

    @property
    def is_open(self) -> bool:
        """Whether the section takes answers."""
        return self.here.gate.state is SectionState.OPEN

    @property
    def may_be_turned(self) -> bool:
        """Whether the person can answer this section alone: it is open, and its questions are put to them."""
        return self.is_open and self.here.kind in TURNED

    @property
    def place(self) -> int:
        """The section's number, from 0."""
        return [section.ref for section in self.sections].index(self.section)

    def steps(self) -> tuple[StepRow, ...]:
        """All sections, for the row on top."""
        return tuple(self._step(section) for section in self.sections)

    @property
    def form_title(self) -> str:
        """The form's title in the officer's language, where it has one."""
        language = self.interview.officer_language
        offered = (form.title(language) for form in self._offered if form.id == self.interview.form.id)
        return next(offered, self.interview.form.title)

    def title(self, section: str) -> Both:
        """A section's title in both languages."""
        interview = self.interview
        officer = interview.section_title(section, interview.officer_language)
        person = interview.section_title(section, interview.person_language)
        return self._views.pair(officer, person)

    def pages(self) -> tuple[int, ...]:
        """The pages of the section on which something stands now."""
        return tuple(sorted({chunk for chunk, _ in self._walk()})) if self.is_open else (0,)

    def pieces(self) -> tuple[Piece, ...]:
        """What stands on this page now, in order."""
        if not self.is_open:
            return ()
        found = [make for chunk, make in self._walk() if chunk == self.page]
        return tuple(_make(piece, self) for piece in _with_headings(found))

    # --- ways -----------------------------------------------------------------------------------------

    @property
    def is_last(self) -> bool:
        """Whether nothing comes after this page but finishing."""
        return self.next_section() is None and self.page == self.pages()[-1]

    @property
    def is_first(self) -> bool:
        """Whether this is the first page of the first section."""
        return self.place == 0 and self.page <= self.pages()[0]

    def next_section(self) -> SectionView | None:
        """The section after this one."""
        after = self.sections[self.place + 1 :]
        return after[0] if after else None

    def go(self, section: str, *, last_page: bool = False) -> None:
        """Stand in a section, on its first page; kept on disk. Raises StorageFault."""
        self.interview.go_to(section)
        self.section = section
        pages = self.pages()
        self.page = pages[-1 if last_page else 0]

    def forward(self) -> None:
        """To the next page, or the next section."""
        later = [page for page in self.pages() if page > self.page]
        following = self.next_section()
        if later:
            self.page = later[0]
        elif following is not None:
            self.go(following.ref)

    def backward(self) -> None:
        """To the page before, or the section before."""
        earlier = [page for page in self.pages() if page < self.page]
        if earlier:
            self.page = earlier[-1]
        elif self.place:
            self.go(self.sections[self.place - 1].ref, last_page=True)

    def where_to_go(self) -> str:
        """The section in which a closed one is opened; empty when there is none in this form."""
        wanted = _SHOWN_WHERE_ASKED.get(self.here.gate.reason)
        return next((section.ref for section in self.sections if section.kind is wanted), "")

    def closing(self) -> str:
        """The closing section, where an ended talk is rounded off; empty when the form has none."""
        return next((one.ref for one in self.sections if one.kind is SectionKind.CLOSING), "")

    def unmet(self) -> tuple[Unmet, ...]:
        """What keeps the interview from being finished."""
        return self.interview.unanswered()

    def show(self, ref: str) -> None:
        """Stand where a question is, its rows opened; from now on missing answers are told."""
        self.insist = True
        for end in (place for place, letter in enumerate(ref) if letter == "]"):
            row = ref[: end + 1]
            self._opened[row.rpartition("[")[0]] = row
        self.go(self.interview.section_of(ref))
        self.page = self._chunks.get(template(ref), self.page)

    def finish(self) -> Finished:
        """Finish. Raises DeskFault `intake.not_finished`, StorageFault."""
        return intake.finish(self._vault, self.interview)

    # --- what is done ---------------------------------------------------------------------------------

    def answer(self, ref: str, value: str) -> Change:
        """Keep an answer. Raises DeskFault, StorageFault: then nothing is kept and nothing changed."""
        change = self.interview.answer(ref, value)
        self._changed(change)
        return change

    def attach(self, ref: str, file: Prepared) -> Change:
        """Keep a file as an answer. Raises as `answer`."""
        return self.attached(self.interview.keep(ref, file))

    def attached(self, kept: DraftOp) -> Change:
        """Show a file that `Interview.keep` has written."""
        change = self.interview.attached(kept)
        self._changed(change)
        return change

    def look_again(self) -> None:
        """Read which sections are open, when something that is no answer may have changed it."""
        self._read()

    def mark(self, ref: str, mark: Mark) -> Change:
        """Keep how a question ended. Raises as `answer`."""
        change = self.interview.mark(ref, mark)
        self._changed(change)
        return change

    def add_row(self, repeat: str) -> str:
        """Add a row and open it; its reference. Raises as `answer`."""
        row = self.interview.add_row(repeat)
        self._touch()
        self._opened[repeat] = row
        self._read()
        return row

    def remove_row(self, row: str) -> None:
        """Take a row away; none stays open. Raises as `answer`."""
        self.interview.remove_row(row)
        self._touch()
        repeat = row.rpartition("[")[0]
        self._opened = {one: open_row for one, open_row in self._opened.items() if not one.startswith(repeat)}
        self._opened[repeat] = ""
        self._read()

    def open_row(self, repeat: str, row: str) -> None:
        """Show a row as cards; an empty `row` closes the open one."""
        self._opened[repeat] = row

    def opened(self, repeat: str) -> str:
        """The open row of a repeat; empty when none is."""
        return self._opened.get(repeat, "")

    def use_languages(self, officer: str, person: str) -> None:
        """Change the languages; no answer changes by it. Raises StorageFault."""
        interview = self.interview
        if (officer, person) != (interview.officer_language, interview.person_language):
            interview.set_languages(officer, person)

    # --- inside ---------------------------------------------------------------------------------------

    def _touch(self) -> None:
        """Rows came, went or moved up: every line is another one now."""
        self._stamps = {repeat: stamp + 1 for repeat, stamp in self._stamps.items()}

    def _changed(self, change: Change) -> None:
        for repeat in self._stamps:
            if any(ref.startswith(f"{repeat}[") for ref in (*change.values, *change.relevance)):
                self._stamps[repeat] += 1
        if change.values or change.relevance or change.structure or change.requirements:
            self._read()

    def _read(self) -> None:
        self.sections = self.interview.sections()

    def _step(self, section: SectionView) -> StepRow:
        state = StepState.DONE if section.done else StepState.OPEN
        if section.gate.state is SectionState.CLOSED:
            state = StepState.CLOSED
        elif section.gate.state is SectionState.SCHEDULED:
            state = StepState.SCHEDULED
        if section.ref == self.section:
            state = StepState.HERE
        title = self.interview.section_title(section.ref, self.interview.officer_language).text
        return StepRow(section.ref, title, state, section.gate.reason)

    def _walk(self) -> Iterator[tuple[int, _Found]]:
        """What stands in the section now, and on which page each thing belongs."""
        yield from self._below(self.interview.questions(self.section), (), 0)

    def _below(
        self, items: Iterable[Item], groups: tuple[GroupItem, ...], depth: int
    ) -> Iterator[tuple[int, _Found]]:
        for item in items:
            if isinstance(item, QuestionItem):
                yield self._chunk(item.ref), _Found(item, groups, depth)
            elif isinstance(item, GroupItem):
                yield from self._below(item.children, (*groups, item), depth)
            elif isinstance(item, RepeatItem):
                yield from self._rows(item, groups, depth)

    def _rows(
        self, item: RepeatItem, groups: tuple[GroupItem, ...], depth: int
    ) -> Iterator[tuple[int, _Found]]:
        opened = self._open_row(item, self._rows_of(item))
        first = self._chunk(item.ref)
        inside = list(self._below(self._children(item, opened), (), depth + 1)) if opened is not None else []
        # The lines stand again on every page that has cards of the open row.
        for chunk in sorted({first, *(chunk for chunk, _ in inside)}):
            yield chunk, _Found(item, groups, depth)
            yield from ((at, found) for at, found in inside if at == chunk)

    def _rows_of(self, item: RepeatItem) -> list[Node]:
        """The rows that are there now; a thousand are counted, not read."""
        parent = self.interview.session.node(item.ref.rpartition("/")[0])
        return [row for row in parent.named.get(item.name, ()) if row.active]

    def _open_row(self, item: RepeatItem, rows: Sequence[Node]) -> Node | None:
        wanted = self._opened.get(item.ref)
        if wanted is None:
            return rows[0] if len(rows) == 1 else None
        number = wanted[len(item.ref) + 1 : -1]
        return next((row for row in rows if str(row.index + 1) == number), None)

    def _children(self, item: RepeatItem, row: Node) -> tuple[Item, ...]:
        control = self.interview.form.shapes[template(item.ref)].control
        assert control is not None, "a repeat has a control"
        return self.interview.session.pages.below(control.children, row)

    def _chunk(self, ref: str) -> int:
        return self._chunks.get(template(ref), 0)

    def piece_of(self, item: QuestionItem | RepeatItem, key: str, depth: int) -> Piece:
        """A card or the lines of a repeat."""
        if isinstance(item, QuestionItem):
            control = self.interview.form.shapes[template(item.ref)].control
            assert control is not None, "a question has a control"
            return Asked(key, self._views.of(item, control, insist=self.insist), depth)
        rows = self._rows_of(item)
        opened = self._open_row(item, rows)
        by_number = {row.index + 1: row for row in rows}
        stamp = self._stamps.setdefault(item.ref, 0)
        lines = RowLines(
            item.ref, list(by_number), stamp, lambda number: self._summary(item, by_number[number])
        )
        at = f"{item.ref}[{opened.index + 1}]" if opened is not None else ""
        return Rows(key, item.ref, self.label(item.ref), lines, at, item.fixed, depth)

    def label(self, ref: str) -> Both:
        """The label of a group or repeat."""
        return self._views.both(ref, "label")

    def _summary(self, repeat: RepeatItem, row: Node) -> str:
        said: list[str] = []
        for item in _questions(self._children(repeat, row)):
            text = self._answer_text(item)
            if text:
                said.append(isolate_words(text))
            if len(said) == _SUMMARY:
                break
        return " · ".join(said)

    def _answer_text(self, item: QuestionItem) -> str:
        if item.type == "date" and item.value:
            language = self.interview.officer_language
            return answer_in_words(self.interview.session, item.ref, item.value, language)
        if item.control not in ("select1", "select"):
            return item.value if item.control not in ("trigger", "upload") else ""
        chosen = item.value.split()
        language = self.interview.officer_language
        names = {choice.value: choice.text.text for choice in self.interview.choices(item.ref, language)}
        return format_list((names.get(value, value) for value in chosen), language)


@dataclass(frozen=True, slots=True)
class _Found:
    """Something on a page, the groups in which it stands, and how many open rows it stands in."""

    item: QuestionItem | RepeatItem
    groups: tuple[GroupItem, ...]
    depth: int


def _with_headings(found: Sequence[_Found]) -> Iterator[tuple[str, _Found | GroupItem]]:
    """What is on the page, with the name of each group where it begins; every key once."""
    said: tuple[str, ...] = ()
    used: set[str] = set()

    def key(ref: str) -> str:
        made, number = ref, 1
        while made in used:
            number += 1
            made = f"{ref}~{number}"
        used.add(made)
        return made

    for one in found:
        for group in one.groups:
            if group.ref not in said:
                yield key(f"group {group.ref}"), group
        said = (*(() if one.depth == 0 else said), *(group.ref for group in one.groups))
        yield key(one.item.ref), one


def _make(keyed: tuple[str, _Found | GroupItem], page: InterviewPage) -> Piece:
    key, found = keyed
    if isinstance(found, GroupItem):
        return Heading(key, page.label(found.ref))
    return page.piece_of(found.item, key, found.depth)


def _questions(items: Iterable[Item]) -> Iterator[QuestionItem]:
    for item in items:
        if isinstance(item, QuestionItem):
            yield item
        else:
            yield from _questions(item.children)


def _chunks(interview: Interview) -> Iterator[tuple[tuple[str, ...], int]]:
    """The page of each question and repeat in its section (rule 1)."""
    for section in interview.declared_sections():
        count = 0
        for control in _controls(section.controls):
            if control.path is None:
                continue
            yield control.path, count // PAGE
            count += control.kind not in ("group", "repeat")


def _controls(controls: Iterable[Control]) -> Iterator[Control]:
    for control in controls:
        yield control
        yield from _controls(control.children)
