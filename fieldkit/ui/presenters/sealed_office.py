"""Sealed answers at headquarters: who may read them, what was told of a case, and figures of them.

1. Who is not cleared sees that something is sealed, and whom to ask; a figure of it does not exist for them.
2. Sealed figures stand alone: no day, no post, no category beside them (`protection.md` 15).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.languages import catalogues
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_number
from fieldkit.services import forms_held, office_answers, office_clearance, report
from fieldkit.services.door import Desk
from fieldkit.ui.presenters.category_names import category_name
from fieldkit.ui.presenters.form_texts import FormTexts
from fieldkit.ui.presenters.sealed import CLASS_WORDS

if TYPE_CHECKING:
    from fieldkit.domain.classes import SealedClass
    from fieldkit.headquarters.counting import AnswerFigure
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.office_answers import SealedCase
    from fieldkit.services.office_clearance import Cleared
    from fieldkit.services.vault import OpenVault


OUTCOME = mark("Category")


def may_decide(vault: OpenVault) -> bool:
    """Whether this person decides who may read what is sealed at headquarters."""
    return vault.desk is Desk.HEADQUARTERS and vault.may(Action.CLEAR_PERSON)


class OfficeReaders:
    """Every class with its coordinators, read anew after every change."""

    def __init__(self, vault: OpenVault, words: Words) -> None:
        self.vault = vault
        self._words = words
        self.read()

    def read(self) -> None:
        """As it stands now."""
        self.rows: dict[SealedClass, list[Cleared]] = {}
        for one in office_clearance.overview(self.vault):
            self.rows.setdefault(one.name, []).append(one)

    @property
    def is_alone(self) -> bool:
        """Whether there is nobody whom this person could name: nobody names themselves."""
        return all(self.is_me(one) and not one.is_cleared for people in self.rows.values() for one in people)

    @property
    def may_add(self) -> bool:
        """Whether this person may add an account."""
        return self.vault.may(Action.MANAGE_PEOPLE)

    def about(self, name: SealedClass) -> str:
        """What a class is about."""
        return self._words.say(CLASS_WORDS[name])

    def is_me(self, one: Cleared) -> bool:
        """Nobody clears themselves."""
        return one.person == self.vault.person.id

    def clear(self, one: Cleared, reason: str) -> bool:
        """Whether the key is theirs from the next sign-in on. Raises as `office_clearance.clear`."""
        holds = office_clearance.clear(self.vault, one.person, one.name, reason)
        self.read()
        return holds

    def end(self, one: Cleared, reason: str) -> None:
        """Raises as `office_clearance.end`."""
        office_clearance.end(self.vault, one.person, one.name, reason)
        self.read()


@dataclass(frozen=True, slots=True)
class Line:
    """A question with its answer, in words."""

    question: str
    answer: str


class SealedCasePage:
    """What is sealed of one case, for whoever looks."""

    def __init__(self, vault: OpenVault, case: str, words: Words) -> None:
        self.case = case
        self._words = words
        self._vault = vault
        self.found: SealedCase = office_answers.of_case(vault, case)
        row = next((one for one in report.cases(vault) if one.case == case), None)
        self.number = row.number if row is not None else ""
        self._texts = _Texts(vault, words)

    def classes(self) -> tuple[tuple[str, tuple[Line, ...]], ...]:
        """What each class that may be read here says."""
        held = (*(one.name for one in self.found.told), *(name for name, _ in self.found.categories))
        return tuple(
            (self._words.say(CLASS_WORDS[name]), (*self._decided(name), *self._answered(name)))
            for name in dict.fromkeys(held)
        )

    def _decided(self, wanted: SealedClass) -> tuple[Line, ...]:
        held = [category for name, category in self.found.categories if name is wanted]
        names = (category_name(self._vault.codebook, one, self._words.tag) for one in held)
        return tuple(Line(self._words.say(OUTCOME), one) for one in names)

    def _answered(self, wanted: SealedClass) -> tuple[Line, ...]:
        return tuple(
            Line(self._texts.question(one.fact), self._texts.answer(one.fact, " ".join(one.values)))
            for one in self.found.told
            if one.name is wanted
        )


class SealedFiguresPage:
    """Persons by answer, for every class that whoever looks may read."""

    def __init__(self, vault: OpenVault, words: Words) -> None:
        self._words = words
        self._texts = _Texts(vault, words)
        self._vault = vault
        self.figures: dict[SealedClass, tuple[AnswerFigure, ...]] = office_answers.counts(vault)
        self.categories = office_answers.categories(vault)

    @property
    def classes(self) -> tuple[SealedClass, ...]:
        """The classes of which something can be counted here."""
        return tuple(dict.fromkeys((*self.categories, *self.figures)))

    def decided(self, name: SealedClass) -> tuple[tuple[str, str], ...]:
        """Each category of a class that is sealed itself, and how many persons it was confirmed for."""
        return tuple(
            (category_name(self._vault.codebook, category, self._words.tag), self._number(persons))
            for category, persons in self.categories.get(name, ())
        )

    def about(self, name: SealedClass) -> str:
        """What a class is about."""
        return self._words.say(CLASS_WORDS[name])

    def question(self, figure: AnswerFigure) -> str:
        """The question that a figure is about."""
        return self._texts.question(figure.name)

    def lines(self, figure: AnswerFigure) -> tuple[tuple[str, str], ...]:
        """Each answer and how many persons gave it."""
        return tuple(
            (self._texts.answer(figure.name, value), self._number(one.value)) for value, one in figure.persons
        )

    def base(self, figure: AnswerFigure) -> str:
        """Of how many interviews it could be known."""
        return self._words.say(
            "Interviews: asked {asked}, not asked {not_asked}, declined {declined}.",
            asked=self._number(figure.base.asked),
            not_asked=self._number(figure.base.not_asked),
            declined=self._number(figure.base.declined),
        )

    def _number(self, value: int | None) -> str:
        return self._words.say("not asked") if value is None else format_number(value, self._words.tag)


class _Texts:
    def __init__(self, vault: OpenVault, words: Words) -> None:
        forms = dict.fromkeys(row.form for row in report.cases(vault))
        self._forms = FormTexts(
            vault, [(form, None) for form in (*forms, *forms_held.accesses(vault))], words.tag
        )
        self._vault = vault
        self._codebook = catalogues.load(words.tag, "codebook")

    def question(self, name: str) -> str:
        label = self._vault.codebook.fact_label(name, self._codebook)
        return self._forms.question(name) or label or name.replace("_", " ")

    def answer(self, name: str, value: str) -> str:
        return self._vault.codebook.value_label(name, value, self._codebook)
