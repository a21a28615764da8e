"""The history of answers in words: what can be chosen, and what stands beside each answer of a chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.domain.outcome import Interpreted
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.marking import mark
from fieldkit.services import answer_history, finished
from fieldkit.services.answer_history import Answered, Stage
from fieldkit.services.changes import of_payload
from fieldkit.services.told import MARK_WORDS

if TYPE_CHECKING:
    from fieldkit.domain.outcome import Mark
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.answer_history import AnswerHistory, Told
    from fieldkit.services.finished import FinishedInterview
    from fieldkit.services.vault import OpenVault

_STAGES: dict[Stage, tuple[str, str]] = {
    Stage.GIVEN: ("interview", mark("Said in the talk")),
    Stage.CORRECTED: ("form", mark("Corrected")),
    Stage.FOLLOWED: ("form", mark("It followed from another answer that was changed.")),
    Stage.BESIDE: ("careful", mark("Corrected by somebody else; nobody has decided between the two yet")),
    Stage.SET_ASIDE: ("note", mark("Set aside when two corrections differed")),
    Stage.WAITS: ("wait", mark("Waits for a second person; it does not count yet")),
}
_THROUGH: dict[str, str] = {
    Interpreted.NOBODY: mark("Understood without an interpreter"),
    Interpreted.INTERPRETER: mark("Through an interpreter"),
    Interpreted.COMPANION: mark("Through a companion of the person"),
    Interpreted.CHILD: mark("Through a child"),
    Interpreted.ARRIVAL: mark("Through another arrival"),
}
_REVIEWED = {
    True: mark("Asked in a text that a speaker has reviewed"),
    False: mark("Asked in a draft text that no speaker has reviewed"),
}


@dataclass(frozen=True, slots=True)
class AskedIn:
    """One interview with the questions that were put in it."""

    newest: FinishedInterview
    answers: tuple[Answered, ...]


class AnswersPage:
    """The answers of a case or survey, and the history of the one that was chosen.

    Raises DeskFault `form.not_for_role`, `form.version_unknown`.
    """

    def __init__(
        self, vault: OpenVault, about: str, spoken: Words, *, instance: str = "", ref: str = ""
    ) -> None:
        self._words = spoken
        held = finished.to_look_at(vault, about)
        standing = [one for one in held if one.stands and one.xml and instance in ("", one.instance_id)]
        self.chosen: AnswerHistory | None = None
        self.interviews: tuple[AskedIn, ...] = ()
        self.changed: tuple[AnswerHistory, ...] = ()
        if ref:
            self.chosen = answer_history.of_answer(vault, about, ref, spoken.tag)
            return
        self.interviews = tuple(
            AskedIn(one, answer_history.answers(vault, one, spoken.tag)) for one in standing
        )
        lines = {one.line for one in standing}
        refs = (change.ref for one in held if one.line in lines for change in of_payload(one.payload))
        self.changed = answer_history.of_answers(vault, about, dict.fromkeys(refs), spoken.tag)

    def ended(self, answer: str, mark: Mark) -> str:
        """The answer, or how the question ended without one."""
        return answer or (self._words.say(MARK_WORDS[mark]) if mark in MARK_WORDS else "")


def stage_told(stage: Stage) -> tuple[str, str]:
    """The icon and the words (English source) for what became of an answer."""
    return _STAGES[stage]


def beside(told: Told, spoken: Words) -> tuple[str, ...]:
    """What stands beside an answer: through whom, in which text, who agreed."""
    lines = []
    if told.interpreted in _THROUGH:
        lines.append(spoken.say(_THROUGH[told.interpreted]))
    if told.reviewed is not None:
        lines.append(spoken.say(_REVIEWED[told.reviewed]))
    if told.second:
        lines.append(spoken.say("{person} agreed as the second person", person=isolate_words(told.second)))
    return tuple(lines)
