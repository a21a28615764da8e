"""The questions of one module, one after the other. A question that was not answered rightly comes again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fieldkit.services import learning
from fieldkit.services.errors import DeskFault
from fieldkit.services.learning import Lessons

if TYPE_CHECKING:
    from fieldkit.content.learning import Module, Question
    from fieldkit.services.vault import OpenVault


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of the answer that was just given."""

    question: Question
    right: bool
    answer: str
    """The right answer in words."""
    because: str


@dataclass(slots=True)
class Quiz:
    """Of one sitting; nothing of it is kept but that the module was passed. Raises DeskFault `learning.unknown`."""

    vault: OpenVault
    module_id: str
    tag: str
    told: Told | None = None
    lessons: Lessons = field(init=False)
    module: Module = field(init=False)
    left: list[Question] = field(init=False)
    answers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lessons = Lessons(self.vault, self.tag)
        module = self.lessons.course.module(self.module_id)
        if module is None:
            raise DeskFault("learning.unknown")
        self.module = module
        self.left = list(module.questions)

    @property
    def question(self) -> Question | None:
        """The one that is asked now; None when every one was answered rightly."""
        return self.left[0] if self.left else None

    @property
    def place(self) -> tuple[int, int]:
        """How many are answered rightly, and of how many."""
        whole = len(self.module.questions)
        return whole - len(self.left), whole

    def answer(self, letter: str) -> None:
        """Answer the question of now. The last right answer passes the module. Raises as `pass_module`."""
        asked = self.question
        assert asked is not None, "nothing is asked any more"
        held = dict(self.lessons.answers(asked))
        right = letter == asked.right
        self.told = Told(asked, right, held[asked.right], self.lessons.because(asked))
        self.left.pop(0)
        if not right:
            self.left.append(asked)
            return
        self.answers[asked.id] = letter
        if not self.left:
            learning.pass_module(self.vault, self.module.id, self.answers)

    def go_on(self) -> None:
        """Read; the next question."""
        self.told = None

    def speak(self, tag: str) -> None:
        """The same sitting in another language."""
        self.tag, self.lessons = tag, Lessons(self.vault, tag)
