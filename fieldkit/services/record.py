"""The printed record of a finished interview, in the officer's and the person's language.

1. What was asked stands there with its answer; how a question ended without one is said in words, and what was not
   asked is never left out silently: silence is not safety (`protection.md` 1).
2. No category, no rule, no word of what the screening suggests stands on it (`protection.md` 8 and 16).
3. What the person takes along is printed only when it is safe to carry, without the private part unless the person
   wants it there; that it was left out is not said on it.
4. What is sealed of other members of a household is on no copy (`protection.md` 8).
5. What is sealed to whoever prints stands there as sealed, never as not asked; it is read through `sealed`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.domain.access import Action
from fieldkit.domain.document import Block, Document, Paragraph, Run, Space
from fieldkit.domain.ids import spoken_number
from fieldkit.domain.outcome import Mark
from fieldkit.forms.items import GroupItem, Item, QuestionItem, RepeatItem
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.numbers import format_date_for
from fieldkit.services import finished
from fieldkit.services.bilingual import Cell, Pair
from fieldkit.services.case_file import CASE
from fieldkit.services.errors import DeskFault
from fieldkit.services.finished import FinishedInterview
from fieldkit.services.gates import SectionKind
from fieldkit.services.interview import Interview
from fieldkit.services.reopened import reopen
from fieldkit.services.sections import Section
from fieldkit.services.shown import ShownText
from fieldkit.services.told import answer_in_words
from fieldkit.services.vault import OpenVault

MARKS = {
    Mark.NOT_ASKED: "record/not_asked",
    Mark.SKIPPED: "record/skipped",
    Mark.DECLINED: "record/declined",
    Mark.UNKNOWN: "record/unknown",
    Mark.SEALED: "record/sealed",
}


class Copy(StrEnum):
    """Who keeps the paper."""

    FOR_THE_FILE = "file"
    TO_TAKE_ALONG = "along"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which copy, in which languages (the first is the page's), and what the person said about it."""

    copy: Copy
    languages: tuple[str, ...]
    safe_to_carry: bool = False
    with_private_part: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether the private part stands on it."""
        return self.copy is Copy.FOR_THE_FILE or self.with_private_part


def record(vault: OpenVault, about: str, instance_id: str, wanted: Wanted) -> Document:
    """The record as blocks.

    Raises DeskFault `record.not_safe_to_carry` (rule 3), `finished.unknown`, `finished.no_bytes`,
    `form.not_for_role`, `form.version_unknown`; PersonFault `access.not_allowed`.
    """
    vault.demand(Action.SURVEY if not about.startswith(f"{CASE}/") else Action.PRINT_SLIP)
    if wanted.copy is Copy.TO_TAKE_ALONG and not wanted.safe_to_carry:
        raise DeskFault("record.not_safe_to_carry")
    one = finished.find(vault, about, instance_id)
    pair = Pair(wanted.languages, vault.codebook.texts)
    made = _Record(vault, one, reopen(vault, one).interview, pair, wanted)
    blocks = tuple(made.blocks())
    return Document(
        title=pair.say("record/title")[0].text,
        language=pair.first,
        blocks=blocks,
        footer=made.footer(),
        draft_notice=pair.notice(),
    )


class _Record:
    def __init__(
        self,
        vault: OpenVault,
        one: FinishedInterview,
        interview: Interview,
        pair: Pair,
        wanted: Wanted,
    ) -> None:
        self._vault = vault
        self._one = one
        self._interview = interview
        self._pair = pair
        self._wanted = wanted
        self._number = spoken_number(one.subject.partition("/")[2])

    def footer(self) -> str:
        """The number and the day; on the copy for the file the form's version too."""
        parts = [isolate(self._number), isolate(self._one.happened)]
        if self._wanted.copy is Copy.FOR_THE_FILE:
            parts.append(isolate(f"{self._one.form} {self._one.version}"))
        return " · ".join(parts)

    def blocks(self) -> Iterator[Block]:
        yield from self._pair.heading(1, self._pair.say("record/title"))
        yield self._head()
        for section in self._interview.declared_sections():
            if self._is_shown(section):
                yield from self._section(section)
        yield from self._left()
        yield Space(10)
        yield self._pair.table([self._pair.row(self._pair.say("slip/not_a_decision"))], ruled=False)

    def _head(self) -> Block:
        """What the record is of. Who led the talk stands on the copy for the file only."""
        rows = [self._fact("record/number", self._number, atomic=True)]
        rows.append(self._facts("record/day", self._days(self._one.happened)))
        paper = self._one.paper
        if self._wanted.copy is Copy.FOR_THE_FILE:
            rows.append(self._fact("record/form", self._interview.form.title))
            rows.append(self._fact("record/interviewer", paper.interviewer if paper else self._one.by))
            if paper is not None:
                rows.append(self._facts("record/on_paper", self._days(self._one.written[:10])))
                rows.append(self._fact("record/place", paper.place))
                rows += [self._fact("record/interpreter", paper.interpreter)] if paper.interpreter else []
            if self._one.corrects:
                rows.append(self._facts("record/corrected", self._days(self._one.written[:10])))
        rows.append(self._fact("record/post", self._vault.name))
        return self._pair.table(rows)

    def _days(self, day: str) -> list[str]:
        return [format_date_for(day, tag) for tag in self._pair.tags]

    def _fact(self, text_id: str, value: str, *, atomic: bool = False) -> tuple[Cell, ...]:
        return self._facts(text_id, [value] * len(self._pair.tags), atomic=atomic)

    def _facts(self, text_id: str, values: list[str], *, atomic: bool = False) -> tuple[Cell, ...]:
        return tuple(
            (
                Run(f"{said.text}: "),
                Run(value if atomic else isolate_words(value), bold=True, atomic=atomic, told=True),
            )
            for said, value in zip(self._pair.say(text_id), values, strict=True)
        )

    # --- what was said --------------------------------------------------------------------------------

    def _is_shown(self, section: Section) -> bool:
        return section.kind is not SectionKind.SENSITIVE or self._wanted.is_whole

    def _section(self, section: Section) -> Iterator[Block]:
        titles = [self._interview.section_title(section.ref, tag) for tag in self._pair.tags]
        if section.name:
            yield from self._pair.heading(2, titles)
        there = any(one.ref == section.ref for one in self._interview.sections())
        rows = list(self._rows(self._interview.questions(section.ref), ())) if there else []
        yield self._pair.table(rows or [self._pair.row(self._pair.say(MARKS[Mark.NOT_ASKED]))])

    def _rows(self, items: tuple[Item, ...], entry: tuple[int, ...]) -> Iterator[tuple[Cell, ...]]:
        for item in items:
            if isinstance(item, QuestionItem):
                if self._interview.asks(item) and self._may_stand(item, entry):
                    yield self._question(item)
            elif isinstance(item, GroupItem):
                yield from self._rows(item.children, entry)
            elif isinstance(item, RepeatItem):
                for row in item.rows:
                    label = [self._interview.text(item.ref, "label", tag) for tag in self._pair.tags]
                    yield self._entry(label, row.number)
                    yield from self._rows(row.children, (*entry, row.number))

    def _entry(self, label: list[ShownText], number: int) -> tuple[Cell, ...]:
        words = self._pair.say("record/entry")
        return tuple(
            (*self._pair.cell(text, column, bold=True), Run(f" · {words[column].text} {number}"))
            for column, text in enumerate(label)
        )

    def _may_stand(self, item: QuestionItem, entry: tuple[int, ...]) -> bool:
        """Rules 3 and 4."""
        fact = self._vault.codebook.facts.get(item.name)
        if fact is None or self._interview.survey:
            return True
        if entry and fact.sensitivity.is_sealed:
            return False
        return self._wanted.is_whole or not fact.sensitivity.is_sealed

    def _question(self, item: QuestionItem) -> tuple[Cell, ...]:
        cells = []
        for column, tag in enumerate(self._pair.tags):
            label = self._interview.text(item.ref, "label", tag)
            answer, bold = self._answer(item, column, tag)
            cells.append((*self._pair.cell(label, column), Run("\n"), Run(answer, bold=bold, told=True)))
        return tuple(cells)

    def _answer(self, item: QuestionItem, column: int, tag: str) -> tuple[str, bool]:
        """What was said, in bold; how the question ended when nothing was, plainly."""
        mark = self._interview.mark_of(item.ref)
        if mark is not Mark.ANSWERED:
            return self._pair.say(MARKS[mark])[column].text, False
        if item.control == "upload":
            return self._pair.say("record/file")[column].text, False
        return isolate_words(answer_in_words(self._interview.session, item.ref, item.value, tag)), True

    def _left(self) -> Iterator[Block]:
        """Answers to an older version of the form, on the copy for the file only."""
        left = self._one.payload.get("left") or ()
        if not left or self._wanted.copy is not Copy.FOR_THE_FILE:
            return
        yield from self._pair.heading(2, self._pair.say("record/left"))
        for one in left:
            ended = one["answer"] or self._pair.say(MARKS[Mark(one["mark"] or "not asked")])[0].text
            yield Paragraph(
                (Run(f"{one['label']}: "), Run(isolate_words(ended), bold=True, told=True)), self._pair.first
            )
