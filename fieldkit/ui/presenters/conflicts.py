"""What the page of differences decides: how each value is told, who may decide, what rules meanwhile.

1. Every value stands beside the others with who, when and where; none is marked as right.
2. What somebody may not decide on is counted, and not shown.
3. Of two corrections only the answers in which they differ are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.domain.conflicts import Holds
from fieldkit.domain.errors import FieldkitError
from fieldkit.languages import catalogues
from fieldkit.languages.autonyms import autonym
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_moment
from fieldkit.services import changes, conflicts, consulates, contacts, differences, directory, finished
from fieldkit.services.case_file import read_case
from fieldkit.services.differences import Kind
from fieldkit.services.reopened import reopen
from fieldkit.ui.presenters.category_names import category_name
from fieldkit.ui.presenters.change_lines import change_lines

if TYPE_CHECKING:
    from fieldkit.domain.ports import JsonValue
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.differences import Difference, Value
    from fieldkit.services.finished import FinishedInterview
    from fieldkit.services.vault import OpenVault

FIELDS: Mapping[str, str] = {
    "name": mark("Name of the service"),
    "name_on_paper": mark("Name on paper"),
    "kinds": mark("What it gives"),
    "categories": mark("Which needs it serves"),
    "languages": mark("Languages"),
    "hours": mark("Opening hours"),
    "place": mark("Place"),
    "hidden_address": mark("Whether the address is secret"),
    "phone": mark("Phone"),
    "verified": mark("Last checked"),
    "mandate": mark("Mandate"),
    "groups": mark("Whom it serves"),
    "ask_for": mark("Ask for"),
    "nationals": mark("Whether it also serves people of this country"),
    "country": mark("Country"),
    "label": mark("Name at sign-in"),
    "roles": mark("What the person does here"),
    "state": mark("Whether the case is closed"),
    "declined": mark("Whether the person said no to the referral"),
    "safe_to_carry": mark("Whether it is safe to carry the paper"),
    "stopped": mark("Whether it was taken off the list"),
    "protocol": mark("Protocol"),
    "abroad": mark("Country"),
    "recipient": mark("Key to which letters are sealed"),
    "key": mark("Key with which letters are signed"),
}
"""Names of fields, in the English source."""
_STATES: Mapping[str, str] = {
    "confirmed": mark("confirmed"),
    "not confirmed": mark("left for review"),
    "closed": mark("closed"),
    "open": mark("open"),
}
_YES, _NO, _EMPTY = mark("Yes"), mark("No"), mark("nothing written")
_ALL, _NOT_ALL = mark("these are all"), mark("there may be more")
_SAME = mark("The same answers as the other.")


@dataclass(frozen=True, slots=True)
class ShownValue:
    """One of the values: its lines, then who wrote it, and why (may be empty)."""

    entry: str
    lines: tuple[str, ...]
    written: str
    why: str


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """A difference as a card: what it is about, which field, the values, what rules until somebody decides."""

    one: Difference
    about: str
    field: str
    values: tuple[ShownValue, ...]
    meanwhile: str


class Differences:
    """What the person who is signed in may decide on now; texts in the language of `words`."""

    def __init__(self, vault: OpenVault, words: Words) -> None:
        self.vault = vault
        self._words = words
        self._codebook_words = catalogues.load(words.tag, "codebook")
        self.shown: tuple[ShownDifference, ...] = ()
        self.others = 0
        self.read()

    def read(self) -> None:
        """Read them as they stand now."""
        held = differences.differences(self.vault)
        mine = [one for one in held if differences.may_settle(self.vault, one)]
        self._services = {one.id: one.name for one in directory.all_services(self.vault)}
        self.others = len(held) - len(mine)
        self.shown = tuple(self._shown(one) for one in mine)

    def settle(self, shown: ShownDifference, entry: str, reason: str) -> None:
        """Decide on a value. Raises as `conflicts.settle`."""
        conflicts.settle(self.vault, shown.one, entry, reason)
        self.read()

    def _shown(self, one: Difference) -> ShownDifference:
        lines = self._interview_lines(one) if one.kind is Kind.INTERVIEW else None
        values = tuple(
            ShownValue(
                value.entry,
                lines[value.value] if lines is not None else (self._told(one, value.value),),
                self._written(value),
                value.reason,
            )
            for value in one.values
        )
        return ShownDifference(one, self._about(one), self._field(one), values, self._meanwhile(one))

    # --- in words -----------------------------------------------------------------------------------------

    def _about(self, one: Difference) -> str:
        say, name = self._words.say, one.subject.partition("/")[2]
        match one.kind:
            case Kind.SERVICE:
                return say("Contact: {name}", name=self._services.get(name, name))
            case Kind.CONTACT:
                return say("Contact: {name}", name=contacts.names(self.vault).get(name, name))
            case Kind.PERSON:
                return say("Account: {name}", name=self.vault.queries.person(name)[0])
            case Kind.SETTING:
                return say("A setting of this place")
        if one.case:
            return say("Number {number}", number=read_case(self.vault.journal, one.case).number)
        return say("A survey")

    def _field(self, one: Difference) -> str:
        say, codebook = self._words.say, self.vault.codebook
        match one.kind:
            case Kind.AGREEMENT:
                name = consulates.name_of(codebook, one.recipient, self._codebook_words)
                return say("May {recipient} see the answers?", recipient=name)
            case Kind.OUTCOME:
                return category_name(codebook, one.name, self._words.tag)
            case Kind.INTERVIEW:
                return say("Two corrections of the same interview")
            case Kind.ORIGIN:
                return say("Countries to which nothing may go")
        return say(FIELDS[one.name]) if one.name in FIELDS else one.name

    def _told(self, one: Difference, value: JsonValue) -> str:
        say, codebook = self._words.say, self.vault.codebook
        if isinstance(value, bool):
            return say(_YES if value else _NO)
        if isinstance(value, list):
            return " · ".join(self._item(one.name, str(item)) for item in value) or say(_EMPTY)
        if one.kind in (Kind.OUTCOME, Kind.STATE) and str(value) in _STATES:
            return say(_STATES[str(value)])
        if isinstance(value, Mapping):
            return self._countries(value)
        if value is None or value == "":
            return say(_EMPTY)
        return codebook.choice_label(one.name, str(value), self._codebook_words)

    def _countries(self, value: Mapping[str, JsonValue]) -> str:
        """Countries as they are kept, and whether these are all."""
        named = value.get("countries")
        told = " · ".join(str(one) for one in named) if isinstance(named, list) else ""
        whole = _ALL if value.get("whole") is True else _NOT_ALL
        return " · ".join(part for part in (told, self._words.say(whole)) if part)

    def _item(self, field: str, item: str) -> str:
        codebook, words = self.vault.codebook, self._codebook_words
        ways: Mapping[str, Callable[[], str]] = {
            "categories": lambda: category_name(codebook, item, self._words.tag),
            "kinds": lambda: codebook.choice_label("service_kinds", item, words),
            "languages": lambda: autonym(item),
        }
        return ways[field]() if field in ways else item

    def _written(self, value: Value) -> str:
        moment = format_moment(value.at, self._words.tag) if value.at else ""
        return " · ".join(isolate_words(part) for part in (value.who, value.post, moment) if part)

    def _meanwhile(self, one: Difference) -> str:
        say = self._words.say
        if one.rules.holds is Holds.CANNOT_TELL:
            return say("Until somebody decides, nobody may rely on any of them.")
        if one.rules.holds is Holds.ALL:
            return say("Until somebody decides, all of them are kept to.")
        return say("Until somebody decides, this one rules: {value}", value=self._told(one, one.rules.one))

    def _interview_lines(self, one: Difference) -> dict[JsonValue, tuple[str, ...]]:
        """For each version the answers in which it differs from the others (rule 3)."""
        held = {found.instance_id: found for found in finished.of_subject(self.vault, one.subject)}
        made = {
            value.value: self._changes(held[str(value.value)]) for value in one.values if value.value in held
        }
        everywhere = set.intersection(*(set(found) for found in made.values())) if made else set()
        same = (self._words.say(_SAME),)
        return {
            value.value: tuple(line for line in made.get(str(value.value), ()) if line not in everywhere)
            or same
            for value in one.values
        }

    def _changes(self, version: FinishedInterview) -> tuple[str, ...]:
        try:
            opened = reopen(self.vault, version)
        except FieldkitError:  # headquarters never had the answers
            return ()
        return change_lines(opened, changes.of_payload(version.payload), self._words)
