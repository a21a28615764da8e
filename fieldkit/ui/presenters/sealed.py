"""What is said of sealed answers: which class, and whom to ask. Never what was answered, nor whether it was.

A class that alone would out somebody has no name for whoever may not read it (`domain.classes`, K-11).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.domain.classes import CONFIDENTIAL_CATEGORIES, SealedClass
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_list
from fieldkit.services import clearance

if TYPE_CHECKING:
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.clearance import Clearance
    from fieldkit.services.sealed import Hidden
    from fieldkit.services.vault import OpenVault

CLASS_WORDS: Mapping[SealedClass, str] = {
    SealedClass.ASYLUM: mark("Why the person left and fears to go back"),
    SealedClass.TRAFFICKING: mark("Trafficking and being controlled"),
    SealedClass.VIOLENCE: mark("Violence that the person went through"),
    SealedClass.SOGI: mark("Whom the person loves and who they are"),
    SealedClass.HEALTH: mark("Health"),
    SealedClass.CHILD_PROTECTION: mark("The protection of a child"),
    SealedClass.SHELTER: mark("Where somebody is sheltered"),
}
"""What a class is about, as people at a desk say it."""

WITHOUT_NAME = mark("Something private")
"""What stands for a class whose name alone would tell."""

NOBODY = mark("Nobody at this post can read it now.")
ASK = mark("Ask: {people}")


def whom_to_ask(hidden: Iterable[Hidden], words: Words) -> tuple[tuple[str, str], ...]:
    """For each class that is sealed to whoever looks: what it is about, and whom to ask."""
    telling = set(CONFIDENTIAL_CATEGORIES.values())
    return tuple(
        (words.say(WITHOUT_NAME if one.name in telling else CLASS_WORDS[one.name]), _ask(one.ask, words))
        for one in hidden
    )


def _ask(people: tuple[str, ...], words: Words) -> str:
    if not people:
        return words.say(NOBODY)
    return words.say(ASK, people=format_list([isolate_words(one) for one in people], words.tag))


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class: who reads it, and to whom whoever looks can give its key (person and label)."""

    name: SealedClass
    about: str
    readers: str
    can_get: tuple[tuple[str, str], ...]


class Readers:
    """Who reads which class, read anew by `read` after every change."""

    def __init__(self, vault: OpenVault, words: Words) -> None:
        self.vault = vault
        self._words = words
        self.read()

    def read(self) -> None:
        """Read it as it stands in the vault now."""
        held: dict[SealedClass, list[Clearance]] = {name: [] for name in SealedClass}
        for one in clearance.clearances(self.vault):
            held[one.name].append(one)
        self.rows = tuple(self._row(name, people) for name, people in held.items())

    def give(self, row: ClassRow, person: str) -> None:
        """Give somebody the key of a class. Raises as `clearance.give`."""
        clearance.give(self.vault, person, row.name)
        self.read()

    def _row(self, name: SealedClass, people: list[Clearance]) -> ClassRow:
        readers = [isolate_words(one.label) for one in people if one.reads]
        told = format_list(readers, self._words.tag) if readers else self._words.say(NOBODY)
        can_get = tuple((one.person, one.label) for one in people if one.can_be_given)
        return ClassRow(name, self._words.say(CLASS_WORDS[name]), told, can_get)
