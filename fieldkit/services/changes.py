"""What a correction changes, and why. Each changed answer needs a reason before it is finished.

1. An answer that went away because another was changed is a consequence: it is told and needs no reason.
2. A correction that changes nothing is none.
3. What keeps a lock shut is not taken back by one person: a look before a removal that found something, an answer
   that says a return is not free. Such a correction waits for a second one (`second_person`; R-128, K-28).
4. Reasons are free text: with what was changed they stay at the post (`entered`, rule 1).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fieldkit.domain.errors import ProgramFault
from fieldkit.domain.locks import FOUND, FREE_WISH, GATE
from fieldkit.domain.outcome import Mark
from fieldkit.domain.ports import JsonObject
from fieldkit.forms import reading_back
from fieldkit.services import finished, partly
from fieldkit.services.errors import DeskFault
from fieldkit.services.finished import FinishedInterview
from fieldkit.services.interview import Interview
from fieldkit.services.refs import template
from fieldkit.services.vault import OpenVault

Ending = tuple[str, Mark]
"""A value and how the question ended."""


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """One answer that a correction changes. `before` and `after` are value and mark."""

    ref: str
    before: Ending
    after: Ending
    consequence: bool
    reason: str

    @property
    def needs_reason(self) -> bool:
        """Whether somebody still has to say why."""
        return not self.consequence and not self.reason

    def fields(self) -> JsonObject:
        """As it stands in the entry of the correction."""
        return {
            "ref": self.ref,
            "from": self.before[0],
            "from_mark": self.before[1].value,
            "to": self.after[0],
            "to_mark": self.after[1].value,
            "consequence": self.consequence,
            "reason": self.reason,
        }


def original(vault: OpenVault, interview: Interview) -> FinishedInterview:
    """The finished interview that this draft corrects. Raises DeskFault `finished.unknown`."""
    corrected = interview.facts.corrected
    if corrected is None:
        raise DeskFault("finished.unknown")
    return finished.find(vault, corrected.subject, corrected.instance_id)


def changed(interview: Interview, before: FinishedInterview) -> tuple[ChangedAnswer, ...]:
    """What differs from the finished interview, in the order of the form."""
    was, now = dict(_endings_before(interview, before)), dict(_endings_now(interview))
    found = []
    for ref in dict.fromkeys((*now, *was)):
        old = was.get(ref, ("", Mark.NOT_ASKED))
        new = now.get(ref, ("", Mark.NOT_ASKED))
        if old != new:
            reason = interview.facts.reasons.get(ref, "")
            found.append(ChangedAnswer(ref, old, new, ref not in now, reason))
    return tuple(found)


def of_correction(vault: OpenVault, interview: Interview, *, beside: bool = False) -> JsonObject:
    """What the entry of a correction says beside what every finished interview says; nothing for any other.

    The running form then names the submission it takes the place of. With `beside` it is kept also when somebody
    else has corrected the same interview meanwhile: both stand, to be settled. Raises DeskFault
    `correct.nothing_changed`, `correct.reasons_missing`, `correct.already`.
    """
    if interview.facts.corrected is None:
        return {}
    before = original(vault, interview)
    if not before.stands and not beside:
        raise DeskFault("correct.already")
    found = changed(interview, before)
    if not found:
        raise DeskFault("correct.nothing_changed")
    missing = sum(one.needs_reason for one in found)
    if missing:
        raise DeskFault("correct.reasons_missing", count=missing)
    reading_back.deprecate(interview.session, before.instance_id)
    told = {"corrects": before.instance_id, "line": before.line}
    return {**told, "changes": [one.fields() for one in found]}


def takes_back(vault: OpenVault, interview: Interview) -> bool:
    """Whether this correction takes back what keeps a lock shut (rule 3)."""
    if interview.facts.corrected is None:
        return False
    before = original(vault, interview).payload["facts"]
    now = interview.session.facts(vault.codebook.facts)
    return any(_shuts(name, before.get(name, ())) - {*now.get(name, ())} for name in (*GATE, *FREE_WISH))


def _shuts(name: str, values: Iterable[str]) -> set[str]:
    """Those of a question's values that keep a lock shut."""
    return {
        value for value in values if value and (value == FOUND if name in GATE else value != FREE_WISH[name])
    }


def meanwhile(vault: OpenVault, interview: Interview) -> tuple[FinishedInterview, ...]:
    """What somebody else finished in this line since this correction began: versions that stand and are not the one
    that it corrects."""
    if interview.facts.corrected is None:
        return ()
    before = original(vault, interview)
    held = finished.to_look_at(vault, before.subject)
    return () if before.stands else tuple(one for one in held if one.stands and one.line == before.line)


def of_payload(payload: Mapping[str, object]) -> Iterator[ChangedAnswer]:
    """The changes that a finished correction says it made."""
    listed = payload.get("changes")
    for one in listed if isinstance(listed, list) else ():
        yield ChangedAnswer(
            one["ref"],
            (one["from"], Mark(one["from_mark"])),
            (one["to"], Mark(one["to_mark"])),
            one["consequence"],
            one["reason"],
        )


def _endings_now(interview: Interview) -> Iterator[tuple[str, Ending]]:
    for item in interview.all_questions():
        if item.control != "note" and not item.readonly:
            yield item.ref, (partly.shown(interview.session, item.ref), interview.mark_of(item.ref))


def _endings_before(interview: Interview, before: FinishedInterview) -> Iterator[tuple[str, Ending]]:
    marks = before.marks
    shapes = interview.form.shapes
    values = dict(reading_back.values_in(interview.session, before.xml))
    for ref, written in values.items():
        shape = shapes.get(template(ref))
        if shape is None or shape.control is None or shape.readonly or _is_worked_out(shape.bind):
            continue
        value = partly.shown_of(written, values.get(_beside(interview, ref), "")) if written else ""
        yield ref, (value, Mark.ANSWERED if value else marks.get(ref, Mark.NOT_ASKED))


def _beside(interview: Interview, ref: str) -> str:
    """Where it stands how much of a date was known; nowhere for a row that is not there any more."""
    try:
        return partly.beside(interview.session, ref)
    except ProgramFault:
        return ""


def _is_worked_out(bind: object) -> bool:
    return getattr(bind, "calculate", None) is not None
