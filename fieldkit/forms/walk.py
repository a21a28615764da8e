"""Walks a form to its end by itself: every relevant question gets a random valid answer.

1. The same form, seed and clock give the same walk.
2. A question gets at most TRIES values; an optional one that takes none stays empty and is listed. `finished` is
   false only when a required answer is missing or an answer is left that the form does not accept. A notice
   takes no answer: other answers are tried until it goes, and if it stays it keeps nothing from being finished.
3. Media get a tiny generated file. What this version cannot ask yet is named, not skipped in silence.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from fieldkit.domain.ports import Clock, Randomness
from fieldkit.forms.definition import Form
from fieldkit.forms.items import Item, QuestionItem, RepeatItem
from fieldkit.forms.session import Session
from fieldkit.forms.shapes import TemplatePath
from fieldkit.forms.submission import Submission
from fieldkit.forms.walk_steering import Steering
from fieldkit.forms.walk_values import Dice, candidate

TRIES = 200
MAX_PASSES = 30
"""How often the whole form is gone through for questions that became relevant meanwhile."""
MENDING = 4
"""How often answers that later answers made invalid are given anew."""
STEERED = 60
"""Answers that are changed, at most, so that what stands in the way of the end goes."""
MAX_ROWS = 3
_NO_QUESTION = frozenset({"note"})


class SeededBytes:
    """Randomness that a seed determines: SHA-256 of seed and count. For walks and tests, never for keys."""

    def __init__(self, seed: int) -> None:
        self._seed = f"fieldkit walk {seed} ".encode()
        self._count = 0
        self._left = b""

    def bytes(self, count: int) -> bytes:
        """The next `count` bytes."""
        while len(self._left) < count:
            self._left += hashlib.sha256(self._seed + str(self._count).encode()).digest()
            self._count += 1
        taken, self._left = self._left[:count], self._left[count:]
        return taken


@dataclass(frozen=True, slots=True)
class WalkReport:
    """How a walk ended. `unanswered` and `unsupported` are refs; `attachments` the files it made up."""

    questions: int
    answered: int
    unanswered: tuple[str, ...]
    finished: bool
    unsupported: tuple[str, ...]
    submission: Submission
    attachments: dict[str, bytes] = field(default_factory=dict)

    def line(self) -> str:
        """The report as one line of JSON."""
        return json.dumps(
            {
                "questions": self.questions,
                "answered": self.answered,
                "unanswered": list(self.unanswered),
                "finished": self.finished,
            }
        )


def walk(form: Form, seed: int, *, clock: Clock, randomness: Randomness | None = None) -> WalkReport:
    """Walk `form` to its end. Without `randomness` the seed determines that too."""
    return _Walk(form, seed, clock, randomness or SeededBytes(seed ^ 0x5EED)).report()


class _Walk:
    def __init__(self, form: Form, seed: int, clock: Clock, randomness: Randomness) -> None:
        self.dice = Dice(SeededBytes(seed))
        self.session = Session(form, clock=clock, randomness=randomness)
        self.met: dict[str, None] = {}
        self.repeats: set[str] = set()
        self.attachments: dict[str, bytes] = {}

    def report(self) -> WalkReport:
        for _ in range(MAX_PASSES):
            if not self._pass():
                break
        self._mend()
        self._steer()
        now = {question.ref: question for question in self._questions()}
        empty = tuple(ref for ref, question in now.items() if not question.value)
        submission = self.session.submission()
        return WalkReport(
            questions=len(now),
            answered=len(now) - len(empty),
            unanswered=empty,
            finished=not any(fault.ref in now for fault in self.session.faults()),
            unsupported=self.session.form.unsupported,
            submission=submission,
            attachments=self.attachments,
        )

    def _pass(self) -> bool:
        """Answer what has not been met yet; whether anything was."""
        self._rows(self.session.page_tree())
        news = [question for question in self._questions() if question.ref not in self.met]
        for question in news:
            self.met[question.ref] = None
            if self.session.is_relevant(question.ref) and not self.session.is_readonly(question.ref):
                self._answer(question)
        return bool(news)

    def _questions(self) -> Iterable[QuestionItem]:
        return [
            question
            for question in self.session.all_questions()
            if question.control not in _NO_QUESTION and not question.readonly
        ]

    def _rows(self, items: Iterable[Item]) -> None:
        for item in items:
            if isinstance(item, RepeatItem) and not item.fixed and item.ref not in self.repeats:
                self.repeats.add(item.ref)
                wanted = 1 + self.dice.below(MAX_ROWS)
                for _ in range(wanted - len(item.rows)):
                    self.session.add_row(item.ref)
            if not isinstance(item, QuestionItem):
                self._rows(item.children)

    def _answer(self, question: QuestionItem) -> None:
        before = self.session.value(question.ref)
        for attempt in range(TRIES):
            value = candidate(self.session, question, self.dice, attempt, self.attachments)
            if value is None:
                break
            self.session.set_value(question.ref, value)
            if self.session.value(question.ref) and self.session.fault(question.ref) is None:
                return
        self.session.set_value(question.ref, "")
        if before and self.session.is_required(question.ref):
            self.session.set_value(question.ref, before)

    def _mend(self) -> None:
        """Give answers anew that later ones made invalid, or that a later one made required."""
        for _ in range(MENDING):
            faults = self.session.faults()
            if not faults:
                return
            by_ref = {question.ref: question for question in self._questions()}
            for fault in faults:
                if fault.ref in by_ref:
                    self._answer(by_ref[fault.ref])
            while self._pass():
                pass

    def _steer(self) -> None:
        """Change answers on which the remaining faults depend, and keep a change that leaves fewer of them."""
        steering = Steering(self.session.form)
        for _ in range(STEERED):
            faults = self.session.faults()
            if not faults:
                return
            fault = faults[self.dice.below(len(faults))]
            deciders = steering.deciders(self._path(fault.ref))
            asked = [question for question in self._questions() if self._path(question.ref) in deciders]
            if not asked:
                continue
            question = asked[self.dice.below(len(asked))]
            before = self.session.value(question.ref)
            self._answer(question)
            while self._pass():
                pass
            self._mend()
            if len(self.session.faults()) > len(faults):
                self.session.set_value(question.ref, before)
                while self._pass():
                    pass

    def _path(self, ref: str) -> TemplatePath:
        shape = self.session.node(ref).shape
        return shape.path if shape is not None else ()
