"""Finished interviews as the journal holds them, with what each one corrects.

1. A correction is a new interview that names the one it takes the place of; that one stays, bytes and all.
2. What nothing replaces stands; two corrections of the same interview both stand (journal rule 5).
3. Only whoever may open a form may look at what was said in it (`protection.md` 4). What is of a sealed class is
   there for cleared people, and that they read it is written down (`sealed`). A talk that is sealed as a whole
   (`confidential`) is to all others none of which they can see more than that. That a colleague led a talk
   for trained staff takes nobody's own talk from them: whoever cannot read it asks the person all again (K-09).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fieldkit.domain.entries import subject
from fieldkit.domain.outcome import Mark
from fieldkit.services import forms_held, keyed_in, parting, sealed
from fieldkit.services.case_file import CASE, FINISHED, KEPT, Said
from fieldkit.services.errors import DeskFault
from fieldkit.services.keyed_in import OnPaper
from fieldkit.services.sealed import Hidden, Part
from fieldkit.services.vault import OpenVault

SETTLED = "interview.settled"
"""A person decided which of several corrections stands."""


@dataclass(frozen=True, slots=True, repr=False)
class FinishedInterview:
    """One finished interview: what its entries say, put together. `payload` holds both halves of it, and what is
    sealed as far as this person may read it; `hidden` is what they may not, `sealed` the entries by kind and class.

    `written` is the moment of the entry, `happened` the day of the talk; `by` the label of who wrote it.
    """

    subject: str
    identity: str
    kept: str
    payload: Mapping[str, Any]
    written: str
    by: str
    stands: bool
    second: str = ""
    """The label of the second person who agreed, where one was needed (`second_person`)."""
    hidden: tuple[Hidden, ...] = ()
    sealed: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Which one it is: nothing that was said, whoever prints it."""
        return f"<FinishedInterview {self.form} {self.instance_id}>"

    @property
    def instance_id(self) -> str:
        """The submission's name."""
        return str(self.payload["instance_id"])

    @property
    def form(self) -> str:
        """The form's id."""
        return str(self.payload["form"])

    @property
    def version(self) -> str:
        """The version the interview was led with."""
        return str(self.payload["version"])

    @property
    def corrects(self) -> str:
        """The submission this one takes the place of; empty for a first one."""
        return str(self.payload.get("corrects", ""))

    @property
    def line(self) -> str:
        """The submission with which this interview began, through all its corrections."""
        return str(self.payload.get("line") or self.corrects or self.instance_id)

    @property
    def paper(self) -> OnPaper | None:
        """The head of the paper, when it was keyed in."""
        return keyed_in.of_payload(self.payload)

    @property
    def known(self) -> int | None:
        """How far the journal went when the talk began, where its form asked for lists (`own_lists`)."""
        return self.payload.get("known")

    @property
    def trained(self) -> tuple[str, ...] | None:
        """The trainings of whoever led the talk, as they stood then (R-020); None where nobody kept them."""
        led = self.payload.get("led")
        return tuple(str(one) for one in led["trained"]) if led is not None else None

    @property
    def happened(self) -> str:
        """The day of the talk (ISO)."""
        return keyed_in.day_of(self.payload, self.written)

    @property
    def marks(self) -> dict[str, Mark]:
        """How each question ended, by concrete path."""
        return {ref: Mark(mark) for ref, mark in self.payload["marks"].items()}

    @property
    def xml(self) -> bytes:
        """The exact bytes of the submission, without what is hidden; empty where they never were (headquarters)."""
        return str(self.payload["xml"]).encode("utf-8")


def of_subject(vault: OpenVault, about: str) -> tuple[FinishedInterview, ...]:
    """Every finished interview about a case or survey, the oldest first. Raises DeskFault `form.not_for_role`."""
    found = tuple(_read(vault, about))
    for form in dict.fromkeys(one.form for one in found):
        demand_may_see(vault, form)
    return found


def of_case(vault: OpenVault, case: str) -> tuple[FinishedInterview, ...]:
    """Every finished interview of a case, the oldest first. Raises DeskFault `form.not_for_role`."""
    return of_subject(vault, subject(CASE, case))


def open_to(vault: OpenVault, about: str) -> tuple[FinishedInterview, ...]:
    """Those whose form this person may open, the oldest first (rule 3): others are left out, not refused."""
    allowed = {one.id for one in forms_held.offered_forms(vault) if one.allowed}
    return tuple(one for one in _read(vault, about) if one.form in allowed)


def to_look_at(vault: OpenVault, about: str) -> tuple[FinishedInterview, ...]:
    """Those whose form this person may open. Raises DeskFault `form.not_for_role` where that is none of them."""
    return open_to(vault, about) or of_subject(vault, about)


def find(vault: OpenVault, about: str, instance_id: str) -> FinishedInterview:
    """One of them. Raises DeskFault `finished.unknown`, `form.not_for_role`."""
    for one in _read(vault, about):
        if one.instance_id == instance_id:
            demand_may_see(vault, one.form)
            return one
    raise DeskFault("finished.unknown")


def demand_may_see(vault: OpenVault, form: str) -> None:
    """Raise DeskFault `form.not_for_role` unless this person may open the form (rule 3)."""
    offered = forms_held.offered(vault, form)
    if offered is None or not offered.allowed:
        raise DeskFault("form.not_for_role")


def _read(vault: OpenVault, about: str) -> Iterator[FinishedInterview]:
    said = list(_said(vault, about))
    replaced = {name for one in said for name in one.entry.replaces}
    held = {person: vault.queries.person(person)[0] for person in dict.fromkeys(_people(said))}
    halves = {one.payload["instance_id"]: one for one in said if one.entry.kind == KEPT}
    opened = sealed.parts(vault, about) if any("sealed" in one.payload for one in said) else ()
    for one in said:
        if one.entry.kind != FINISHED:
            continue
        kept = halves.get(one.payload["instance_id"])
        parts = [part for part in opened if part.instance_id == one.payload["instance_id"]]
        yield FinishedInterview(
            about,
            one.identity,
            kept.identity if kept else "",
            _whole(one.payload, kept.payload if kept else {}, parts),
            one.entry.at,
            held[one.payload.get("proposed_by") or one.entry.actor],
            one.identity not in replaced,
            held[one.entry.actor] if one.payload.get("proposed_by") else "",
            sealed.hidden(vault, sealed.classes_of([one.payload])),
            {f"{part.kind} {part.name}": part.entry for part in parts},
        )


def _people(said: list[Said]) -> Iterator[str]:
    for one in said:
        yield one.entry.actor
        yield one.payload.get("proposed_by") or one.entry.actor


def _whole(shared: Mapping[str, Any], kept: Mapping[str, Any], parts: Sequence[Part]) -> dict[str, Any]:
    """Both halves of a finished interview (`entered`, rule 1) as one, with what could be opened."""
    whole = {**shared, **{name: value for name, value in kept.items() if name not in ("facts", "marks")}}
    held = [shared, kept, *(part.payload for part in parts)]
    for name in ("facts", "marks"):
        whole[name] = {ref: value for one in held for ref, value in one.get(name, {}).items()}
    for name in ("left", "changes"):
        rows = [row for one in held for row in one.get(name, ())]
        whole.update({name: rows} if rows or name in whole else {})
    files = {
        row["name"]: row for one in held for row in one.get("attachments", ())
    }  # the sealed ones come last
    whole.update({"attachments": list(files.values())} if files else {})
    travel = [row for one in held for row in one.get("travel", ())]
    whole.update({"travel": sorted(travel, key=lambda row: row[0])} if travel else {})
    if whole.get("xml"):
        rest = whole["xml"].encode("utf-8")
        whole["xml"] = parting.put_together(rest, [part.payload for part in parts]).decode("utf-8")
    return whole


def _said(vault: OpenVault, about: str) -> Iterator[Said]:
    for entry, identity in vault.journal.about(about):
        if entry.kind in (FINISHED, KEPT, SETTLED):
            told = sealed.payload(vault, entry)
            if told is not None:
                yield Said(entry, identity, told)
