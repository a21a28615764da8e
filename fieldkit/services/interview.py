"""One interview as it is led: every answer is on disk before `answer` returns.

1. First the log of the draft, then the running form: what was acknowledged survives a kill, and what could not
   be written is not shown as answered.
2. Skipped, declined and not known are answers: they are marks beside an empty value.
3. Restoring does again what was done, each thing at its moment and with the same chance (`talk_clock`), with the
   form version the interview was begun with or moved to.
4. A section that is not open takes no answers (`gates`).
5. A file comes and goes with the answer that names it, in one transaction (`uploads`).
6. Nobody agrees in advance (`protection.md` 3): a yes that a form brings along, or works out, is none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from fieldkit.domain.ids import spoken_number
from fieldkit.domain.outcome import Interpreted, Mark
from fieldkit.forms import reading_back
from fieldkit.forms.asked import asked
from fieldkit.forms.changes import Change
from fieldkit.forms.definition import Control, Form
from fieldkit.forms.finding import nodes_at
from fieldkit.forms.items import Fault, GroupItem, Item, QuestionItem
from fieldkit.forms.pages import own
from fieldkit.forms.review_marks import ReviewMarks
from fieldkit.forms.session import Session
from fieldkit.forms.shapes import TemplatePath
from fieldkit.services import partly
from fieldkit.services.draft_facts import DraftFacts, LeftBehind, says_fear
from fieldkit.services.endings import NOT_ASKED_KINDS, Endings
from fieldkit.services.errors import DeskFault
from fieldkit.services.gates import SectionKind, SectionState, Setting, gate
from fieldkit.services.refs import leaf, template
from fieldkit.services.sections import LOOSE, Section, SectionView, sections_of
from fieldkit.services.shown import Shown, ShownChoice, ShownText
from fieldkit.services.talk_clock import TalkClock
from fieldkit.services.uploads import Prepared, Uploads
from fieldkit.storage.attachments import Attachments
from fieldkit.storage.drafts import OFFICER, PERSON, Done, DraftOp, Drafts

PRIVATE_PLACE, NOBODY_LISTENING = "private_place", "nobody_listening"
INTERPRETED, UNDERTAKING = "interpreted", "interpreter_undertaking"
TOLD_RECORD = "told_record"
YES = "yes"
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no document can hold (XML 1.0) and nobody can see: a scanner or another program left it on the clipboard."""
_ENDS_EMPTY = frozenset({Mark.SKIPPED, Mark.DECLINED, Mark.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Unmet:
    """An answer that keeps the interview from being finished, and the section it stands in."""

    ref: str
    section: str
    why: str


class Interview:
    """An interview under way. Made by `intake.begin` and `intake.resume`."""

    def __init__(
        self,
        *,
        draft: str,
        drafts: Drafts,
        attachments: Attachments,
        form: Form,
        session: Session,
        marks: ReviewMarks | None,
        survey: bool,
        officer_language: str,
        person_language: str,
        case: str = "",
        facts: DraftFacts,
        clock: TalkClock,
    ) -> None:
        self.draft_id = draft
        self.form = form
        self.facts = facts
        self.session = session
        self.survey = survey
        self.case = case
        self.officer_language = officer_language
        self.person_language = person_language
        self.position = ""
        self.shown = Shown(session, marks)
        self.uploads = Uploads(attachments, draft, session, survey=survey)
        self._drafts = drafts
        self._clock = clock
        self._sections = sections_of(form)
        self._agreeing = [control for control in form.body if _names_recipient(form, control)]
        self._endings = Endings(session)
        self._given: set[str] = set()
        """The questions that somebody answered or marked, by concrete path (rule 6)."""
        self.fear_said: dict[tuple[str, str], None] = {} if survey else dict.fromkeys(facts.feared)
        """Names and values in which fear of going back was said in this talk, whatever was ticked since (R-022)."""
        self.through: dict[str, bool] = {}
        """The interpreters of this talk, the present one last, and whether the person agreed to each (K-21)."""
        self._named: dict[str, list[TemplatePath]] = {}
        for path in form.shapes:
            self._named.setdefault(path[-1], []).append(path)

    def __repr__(self) -> str:
        """Which one it is: nothing that was said, whoever prints it."""
        return f"<Interview {self.number} with {self.form!r}>"

    @property
    def number(self) -> str:
        """The number that stands for this interview in the queue and on paper."""
        corrected = self.facts.corrected
        return spoken_number(
            self.case or (corrected.subject.partition("/")[2] if corrected else self.draft_id)
        )

    # --- what is done ---------------------------------------------------------------------------------

    def answer(self, ref: str, value: str) -> Change:
        """Set an answer. Raises DeskFault `intake.section_closed`; StorageFault when the disk refuses."""
        self._demand_open(ref)
        written = partly.answer(self.session, ref, _NO_TEXT.sub("", value))
        return self._do_together([DraftOp(Done.SET, *one) for one in written])

    def attach(self, ref: str, file: Prepared) -> Change:
        """Keep a file (`uploads.prepared`) and let it be the answer (rule 5). Raises as `answer`."""
        return self.attached(self.keep(ref, file))

    def keep(self, ref: str, file: Prepared) -> DraftOp:
        """The first half of `attach`: file and answer are on disk. It changes nothing of the running form, so a
        large file can be written while the window lives on; `attached` must follow. Raises as `answer`."""
        self._demand_open(ref)
        with self._drafts.together():
            op = DraftOp(Done.SET, ref, self.uploads.keep(file).name)
            self._log(op)
        return op

    def attached(self, op: DraftOp) -> Change:
        """The second half: the running form has the answer that `keep` wrote."""
        return self._apply(op)

    def mark(self, ref: str, mark: Mark) -> Change:
        """Say how a question ended without a value; clears the value. Raises as `answer`."""
        self._demand_open(ref)
        known = partly.beside(self.session, ref)
        beside = [DraftOp(Done.SET, known, "")] if known and self.session.value(known) else []
        return self._do_together([*beside, DraftOp(Done.MARK, ref, mark.value)])

    def add_row(self, repeat: str) -> str:
        """Add a row at the end of a repeat; its reference. Raises as `answer`."""
        self._demand_open(repeat)
        self._drafts.log(self.draft_id, DraftOp(Done.ADD_ROW, repeat))
        return self.session.add_row(repeat)

    def remove_row(self, row: str) -> None:
        """Take a row away; later rows move up, their marks with them. Raises as `answer`."""
        self._demand_open(row)
        self._do(DraftOp(Done.REMOVE_ROW, row))

    def begin_with_empty_repeats(self) -> None:
        """Take out the rows a form begins with where rows are added by hand.

        A row that nobody asked for would stand as "not asked" in the record of somebody without family.
        """
        for path in sorted(self.form.rows, key=len):
            control = self.form.shapes[path].control
            nested = any(path[: len(outer)] == outer and outer != path for outer in self.form.rows)
            by_hand = control is not None and control.count is None and not control.fixed
            if by_hand and not nested and self._row_count(path):
                self._do(DraftOp(Done.REMOVE_ROW, "/" + "/".join(path) + "[1]"))

    def begin_without_agreement(self) -> None:
        """Take out what a form says of agreement before anybody was asked (rule 6)."""
        for control, node in asked(self.session.state, self._agreeing):
            if own(control, node).get("recipient") and node.value:
                self._do(DraftOp(Done.SET, self.session.ref(node), ""))

    def _row_count(self, path: tuple[str, ...]) -> int:
        above = self.session.node("/" + "/".join(path[:-1]))
        return len(above.named.get(path[-1], ()))

    def go_to(self, section: str) -> None:
        """Remember where the interview stands."""
        self._do(DraftOp(Done.POSITION, section))

    def set_languages(self, officer: str, person: str) -> None:
        """Change the languages; no answer changes by it."""
        self._drafts.log_all(
            self.draft_id, (DraftOp(Done.LANGUAGE, OFFICER, officer), DraftOp(Done.LANGUAGE, PERSON, person))
        )
        self.officer_language, self.person_language = officer, person

    def restore(self) -> None:
        """Do again what the log says was done, each thing at its own moment (rule 3)."""
        for logged in self.facts.again:
            self._clock.hold(logged.at)
            self._apply(logged.op)
        self._clock.run()

    def fill(self, content: bytes, marks: Mapping[str, Mark]) -> None:
        """Put a finished submission into the running form, to be looked at: nothing is written down."""
        reading_back.read_back(self.session, content)
        self._endings.marks = dict(marks)

    def fill_hidden(self, refs: Iterable[str]) -> None:
        """Say of these questions that whoever looks may not see how they ended: nothing is written down."""
        self._endings.marks.update(dict.fromkeys(refs, Mark.SEALED))

    def give_reason(self, ref: str, reason: str) -> None:
        """Say why an answer of a finished interview is changed; an empty reason takes it back."""
        self._drafts.log(self.draft_id, DraftOp(Done.REASON, ref, reason.strip()))
        self.facts.reasons[ref] = reason.strip()

    def left_behind(self) -> tuple[LeftBehind, ...]:
        """What a move to a newer version left, as far as it is not asked and answered here again."""
        return tuple(one for one in self.facts.left if not self._stands_again(one))

    def _stands_again(self, one: LeftBehind) -> bool:
        """An answer that was carried over unasked stands as soon as its question is asked."""
        return bool(one.to) and self.session.is_relevant(one.to) and self.session.typed(one.to) == one.value

    def marks(self) -> Mapping[str, Mark]:
        """How questions ended without a value, by concrete path."""
        return self._endings.marks

    def _do_together(self, ops: Sequence[DraftOp]) -> Change:
        """What hangs together is on disk together or not at all."""
        with self._drafts.together():
            for op in ops:
                self._log(op)
        return reduce(or_, [self._apply(op) for op in ops])

    def _do(self, op: DraftOp) -> Change:
        self._log(op)
        return self._apply(op)

    def _log(self, op: DraftOp) -> None:
        lost = self.uploads.lost_by(op)
        with self._drafts.together():
            self._drafts.log(self.draft_id, op)
            self.uploads.drop(lost)

    def _apply(self, op: DraftOp) -> Change:
        match op.kind:
            case Done.SET:
                (self._given.add if op.value else self._given.discard)(op.ref)
                self._endings.marks.pop(op.ref, None)
                if says_fear(op) and not self.survey:
                    self.fear_said[leaf(op.ref), op.value] = None
                return self.session.set_value(op.ref, op.value)
            case Done.MARK:
                mark = Mark(op.value)
                change = self.session.set_value(op.ref, "")
                self._endings.marks[op.ref] = mark
                return change
            case Done.ADD_ROW:
                self.session.add_row(op.ref)
            case Done.REMOVE_ROW:
                self._endings.without_row(op.ref)
                self.session.remove_row(op.ref)
            case Done.POSITION:
                self.position = op.ref
            case Done.INTERPRETED if op.ref:
                self.through.pop(op.ref, None)
                self.through[op.ref] = op.value == YES
            case Done.LANGUAGE if op.ref == OFFICER:
                self.officer_language = op.value
            case Done.LANGUAGE:
                self.person_language = op.value
        return self.session.last_change()

    # --- what is shown --------------------------------------------------------------------------------

    def sections(self) -> tuple[SectionView, ...]:
        """All sections that stand in the form now, with their gates."""
        setting = self.setting()
        return tuple(
            SectionView(
                section.ref,
                section.name,
                section.kind,
                gate(section.kind, setting),
                self._is_done(section),
            )
            for section in self._sections
            if section.kind is SectionKind.SENSITIVE or self._is_there(section)
        )

    def questions(self, section: str) -> tuple[Item, ...]:
        """What stands in a section now, in order; groups and repeats hold their own."""
        found = self._section(section)
        if found.ref.startswith(LOOSE):
            names = {control.path for control in found.controls}
            return tuple(item for item in self.session.page_tree() if template(item.ref) in names)
        groups = (item for item in self.session.page_tree() if isinstance(item, GroupItem))
        return tuple(child for group in groups if group.ref == found.ref for child in group.children)

    def section_title(self, section: str, tag: str) -> ShownText:
        """The title of a section; loose questions stand under the form's title."""
        if section.startswith(LOOSE):
            return ShownText(self.form.title, self.form.default_language or tag)
        return self.shown.text(section, "label", tag)

    def text(self, ref: str, part: str, tag: str) -> ShownText:
        """One part of a question's text in one language."""
        return self.shown.text(ref, part, tag)

    def choices(self, ref: str, tag: str) -> tuple[ShownChoice, ...]:
        """What can be chosen now."""
        return self.shown.choices(ref, tag)

    def mark_of(self, ref: str) -> Mark:
        """How a question ended so far."""
        return self._endings.of(ref)

    def unanswered(self) -> tuple[Unmet, ...]:
        """What keeps the interview from being finished. A required question that was skipped or declined does
        not: nobody can be made to answer."""
        return tuple(
            Unmet(fault.ref, self.section_of(fault.ref), fault.why)
            for fault in self.session.faults()
            if not self._is_excused(fault)
        )

    # --- what the gates and the record look at --------------------------------------------------------

    def setting(self) -> Setting:
        """How the talk takes place, as answered so far. A survey has no gates that would look at it."""
        if self.survey:
            return Setting(private=False, interpreted=None, agreement_answered=False, survey=True)
        interpreted = self.fact(INTERPRETED)
        return Setting(
            private=self.fact(PRIVATE_PLACE) == YES and self.fact(NOBODY_LISTENING) == YES,
            interpreted=Interpreted(interpreted) if interpreted in set(Interpreted) else None,
            agreement_answered=self._agreement_answered(),
            undertaking=self.fact(UNDERTAKING) == YES,
            survey=self.survey,
            refused=next((not agreed for agreed in reversed(self.through.values())), False),
        )

    def says_to_interpreter(self, interpreter: str, *, agreed: bool) -> None:
        """Keep whether the person agrees to an interpreter, who is the present one from now on."""
        self._do(DraftOp(Done.INTERPRETED, interpreter, YES if agreed else "no"))

    def fact(self, name: str) -> str:
        """The one value of a codebook name, or nothing."""
        found = (node for path in self._named.get(name, ()) for node in nodes_at(self.session.env.root, path))
        return next((node.value for node in found if node.active and node.value), "")

    def agreements(self) -> Mapping[str, bool | None]:
        """Each recipient and what the person said: yes, no, or None while there is no answer.

        Declining to answer is a no: nothing is shared without a yes.
        """
        found: dict[str, bool | None] = {}
        for control, node in asked(self.session.state, self._agreeing):
            recipient = own(control, node).get("recipient", "")
            if recipient:
                mark = self._endings.end_of(node)
                given = self.session.ref(node) in self._given
                found[recipient] = (
                    (node.value == YES if given else None)
                    if mark is Mark.ANSWERED
                    else (False if mark in _ENDS_EMPTY else None)
                )
        return found

    def all_questions(self) -> Iterator[QuestionItem]:
        """Every question that is relevant now, in document order."""
        yield from self.session.all_questions()

    def declared_sections(self) -> tuple[Section, ...]:
        """All sections of the form, whether they stand there now or not."""
        return self._sections

    def said_before_it_closed(self) -> Iterator[tuple[str, str]]:
        """Names and values given in a sensitive section that was open then and is closed now.

        The submission leaves them out, because the form's own condition no longer holds; what somebody disclosed
        in private stands all the same when another interpreter is written down afterwards. So do the rows that
        were filled in, such as the people a child looks for.
        """
        for section in self._sections:
            if section.kind is SectionKind.SENSITIVE and not self.session.is_relevant(section.ref):
                within = [
                    path for path in self.form.shapes if f"/{'/'.join(path)}".startswith(f"{section.ref}/")
                ]
                for path in within:
                    held = (node.value for node in nodes_at(self.session.env.root, path) if not node.children)
                    yield from ((path[-1], value) for value in held if value)

    def worked_out_in(self, section: Section) -> Iterator[tuple[str, str]]:
        """Names and values of what the form works out in a section now, rows left out."""
        for path, shape in self.form.shapes.items():
            ref = "/" + "/".join(path)
            is_own = ref.startswith(f"{section.ref}/") and not self._in_rows(path)
            if is_own and shape.bind is not None and shape.bind.calculate is not None:
                yield path[-1], self.session.value(ref) if self.session.is_relevant(ref) else ""

    def _in_rows(self, path: tuple[str, ...]) -> bool:
        return any(path[: len(rows)] == rows for rows in self.form.rows)

    def marks_in(self, section: Section) -> dict[str, Mark]:
        """How each relevant question of a section ended."""
        return self._endings.in_section(section)

    def asks(self, item: QuestionItem) -> bool:
        """Whether an item puts a question to the person; notes, what is read-only and keys do not.

        A key (`fk:key`) with one choice is pressed when something is mentioned: that it was not pressed does
        not make its section one that was not asked.
        """
        if item.control in NOT_ASKED_KINDS or item.readonly:
            return False
        return not item.attributes.get("key") or len(self.session.choices(item.ref)) > 1

    def section_of(self, ref: str) -> str:
        """The section that a question stands in."""
        for section in self._sections:
            if _is_below(ref, tuple(self._paths(section))):
                return section.ref
        return self._sections[0].ref if self._sections else ""

    def _section(self, ref: str) -> Section:
        for section in self._sections:
            if section.ref == ref:
                return section
        raise DeskFault("intake.unknown_section")

    def _paths(self, section: Section) -> Iterator[tuple[str, ...]]:
        for control in section.controls:
            if control.path is not None:
                yield control.path

    def _is_there(self, section: Section) -> bool:
        return any(_is_below(item.ref, tuple(self._paths(section))) for item in self.session.page_tree())

    def _is_done(self, section: Section) -> bool:
        return self._endings.is_done(section)

    def _agreement_answered(self) -> bool:
        said = self.agreements()
        return bool(said) and None not in said.values() and self._was_told()

    def _was_told(self) -> bool:
        """Whether the person was told what must be recorded, where the form asks for that."""
        asked = any(path[-1] == TOLD_RECORD for path in self.form.shapes if path)
        return not asked or self.fact(TOLD_RECORD) == YES

    def _is_excused(self, fault: Fault) -> bool:
        return fault.why == "required" and self._endings.marks.get(fault.ref) in _ENDS_EMPTY

    def _demand_open(self, ref: str) -> None:
        section = self._section(self.section_of(ref))
        found = gate(section.kind, self.setting())
        if found.state is not SectionState.OPEN:
            raise DeskFault("intake.section_closed", reason=found.reason)


def _names_recipient(form: Form, control: Control) -> bool:
    """Whether a part of the form asks for agreement: looked for once, as every answer looks at the agreements."""
    bind = form.binds.get(control.path) if control.path is not None else None
    named = "recipient" in control.attributes or (bind is not None and "recipient" in bind.attributes)
    return named or any(_names_recipient(form, child) for child in control.children)


def _is_below(ref: str, paths: tuple[tuple[str, ...], ...]) -> bool:
    place = template(ref)
    return any(place[: len(path)] == path for path in paths)
