"""What somebody was trained in, and writing one down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from fieldkit.content import trainings
from fieldkit.languages import catalogues
from fieldkit.languages.numbers import format_date
from fieldkit.languages.typed_days import day_of
from fieldkit.services import learning, training
from fieldkit.services.errors import DeskFault
from fieldkit.services.learning import Lessons

if TYPE_CHECKING:
    from fieldkit.services.vault import OpenVault


@dataclass(slots=True)
class Trainings:
    """Of one person. `topic`, `day` and `by` are what is being written down."""

    vault: OpenVault
    person: str
    tag: str
    topic: str = ""
    day: str = ""
    by: str = ""

    @property
    def label(self) -> str:
        """What others call them."""
        return self.vault.queries.person(self.person)[0]

    @property
    def offered(self) -> tuple[tuple[str, str], ...]:
        """Every training that is known, with its name in words."""
        return tuple((topic, self.named(topic)) for topic in training.topics(self.vault))

    @property
    def held(self) -> tuple[tuple[str, str, str], ...]:
        """What they were trained in: its name, the day, who gave it."""
        found = training.held(self.vault, self.person)
        return tuple((self.named(one.topic), format_date(one.day, self.tag), one.by) for one in found)

    @property
    def lessons(self) -> Lessons:
        """The modules that people learn by."""
        return Lessons(self.vault, self.tag)

    @property
    def passed(self) -> list[tuple[str, str]]:
        """The modules they passed by themselves, with the day; they open nothing."""
        lessons = self.lessons
        found = learning.passed(self.vault, self.person)
        return [(lessons.passed_title(one), format_date(one.day, self.tag)) for one in found]

    def named(self, topic: str) -> str:
        """A training in words."""
        words = catalogues.load(self.tag, "codebook")
        return self.vault.codebook.choice_label(trainings.LIST, topic, words)

    def keep(self) -> None:
        """Write it down. Raises as `training.record`; DeskFault `training.no_day`."""
        day = day_of(self.day)
        if not day:
            raise DeskFault("training.no_day")
        training.record(self.vault, self.person, self.topic, date.fromisoformat(day), self.by)
        self.topic = self.day = self.by = ""
