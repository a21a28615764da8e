"""The practice case: one invented person, led from arrival to the slip (R-036, R-157).

1. Only in a vault for training. A real vault refuses, whoever asks: nobody invented stands among people.
2. It runs through the real desk: the same forms, the same locks, the same papers.
3. At its end stands what was done and what was left out, as facts of the record. No marks are given, nothing is
   counted, and nothing of it is kept beyond the case itself.
"""

from collections.abc import Callable
from dataclasses import dataclass

from fieldkit.content import practice
from fieldkit.content.practice import Line, Place
from fieldkit.domain.access import Action
from fieldkit.domain.outcome import Mark, Verdict
from fieldkit.domain.waiting import Step
from fieldkit.files import resources
from fieldkit.languages.marking import mark
from fieldkit.services import refer, sealed, waiting
from fieldkit.services.case_file import FINISHED, CaseFile, read_case
from fieldkit.services.errors import DeskFault
from fieldkit.services.interview import Interview
from fieldkit.services.judge import Answers
from fieldkit.services.vault import OpenVault
from fieldkit.services.waiting import ARRIVAL
from fieldkit.storage import queries_desk

WHO: tuple[str, ...] = (
    mark("Samar (invented), a woman of 31 years, comes alone and on foot. She speaks Arabic."),
    mark("She is thirsty and has a fever. An interpreter who signed the undertaking is here."),
    mark("She says: my house was burnt, and men look for me there. I cannot go back."),
    mark("She wants a doctor and somebody who tells her about asylum. She says yes to sharing for both."),
)
"""Who comes, told before it begins. Everything about her is invented."""

ASYLUM = "C01"
_AGREEMENTS = "share_"
_PRIVACY = ("private_place", "nobody_listening", "interpreted")
_URGENT = ("urgent_medical", "urgent_water")


@dataclass(frozen=True, slots=True)
class Looked:
    """One thing that is done with everybody, and whether it was done here; `paragraph` of the booklet says why."""

    text: str
    done: bool
    paragraph: str


@dataclass(frozen=True, slots=True)
class _Seen:
    file: CaseFile
    answers: Answers
    suggested: frozenset[str]
    screened: bool

    def asked(self, *names: str) -> bool:
        """Whether every one of these was answered, or declined by the person."""
        heard = (self.answers.read(name).mark for name in names)
        return all(one in {Mark.ANSWERED, Mark.DECLINED, Mark.SEALED} for one in heard)


def lines() -> dict[Place, Line]:
    """What is told above each screen."""
    return dict(practice.load(resources()))


def may(vault: OpenVault) -> bool:
    """Whether the practice case is offered: in training, to whoever interviews (rule 1)."""
    return vault.training and vault.may(Action.INTERVIEW)


def begin(vault: OpenVault, language: str, *, officer_language: str) -> Interview:
    """The invented person arrives: a case of their own, and the first page.

    Raises PersonFault `access.not_allowed`; DeskFault `practice.real_vault`; as `waiting.arrive`.
    """
    vault.demand(Action.INTERVIEW)
    if not vault.training:
        raise DeskFault("practice.real_vault")
    return waiting.arrive(vault, language, officer_language=officer_language)


def review(vault: OpenVault, case: str) -> tuple[Looked, ...]:
    """What was done with the invented person, and what was left out (rule 3).

    Raises PersonFault `access.not_allowed`, `case.unknown`; DeskFault `practice.real_vault`.
    """
    vault.demand(Action.INTERVIEW)
    if not vault.training:
        raise DeskFault("practice.real_vault")
    file = read_case(vault.journal, case)
    steps = dict(queries_desk.steps(vault.database, f"case/{case}"))
    held = refer.suggestions(vault, case)
    suggested = frozenset(one.category for one in held if one.verdict is Verdict.YES)
    seen = _Seen(file, sealed.answers(vault, file), suggested, Step.SCREENED in steps)
    return tuple(Looked(text, done(seen), paragraph) for text, paragraph, done in _WHAT)


def _first_form(seen: _Seen) -> bool:
    return next((said.payload["form"] for said in seen.file.of_kind(FINISHED)), "") == ARRIVAL


def _settled(seen: _Seen) -> bool:
    told = [name for name in _URGENT if "yes" in seen.answers.said(name)]
    met = {said.payload["need"] for said in seen.file.of_kind("need.settled")}
    return bool(told) and met >= set(told)


def _agreed(seen: _Seen) -> bool:
    names = [name for name in (*seen.answers.values, *seen.answers.marks) if name.startswith(_AGREEMENTS)]
    return seen.asked("told_record") and bool(names) and seen.asked(*names)


def _fear(seen: _Seen) -> bool:
    """Its answers may be sealed to who asked; what they led to is not."""
    said = any("yes" in seen.answers.said(name) for name in ("fear_return", "fear_mentioned"))
    return said or ASYLUM in seen.suggested


def _decided(seen: _Seen) -> bool:
    file = seen.file
    return seen.screened and seen.suggested <= {
        *file.confirmed(),
        *file.for_review(),
        *file.closed_categories(),
    }


def _referred(seen: _Seen) -> bool:
    return any(not one.declined for one in seen.file.referrals())


def _slip(seen: _Seen) -> bool:
    """A slip that is safe to carry was made, or it was not safe and none was."""
    papers = {said.payload["what"] for said in seen.file.of_kind("document.printed")}
    carried = [one.safe_to_carry for one in seen.file.referrals()]
    return bool(carried) and (not any(carried) or bool({"slip", "slip file"} & papers))


_WHAT: tuple[tuple[str, str, Callable[[_Seen], bool]], ...] = (
    (mark("What was needed now was asked before anything else."), "first_needs", _first_form),
    (mark("The doctor and the water were given, or it was written why not."), "alone_now", _settled),
    (mark("It was asked who may be told, one after the other."), "agreement", _agreed),
    (
        mark("A private place, and through whom you talk, were asked about."),
        "private_place",
        lambda seen: seen.asked(*_PRIVACY),
    ),
    (mark("That she is afraid to go back was noted."), "fear_key", _fear),
    (mark("The first interview was finished."), "your_task", lambda seen: seen.screened),
    (
        mark("Every suggestion was confirmed, or left for review with a reason."),
        "outcome",
        _decided,
    ),
    (mark("She was referred to somebody who helps."), "referring", _referred),
    (mark("It was asked whether a paper is safe to carry, and the slip was made."), "papers", _slip),
)
