"""The practice case: one invented person, led from arrival to the slip (R-036, R-157).

1. Only in a vault for training. A real vault refuses, whoever asks: nobody invented stands among people.
2. It runs through the real desk: the same forms, the same locks, the same papers.
3. At its end stands what was done and what was left out, as facts of the record. No marks are given, nothing is
   counted, and nothing of it is kept beyond the case itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fieldkit.content import practice as content
from fieldkit.content.practice import Line, Place
from fieldkit.domain.access import Action
from fieldkit.domain.outcome import Mark, Verdict
from fieldkit.domain.waiting import Step
from fieldkit.languages import catalogues
from fieldkit.services import refer, sealed, waiting
from fieldkit.services.case_file import FINISHED, CaseFile
from fieldkit.services.errors import DeskFault
from fieldkit.services.interview import Interview
from fieldkit.services.judge import Answers
from fieldkit.services.vault import OpenVault
from fieldkit.services.waiting import ARRIVAL
from fieldkit.storage import queries_desk

ASYLUM = "C01"
_AGREEMENTS = "share_"
_PRIVACY = ("private_place", "nobody_listening", "interpreted")
_URGENT = "urgent_"


@dataclass(frozen=True, slots=True)
class Looked:
    """One thing that belongs to the case, in words, and whether it was done; `paragraph` says why."""

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


class Told:
    """The case of the content in force, in the language `tag`."""

    def __init__(self, vault: OpenVault, tag: str) -> None:
        self._case = content.load(vault.content[0])
        self._texts = self._case.texts()
        self._words = catalogues.load(tag, "codebook")

    @property
    def who(self) -> tuple[str, ...]:
        """Who comes, sentence by sentence. Everything about them is invented."""
        return tuple(map(self.say, self._case.who))

    @property
    def looks(self) -> tuple[Line, ...]:
        """What is looked at in the end."""
        return self._case.looks

    @property
    def is_draft(self) -> bool:
        """Whether no speaker has reviewed what is told of who comes and what is looked at."""
        return any(map(self.line_is_draft, (*self._case.who, *self._case.looks)))

    def at(self, place: Place) -> Line | None:
        """What is told above a screen or a section."""
        return self._case.lines.get(place)

    def say(self, line: Line) -> str:
        """A line in words."""
        return self._texts.say(line.text_id, self._words)

    def line_is_draft(self, line: Line) -> bool:
        """Whether no speaker has reviewed it in this language."""
        return self._words.is_draft(line.text, line.text_id)


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


def review(vault: OpenVault, case: str, tag: str = "en") -> tuple[Looked, ...]:
    """What was done with the invented person, and what was left out (rule 3), in the language `tag`.

    Raises PersonFault `access.not_allowed`, `case.unknown`; DeskFault `practice.real_vault`.
    """
    vault.demand(Action.INTERVIEW)
    if not vault.training:
        raise DeskFault("practice.real_vault")
    file = sealed.case_file(vault, case)
    steps = dict(queries_desk.steps(vault.database, f"case/{case}"))
    held = refer.suggestions(vault, case)
    suggested = frozenset(one.category for one in held if one.verdict is Verdict.YES)
    seen = _Seen(file, sealed.answers(vault, file), suggested, Step.SCREENED in steps)
    told = Told(vault, tag)
    return tuple(Looked(told.say(one), _DONE[one.name](seen), one.paragraph) for one in told.looks)


def _first_form(seen: _Seen) -> bool:
    return next((said.payload["form"] for said in seen.file.of_kind(FINISHED)), "") == ARRIVAL


def _settled(seen: _Seen) -> bool:
    held = (name for name in seen.answers.values if name.startswith(_URGENT))
    told = [name for name in held if "yes" in seen.answers.said(name)]
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


_DONE: Mapping[str, Callable[[_Seen], bool]] = {
    "needs_first": _first_form,
    "needs_settled": _settled,
    "agreement": _agreed,
    "privacy": lambda seen: seen.asked(*_PRIVACY),
    "fear": _fear,
    "screened": lambda seen: seen.screened,
    "decided": _decided,
    "referred": _referred,
    "slip": _slip,
}
"""How each thing that a case can name (`content.practice.LOOKS`) is seen in the record."""
