"""The codebook: what answers and outcomes are called, everywhere the same (R-171).

1. A category is a pathway, never a verdict; its procedure says what the person gets (`protection.md` 16).
2. A fact is a question's name; forms, rules and figures share it. Each states its purpose and who may receive
   it (R-164); without a recipient it stays where it was written.
3. A category or value that is not known here is shown as its code and kept (a newer laptop knows it).
4. What is said of sharing is agreed to by the person, recipient by recipient; the question's name stands with
   the recipient.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from fieldkit.content import texts
from fieldkit.content.tables import Row, parse_table, read_text
from fieldkit.content.texts import SourceText, Texts, Translations
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.outcome import Step
from fieldkit.domain.shelf import Folder

_CATEGORY = ("id", "name", "step", "actor", "procedure")
_FACT = ("name", "kind", "list", "label", "purpose", "recipients", "sensitivity")
_LIST = ("list", "name", "label", "parent")
_RECIPIENT = ("id", "name", "agreement")
_STEPS = {step.value.replace(" ", "_"): step for step in Step}


class FactKind(StrEnum):
    """What values a fact has. A derived fact is calculated by the form and empty while nothing is known."""

    CHOICE = "choice"
    CHOICES = "choices"
    INTEGER = "integer"
    DATE = "date"
    TEXT = "text"
    DERIVED = "derived"


class Sensitivity(StrEnum):
    """Who may see a fact on this laptop (R-163): all at the post, or only holders of a class key."""

    ORDINARY = "ordinary"
    PERSONAL = "personal"
    ASYLUM = "asylum"
    TRAFFICKING = "trafficking"
    VIOLENCE = "violence"
    IDENTITY = "identity"
    HEALTH = "health"
    CHILD_PROTECTION = "child_protection"
    SHELTER = "shelter"

    @property
    def is_sealed(self) -> bool:
        """Whether the class has a key of its own (`vault-and-bundles.md`)."""
        return self not in {Sensitivity.ORDINARY, Sensitivity.PERSONAL}

    @property
    def sealed_class(self) -> SealedClass | None:
        """The class under whose key such a fact is sealed; None for what everybody at the post may read."""
        return _CLASSES.get(self)


_CLASSES = {
    one: SealedClass.SOGI if one is Sensitivity.IDENTITY else SealedClass(one.value)
    for one in Sensitivity
    if one.is_sealed
}


@dataclass(frozen=True, slots=True)
class Category:
    """One pathway; `actor` is a name of the list `actors`."""

    id: str
    name: str
    step: Step
    actor: str
    procedure: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One name that forms, rules and figures share; `list` is empty unless its values are choices."""

    name: str
    kind: FactKind
    list: str
    label: str
    purpose: str
    recipients: tuple[str, ...]
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a list; `parent` is the value of the list before it in a cascade."""

    name: str
    label: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody answers may go to; `agreement` is the question in which the person says yes or no."""

    id: str
    name: str
    agreement: str


@dataclass(frozen=True, slots=True)
class Codebook:
    """The whole codebook; mappings keep the order of the tables."""

    categories: Mapping[str, Category]
    facts: Mapping[str, Fact]
    lists: Mapping[str, tuple[Choice, ...]]
    recipients: Mapping[str, Recipient]
    texts: Texts

    def category_name(self, category: str, words: Translations) -> str:
        """The category in plain words; its code when it is not known here (rule 3)."""
        return self._say(f"category/{category}/name", category, words)

    def procedure(self, category: str, words: Translations) -> str:
        """What to do, in plain words; empty when the category is not known here."""
        return self._say(f"category/{category}/procedure", "", words)

    def choice_label(self, list_name: str, value: str, words: Translations) -> str:
        """A value in plain words; the value itself when it is not known here."""
        return self._say(f"list/{list_name}/{value}", value, words)

    def value_label(self, fact: str, value: str, words: Translations) -> str:
        """An answer as stored, in plain words; several values of a choice stand one after the other."""
        known = self.facts.get(fact)
        if known is None or not known.list:
            return value
        return ", ".join(self.choice_label(known.list, part, words) for part in value.split())

    def fact_label(self, fact: str, words: Translations) -> str:
        """What a derived fact is called; empty for a fact that a question asks: the question is its label."""
        return self._say(f"fact/{fact}/label", "", words)

    def recipient_name(self, recipient: str, words: Translations) -> str:
        """Who it is; the id when it is not known here."""
        return self._say(f"recipient/{recipient}/name", recipient, words)

    def say(self, text_id: str, words: Translations) -> str:
        """Any sentence of the codebook by its id."""
        return self.texts.say(text_id, words)

    def _say(self, text_id: str, otherwise: str, words: Translations) -> str:
        return self.texts.say(text_id, words) if text_id in self.texts else otherwise


def load(resources: Folder) -> Codebook:
    """Read and check the codebook. Raises ContentFault."""
    folder = resources / "codebook"
    lists, recipients, facts, categories = (
        read_text(folder / f"{name}.csv") for name in ("lists", "recipients", "facts", "categories")
    )
    return _read(lists, recipients, facts, categories, texts.load(resources))


@lru_cache(maxsize=2)
def _read(
    lists_csv: str, recipients_csv: str, facts_csv: str, categories_csv: str, fixed: tuple[SourceText, ...]
) -> Codebook:
    """Kept while the texts are the same: nothing in it can be changed."""
    lists = _lists(parse_table(lists_csv, "lists.csv", _LIST, key=("list", "name")))
    listed = parse_table(recipients_csv, "recipients.csv", _RECIPIENT, ("id",))
    recipients = {row.needed("id"): row for row in listed}
    facts = {
        row.needed("name"): _fact(row, lists, frozenset(recipients))
        for row in parse_table(facts_csv, "facts.csv", _FACT, key=("name",))
    }
    categories = {
        row.needed("id"): _category(row, lists)
        for row in parse_table(categories_csv, "categories.csv", _CATEGORY, key=("id",))
    }
    known = {
        name: Recipient(name, row.needed("name"), row.name("agreement", facts))
        for name, row in recipients.items()
    }
    found = (*fixed, *_texts(categories, facts, lists, known))
    return Codebook(categories, facts, lists, known, Texts(found))


def _lists(rows: tuple[Row, ...]) -> dict[str, tuple[Choice, ...]]:
    found: dict[str, tuple[Choice, ...]] = {}
    for row in rows:
        choice = Choice(row.needed("name"), row.needed("label"), row.text("parent"))
        found[row.needed("list")] = (*found.get(row.needed("list"), ()), choice)
    return found


def _fact(row: Row, lists: Mapping[str, tuple[Choice, ...]], recipients: frozenset[str]) -> Fact:
    kind = FactKind(row.name("kind", frozenset(FactKind)))
    needs_list = kind in {FactKind.CHOICE, FactKind.CHOICES}
    listed = row.name("list", lists) if needs_list or row.text("list") else ""
    return Fact(
        row.needed("name"),
        kind,
        listed,
        row.needed("label") if kind is FactKind.DERIVED else row.text("label"),
        row.name("purpose", _values(lists, "purposes")),
        row.names("recipients", recipients),
        Sensitivity(row.name("sensitivity", frozenset(Sensitivity))),
    )


def _category(row: Row, lists: Mapping[str, tuple[Choice, ...]]) -> Category:
    return Category(
        row.needed("id"),
        row.needed("name"),
        _STEPS[row.name("step", _STEPS)],
        row.name("actor", _values(lists, "actors")),
        row.needed("procedure"),
    )


def _values(lists: Mapping[str, tuple[Choice, ...]], name: str) -> frozenset[str]:
    return frozenset(choice.name for choice in lists.get(name, ()))


def _texts(
    categories: Mapping[str, Category],
    facts: Mapping[str, Fact],
    lists: Mapping[str, tuple[Choice, ...]],
    recipients: Mapping[str, Recipient],
) -> Iterator[SourceText]:
    for category in categories.values():
        yield SourceText(f"category/{category.id}/name", category.name, "A pathway; officers read it.")
        yield SourceText(f"category/{category.id}/procedure", category.procedure, "Officers read it.")
    for fact in facts.values():
        if fact.label:
            yield SourceText(f"fact/{fact.name}/label", fact.label)
    for recipient in recipients.values():
        yield SourceText(f"recipient/{recipient.id}/name", recipient.name)
    for name, choices in lists.items():
        for choice in choices:
            yield SourceText(f"list/{name}/{choice.name}", choice.label)
