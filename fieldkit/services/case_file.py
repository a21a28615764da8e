"""One case as the journal tells it: what was answered, suggested, confirmed, referred.

Everything is read from the entries about the case, all interviews together: screening again replaces nothing
(journal rule 6). A correction replaces the interview that it corrects; where several stand, all count (rule 5).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from fieldkit.domain.entries import Entry, subject
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.outcome import CoreSection, Interpreted, Mark
from fieldkit.services.judge import Answers
from fieldkit.services.keyed_in import moment_of
from fieldkit.services.refs import leaf
from fieldkit.storage.journal import Journal

CASE = "case"
FINISHED, KEPT = "submission.finished", "submission.kept"
"""What of an interview may travel, and what stays at the post (`intake`, rule 4)."""


@dataclass(frozen=True, slots=True)
class Said:
    """One entry about the case with what its payload says; payloads that are withheld or gone are left out."""

    entry: Entry
    identity: str
    payload: dict[str, Any]


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
        """How each core section was asked, the best asking of each counting."""
        best: dict[str, CoreSection] = {}
        for payload in self.submissions():
            for row in payload["sections"]:
                if row["kind"] == "core":
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
        """The categories that a person confirmed or chose."""
        return {said.payload["category"]: said for said in self.of_kind("outcome.confirmed")}

    def for_review(self) -> dict[str, Said]:
        """The categories that a person did not confirm; they stand, with the reason, and go to review."""
        return {said.payload["category"]: said for said in self.of_kind("outcome.not_confirmed")}

    def referrals(self) -> tuple[Referral, ...]:
        """The referrals, in the order they were made."""
        return tuple(
            Referral(
                said.payload["referral"],
                said.payload["category"],
                said.payload["service"],
                said.payload["declined"],
                said.payload["safe_to_carry"],
                said.entry.at[:10],
            )
            for said in self.of_kind("referral.made")
        )


def read_case(journal: Journal, case: str) -> CaseFile:
    """The case. Raises PersonFault `case.unknown`."""
    file = CaseFile(case)
    for entry, identity in journal.about(subject(CASE, case)):
        payload = journal.payload(entry.payload)
        if payload is not None:
            file.history.append(Said(entry, identity, payload.value()))
    opened = next(file.of_kind("case.opened"), None)
    if opened is None:
        raise PersonFault("case.unknown")
    file.number = opened.payload["number"]
    return file


def _section(row: dict[str, Any]) -> CoreSection:
    interpreted = row["interpreted"]
    through = Interpreted(interpreted) if interpreted in set(Interpreted) else Interpreted.COMPANION
    return CoreSection(row["name"], row["asked"], row["in_private"], through, row["reviewed_text"])


def _completeness(section: CoreSection) -> tuple[bool, bool, bool]:
    return section.asked, section.in_private, section.reviewed_text
