"""One case as the journal tells it: what was answered, suggested, confirmed, referred.

Everything is read from the entries about the case, all interviews together: screening again replaces nothing
(journal rule 6). A correction replaces the interview that it corrects; where several stand, all count (rule 5).
What would out somebody is sealed (`confidential`): whoever may read it reads the case through `sealed.case_file`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from fieldkit.domain.classes import SealedClass
from fieldkit.domain.conflicts import (
    CLOSED_CASE,
    CLOSED_CATEGORY,
    CONFIRMED,
    NOT_CONFIRMED,
    OPEN_CASE,
    ruling,
)
from fieldkit.domain.entries import Entry, subject
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.outcome import (
    COMMON_CORE,
    NO_SPECIFIC_NEED,
    SUITABLE,
    CoreSection,
    Interpreted,
    Mark,
    Verdict,
)
from fieldkit.domain.ports import JsonValue
from fieldkit.services.judge import Answers
from fieldkit.services.keyed_in import moment_of
from fieldkit.services.refs import leaf
from fieldkit.storage.journal import Journal
from fieldkit.storage.kinds_sealed import SOMETIMES_SEALED

CASE = "case"
FINISHED, KEPT = "submission.finished", "submission.kept"
"""What of an interview may travel, and what stays at the post (`entered`, rule 1)."""
OUTCOME_STATES = {
    "outcome.confirmed": CONFIRMED,
    "outcome.not_confirmed": NOT_CONFIRMED,
    "outcome.closed": CLOSED_CATEGORY,
}
OUTCOMES_OF_STATE = {"case.closed": CLOSED_CASE, "case.reopened": OPEN_CASE}
"""What entries say of a category, and of the case."""


@dataclass(frozen=True, slots=True)
class Said:
    """One entry about the case with what its payload says; payloads that are withheld or gone are left out."""

    entry: Entry
    identity: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class NotRead:
    """An entry about the case that is sealed to whoever reads it, and the class."""

    kind: str
    name: SealedClass


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral as it was made."""

    id: str
    category: str
    service: str
    declined: bool
    safe_to_carry: bool
    day: str


@dataclass(slots=True)
class CaseFile:
    """The case read once; `history` is in the order of the stream that wrote it."""

    id: str
    number: str = ""
    history: list[Said] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    """What of kinds that are mostly open is sealed, and was not opened; in the same order."""

    def of_kind(self, kind: str) -> Iterator[Said]:
        """The entries of one kind."""
        return (said for said in self.history if said.entry.kind == kind)

    def standing(self, *kinds: str) -> Iterator[Said]:
        """The entries of these kinds that no correction replaces."""
        replaced = {name for said in self.history for name in said.entry.replaces}
        return (said for said in self.history if said.entry.kind in kinds and said.identity not in replaced)

    def submissions(self) -> list[dict[str, Any]]:
        """The payloads of all finished interviews that stand."""
        return [said.payload for said in self.standing(FINISHED)]

    def talked(self) -> str:
        """When the first talk took place: the day on its paper, else the moment of its entry; empty before it.

        What has to be done within hours of the talk counts from here, whenever a paper was keyed in (R-204)."""
        moments = [moment_of(said.payload, said.entry.at) for said in self.of_kind(FINISHED)]
        return min(moments, key=datetime.fromisoformat, default="")

    def due(self, hours: int | None) -> str:
        """When something has to be done that is due so many hours after the talk (ISO); empty for no limit."""
        began = self.talked()
        if hours is None or not began:
            return ""
        return (datetime.fromisoformat(began) + timedelta(hours=hours)).isoformat(timespec="seconds")

    def due_by(self, hours: Mapping[str, int]) -> str:
        """When something has to be done, of whatever rules with a target time (hours) asked for it: each counts
        from the talk in which it first said yes, the earliest counts (ISO); empty when none did."""
        found = []
        for said in self.of_kind("outcome.suggested"):
            if said.payload["verdict"] == Verdict.YES and said.payload["rule"] in hours:
                began = datetime.fromisoformat(self._talk_before(said))
                found.append(began + timedelta(hours=hours[said.payload["rule"]]))
        return min(found).isoformat(timespec="seconds") if found else ""

    def _talk_before(self, said: Said) -> str:
        """The moment of the talk after which something was written: the last one before it, else its own."""
        before = self.history[: self.history.index(said)]
        talks = [one for one in before if one.entry.kind == FINISHED]
        return moment_of(talks[-1].payload, talks[-1].entry.at) if talks else said.entry.at

    def answers(self) -> Answers:
        """Every standing answer by codebook name, and how a name without a value ended."""
        values: dict[str, list[str]] = {}
        marks: dict[str, Mark] = {}
        for said in self.standing(FINISHED, KEPT):
            for name, given in said.payload["facts"].items():
                values.setdefault(name, []).extend(given)
            for ref, mark in said.payload["marks"].items():
                marks[leaf(ref)] = Mark(mark)
        return Answers({name: tuple(dict.fromkeys(given)) for name, given in values.items()}, marks)

    def sections(self) -> tuple[CoreSection, ...]:
        """How each section of the common core was asked, the best asking of each counting."""
        best: dict[str, CoreSection] = {}
        for payload in (held for held in self.submissions() if held["form"] == COMMON_CORE):
            for row in payload["sections"]:
                if row["kind"] in ("core", "sensitive"):
                    section = _section(row)
                    held = best.get(section.name)
                    if held is None or _completeness(section) > _completeness(held):
                        best[section.name] = section
        return tuple(best.values())

    def languages(self) -> tuple[str, str]:
        """Officer's and person's language of the newest interview."""
        held = self.submissions()
        return (held[-1]["languages"]["officer"], held[-1]["languages"]["person"]) if held else ("en", "en")

    def confirmed(self) -> dict[str, Said]:
        """The categories that a person confirmed or chose, and nobody closed. That there is no specific need stands
        only until something is found (`protection.md` 1)."""
        held = self._decided("outcome.confirmed", CONFIRMED)
        return {name: said for name, said in held.items() if not self._found_since(name, said)}

    def _found_since(self, name: str, chosen: Said) -> bool:
        """Whether a rule said yes or a person confirmed something after C26 was chosen; never of any other."""
        if name != NO_SPECIFIC_NEED:
            return False
        later = self.history[self.history.index(chosen) + 1 :]
        return any(
            said.entry.kind == "outcome.confirmed" or said.payload.get("verdict") == Verdict.YES
            for said in later
            if said.entry.kind in ("outcome.confirmed", "outcome.suggested")
            and said.payload["category"] != NO_SPECIFIC_NEED
        )

    def for_review(self) -> dict[str, Said]:
        """The categories that a person did not confirm; they stand, with the reason, and go to review."""
        return self._decided("outcome.not_confirmed", NOT_CONFIRMED)

    def closed_categories(self) -> dict[str, Said]:
        """The categories that a person closed, with the reason, and that no later talk pointed to again."""
        closed = self._decided("outcome.closed", CLOSED_CATEGORY)
        return {name: said for name, said in closed.items() if not self._told_since(said)}

    def _told_since(self, closed: Said) -> bool:
        later = self.history[self.history.index(closed) + 1 :]
        about = [said for said in later if said.entry.kind == "outcome.suggested"]
        return any(
            said.payload["category"] == closed.payload["category"] and said.payload["verdict"] == Verdict.YES
            for said in about
        )

    def outcome_entries(self, category: str) -> tuple[str, ...]:
        """The entries that say now what was decided on a category: what a screen shows of it."""
        return tuple(said.identity for said in self._outcomes(category))

    @property
    def is_closed(self) -> bool:
        """Whether a person closed the case, and nobody opened it again (the most protective value: open)."""
        states = [OUTCOMES_OF_STATE[said.entry.kind] for said in self.standing(*OUTCOMES_OF_STATE)]
        return bool(states) and ruling("state", states).one == CLOSED_CASE

    def state_entries(self) -> tuple[str, ...]:
        """The entries that say now whether the case is open."""
        return tuple(said.identity for said in self.standing(*OUTCOMES_OF_STATE))

    def _decided(self, kind: str, state: str) -> dict[str, Said]:
        """The newest entry of a kind for each category of which this state rules."""
        found = {said.payload["category"]: said for said in self.of_kind(kind)}
        return {category: said for category, said in found.items() if self._rules(category) == state}

    def _rules(self, category: str) -> JsonValue:
        states = [OUTCOME_STATES[said.entry.kind] for said in self._outcomes(category)]
        return ruling(f"outcome/{category}", states).one if states else None

    def _outcomes(self, category: str) -> list[Said]:
        """What was decided on a category and not replaced by another decision on it (journal rule 5)."""
        held = [
            said
            for said in self.history
            if said.entry.kind in OUTCOME_STATES and said.payload["category"] == category
        ]
        replaced = {name for said in held for name in said.entry.replaces}
        return [said for said in held if said.identity not in replaced]

    def referrals(self) -> tuple[Referral, ...]:
        """The referrals, in the order they were made, with what was changed about them since."""
        return tuple(
            Referral(
                said.payload["referral"],
                said.payload["category"],
                said.payload["service"],
                bool(self._of_referral(said, "declined")),
                bool(self._of_referral(said, "safe_to_carry")),
                said.entry.at[:10],
            )
            for said in self.of_kind("referral.made")
        )

    def referral_entries(self, referral: str) -> tuple[str, ...]:
        """The entries about one referral that something else may replace."""
        kinds = ("referral.made", "referral.changed")
        held = [said for kind in kinds for said in self.of_kind(kind)]
        return tuple(said.identity for said in held if said.payload["referral"] == referral)

    def _of_referral(self, made: Said, name: str) -> JsonValue:
        """What rules of one field of a referral (`domain.conflicts`)."""
        changed = [
            said
            for said in self.of_kind("referral.changed")
            if said.payload["referral"] == made.payload["referral"] and name in said.payload["fields"]
        ]
        replaced = {identity for said in changed for identity in said.entry.replaces}
        values = [said.payload["fields"][name] for said in changed if said.identity not in replaced]
        if made.identity not in replaced:
            values.append(made.payload[name])
        return ruling(f"referral/{name}", values).one


Opener = Callable[[Entry], dict[str, Any] | None]


def _nothing(_entry: Entry) -> None:
    """Opens nothing that is sealed."""


def read_case(journal: Journal, case: str, opened: Opener = _nothing) -> CaseFile:
    """The case; `opened` gives what a sealed entry says, as far as it may be read. Raises PersonFault
    `case.unknown`."""
    file = CaseFile(case)
    for entry, identity in journal.about(subject(CASE, case)):
        payload = journal.payload(entry.payload)
        if payload is not None:
            file.history.append(Said(entry, identity, payload.value()))
        elif entry.kind in SOMETIMES_SEALED or entry.kind == KEPT:
            _read_sealed(file, journal, (entry, identity), opened)
    first = next(file.of_kind("case.opened"), None)
    if first is None:
        raise PersonFault("case.unknown")
    file.number = first.payload["number"]
    return file


def _read_sealed(file: CaseFile, journal: Journal, held: tuple[Entry, str], opened: Opener) -> None:
    entry, identity = held
    name = journal.sealed_as(entry.payload)
    said = opened(entry) if name is not None else None
    if said is not None:
        file.history.append(Said(entry, identity, said))
    elif name is not None:
        file.not_read.append(NotRead(entry.kind, name))


def _section(row: dict[str, Any]) -> CoreSection:
    interpreted = row["interpreted"]
    through = Interpreted(interpreted) if interpreted in set(Interpreted) else Interpreted.COMPANION
    asked = row["asked"] and not row.get("open", 0)
    return CoreSection(row["name"], asked, row["in_private"], through, row["reviewed_text"])


def _completeness(section: CoreSection) -> tuple[bool, ...]:
    return section.asked, section.in_private, section.interpreted in SUITABLE, section.reviewed_text
