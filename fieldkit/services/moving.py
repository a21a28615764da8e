"""A draft goes over to a newer version of its form: first shown, then done, and nothing is thrown away.

1. A draft stays on its version until its owner moves it. Looking at what would move changes nothing.
2. Moving is one transaction; when the draft changed since it was looked at, nothing is moved.
3. What was done before stays in the draft's log. Answers that were left are listed with the finished interview.
4. A correction is never moved: it says what was answered then, with the words that were asked then.
"""

from dataclasses import dataclass

from fieldkit.domain.outcome import Mark
from fieldkit.forms import moving
from fieldkit.forms.moving import Moved, Outcome, Reason
from fieldkit.services import forms_held, intake
from fieldkit.services.correcting import STEPS
from fieldkit.services.draft_facts import LeftBehind, read_facts
from fieldkit.services.errors import DeskFault
from fieldkit.services.interview import Interview
from fieldkit.services.told import answer_in_words
from fieldkit.services.vault import OpenVault
from fieldkit.storage.drafts import Done, Draft, DraftOp


@dataclass(frozen=True, slots=True)
class Line:
    """One answer of the report. `answer` in the officer's language; with a `mark` there is none."""

    label: str
    answer: str
    mark: Mark | None
    moved: Moved

    @property
    def outcome(self) -> Outcome:
        """What became of it."""
        return self.moved.outcome

    @property
    def reason(self) -> Reason:
        """Why it was left, or wants to be looked at."""
        return self.moved.reason


@dataclass(frozen=True, slots=True)
class Plan:
    """What a move would do. `seen` is the place in the draft's log up to which it was worked out."""

    draft: str
    number: str
    before: str
    after: str
    lines: tuple[Line, ...]
    ops: tuple[DraftOp, ...]
    seen: int

    def of(self, outcome: Outcome) -> tuple[Line, ...]:
        """The answers with this outcome."""
        return tuple(line for line in self.lines if line.outcome is outcome)


def newer_version(vault: OpenVault, draft: Draft) -> str:
    """The newest version of the draft's form that is installed here; empty when the draft is on it already."""
    offered = {form.id: form.version for form in forms_held.offered_forms(vault)}
    newest = offered.get(draft.form, draft.version)
    return newest if newest != draft.version else ""


def offered_to(vault: OpenVault, interview: Interview) -> str:
    """The version an interview could move to; empty for none."""
    draft = vault.drafts.read(interview.draft_id)
    return "" if draft is None or interview.facts.corrected is not None else newer_version(vault, draft)


def plan(vault: OpenVault, draft_id: str) -> Plan:
    """What would move, what not and why (rule 1).

    Raises DeskFault `move.nothing_newer`, `move.correction`, `intake.no_draft`, `form.version_unknown`; FormFault.
    """
    draft = intake.own_draft(vault, draft_id)
    old = intake.resume(vault, draft_id)
    if old.facts.corrected is not None:
        raise DeskFault("move.correction")
    version = newer_version(vault, draft)
    if not version:
        raise DeskFault("move.nothing_newer")
    held = forms_held.hold(vault, draft.form, version, old.facts.known)
    facts = read_facts(vault.drafts.history(draft_id))
    new = intake.run(vault, held, draft, facts).session
    marks = {ref: mark.value for ref, mark in old.marks().items()}
    report = moving.move(old.session, marks, new)
    lines = tuple(_line(old, one) for one in report.answers)
    ops = [DraftOp(Done.MOVED, draft.version, version)]
    if held.known is not None and old.facts.known is None:
        ops.append(DraftOp(Done.KNOWN, "", str(held.known)))
    ops += [DraftOp(STEPS[step.what], step.ref, step.value) for step in report.steps]
    ops += [
        DraftOp(Done.LEFT, line.moved.ref, _left(line, draft.version)) for line in lines if _is_listed(line)
    ]
    return Plan(draft_id, old.number, draft.version, version, lines, tuple(ops), facts.last)


def move(vault: OpenVault, planned: Plan) -> None:
    """Do what was planned (rule 2). Raises DeskFault `intake.no_draft`, `draft.changed`; StorageFault."""
    intake.own_draft(vault, planned.draft)
    history = vault.drafts.history(planned.draft)
    if len(history) != planned.seen:
        raise DeskFault("draft.changed")
    vault.drafts.move(planned.draft, planned.after, planned.ops, planned.seen)


def _line(old: Interview, one: Moved) -> Line:
    tag = old.officer_language
    label = old.text(one.ref, "label", tag).text or one.ref.rpartition("/")[2]
    answer = answer_in_words(old.session, one.ref, one.value, tag)
    return Line(label, answer, Mark(one.mark) if one.mark else None, one)


def _is_listed(line: Line) -> bool:
    """What stays with the interview until it is finished: what was left, and what is not asked there now."""
    return line.outcome is Outcome.LEFT or line.reason is Reason.NOT_RELEVANT


def _left(line: Line, version: str) -> str:
    moved = line.moved
    to = moved.to if moved.reason is Reason.NOT_RELEVANT else ""
    return LeftBehind(
        moved.ref, moved.value, moved.mark, moved.reason.value, line.label, line.answer, version, to
    ).spelled()
