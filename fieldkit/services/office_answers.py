"""What was sealed for headquarters, read and counted there by whoever is cleared for it (R-066, `protection.md`
4, 15).

1. Somebody who is not cleared sees that something is sealed, and whom to ask; never what, nor whether.
2. Reading a case is an entry about that case; counting is an entry about the figures, without any content
   (`services.sealed`, rule 2). What cannot be written down is neither read nor counted.
3. What came as a link, because the person or the day did not allow more, is said to be withheld. It is not a no.
4. Persons are counted once a value, over all posts and days: sealed answers are never crossed with a post, a
   day, a nationality or a category. What was not asked is never 0, and what is sealed to whoever counts is no
   figure at all.
5. A category that is sealed itself (`confidential`) is told and counted here as answers are, and nowhere else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fieldkit.domain.access import Action
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.entries import subject
from fieldkit.domain.outcome import Mark
from fieldkit.headquarters import queries
from fieldkit.headquarters.counting import AnswerFigure, AnswerRow, Asked, count_answers
from fieldkit.services import enrolment, sealed
from fieldkit.services.case_file import CASE, FINISHED
from fieldkit.services.refs import leaf
from fieldkit.services.sealed import SEALED, Hidden
from fieldkit.services.vault import OpenVault
from fieldkit.storage import sealed_office
from fieldkit.storage.attachments import submission_holder
from fieldkit.storage.errors import ClassFault
from fieldkit.storage.journal import State
from fieldkit.storage.kinds_sealed import TRAVELS

CONFIRMED = "outcome.confirmed"
FIGURES = subject("figures", "sealed")
"""What the entry is about that says that somebody counted."""

_ENDED = {Mark.DECLINED: Asked.DECLINED, Mark.NOT_ASKED: Asked.NOT_ASKED}


@dataclass(frozen=True, slots=True)
class Told:
    """One sealed answer: its class, its codebook name, the values as they are kept."""

    name: SealedClass
    fact: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SealedCase:
    """What is sealed of one case. `categories`: those that stand and are sealed; `hidden`: classes that this
    person may not read, and whom to ask; `withheld`: how many sealed parts came without their content; `lost`: how
    many are sealed to a key that went with its last reader.
    """

    told: tuple[Told, ...]
    categories: tuple[tuple[SealedClass, str], ...]
    hidden: tuple[Hidden, ...]
    withheld: int
    lost: int


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A file of a sealed answer: its class, where it lies, what it is, bytes."""

    kept_as: SealedClass
    holder: str
    name: str
    media_type: str
    size: int


def of_case(vault: OpenVault, case: str) -> SealedCase:
    """The sealed answers of a case that this person may read; that they read them is written down (rule 2).

    Raises PersonFault `access.not_allowed`; ExchangeFault `enrol.not_headquarters`; DatabaseFault; JournalFault
    `journal.payload_altered` when what came is not what its entry names.
    """
    vault.demand(Action.COUNT)
    enrolment.office_keys(vault)
    about = subject(CASE, case)
    entries = [entry for entry, _ in vault.journal.about(about) if entry.kind in TRAVELS]
    held = {vault.sealed.class_of(entry.payload) for entry in entries} - {None}
    entries = [entry for entry in entries if entry.kind == SEALED]
    standing = _standing(vault, case)
    parts = [part for part in sealed.parts(vault, about) if part.instance_id in standing]
    return SealedCase(
        tuple(
            Told(part.name, fact, tuple(values))
            for part in parts
            for fact, values in part.payload["facts"].items()
        ),
        _categories_of(vault, case),
        sealed.hidden(vault, [name for name in SealedClass if name in held]),
        sum(vault.journal.state(entry.payload) is State.WITHHELD for entry in entries),
        sum(not sealed_office.could_be_read(vault.database, entry.payload) for entry in entries),
    )


def files(vault: OpenVault, case: str) -> tuple[SealedFile, ...]:
    """The files of sealed answers of a case that this person may read; that they looked is written down. Raises as
    `of_case`."""
    vault.demand(Action.COUNT)
    enrolment.office_keys(vault)
    return tuple(
        SealedFile(part.name, submission_holder(part.instance_id), row["name"], row["type"], row["size"])
        for part in sealed.parts(vault, subject(CASE, case))
        for row in part.payload.get("attachments", ())
        if vault.attachments.find(submission_holder(part.instance_id), row["name"]) is not None
    )


def content(vault: OpenVault, file: SealedFile) -> bytes:
    """The bytes of such a file. Raises PersonFault `access.not_allowed`; ClassFault `sealed.not_cleared`;
    DatabaseFault `attachment.damaged`."""
    vault.demand(Action.COUNT)
    if not vault.cleared(file.kept_as):
        raise ClassFault("sealed.not_cleared")
    return vault.attachments.content(file.holder, file.name)


def counts(vault: OpenVault) -> dict[SealedClass, tuple[AnswerFigure, ...]]:
    """For every class that this person is cleared for and of which something is held: persons by answer (rule 4).

    Raises as `of_case`.
    """
    vault.demand(Action.COUNT)
    enrolment.office_keys(vault)
    standing = _standing(vault)
    held = [row for row in queries.sealed_payloads(vault.database, SEALED) if vault.cleared(row.name)]
    sealed.write_down(vault, FIGURES, {row.name for row in held})
    rows: dict[SealedClass, list[AnswerRow]] = {}
    for row in held:
        opened = vault.sealed.open(row.digest)
        said = opened.value() if opened is not None else {}
        if said.get("instance_id") in standing:
            rows.setdefault(row.name, []).extend(_rows(vault, row.case, said))
    return {name: count_answers(rows[name]) for name in SealedClass if name in rows}


def categories(vault: OpenVault) -> dict[SealedClass, tuple[tuple[str, int], ...]]:
    """For every class that this person is cleared for: persons by category that is sealed itself (rule 5).

    Raises as `of_case`.
    """
    vault.demand(Action.COUNT)
    enrolment.office_keys(vault)
    held = [row for row in queries.sealed_payloads(vault.database, CONFIRMED) if vault.cleared(row.name)]
    sealed.write_down(vault, FIGURES, {row.name for row in held})
    persons: dict[SealedClass, dict[str, set[str]]] = {}
    for row, said in _opened(vault, CONFIRMED):
        persons.setdefault(row.name, {}).setdefault(str(said["category"]), set()).add(row.case)
    return {
        name: tuple((category, len(cases)) for category, cases in sorted(of_class.items()))
        for name, of_class in persons.items()
    }


def _categories_of(vault: OpenVault, case: str) -> tuple[tuple[SealedClass, str], ...]:
    found = [(row.name, str(said["category"])) for row, said in _opened(vault, CONFIRMED, case)]
    sealed.write_down(vault, subject(CASE, case), {name for name, _ in found})
    return tuple(dict.fromkeys(found))


def _standing(vault: OpenVault, case: str = "") -> frozenset[str]:
    """The interviews that stand, those that are sealed as a whole included."""
    whole = {str(said["instance_id"]) for _, said in _opened(vault, FINISHED, case)}
    return queries.standing_instances(vault.database) | whole


def _opened(
    vault: OpenVault, kind: str, case: str = ""
) -> Iterator[tuple[queries.SealedRow, Mapping[str, Any]]]:
    """What is held sealed of a kind and this person may read."""
    for row in queries.sealed_payloads(vault.database, kind, case):
        opened = vault.sealed.open(row.digest) if vault.cleared(row.name) else None
        if opened is not None:
            yield row, opened.value()


def _rows(vault: OpenVault, case: str, said: Mapping[str, Any]) -> Iterator[AnswerRow]:
    """One row a question that was asked, or was not, in one interview."""
    facts, marks = said["facts"], {leaf(ref): Mark(mark) for ref, mark in said["marks"].items()}
    for name in dict.fromkeys((*facts, *marks)):
        choices = bool(vault.codebook.facts[name].list) if name in vault.codebook.facts else False
        values = [one for value in facts.get(name, ()) for one in (value.split() if choices else [value])]
        way = Asked.ASKED if values else _ENDED.get(marks.get(name, Mark.NOT_ASKED), Asked.ASKED)
        # What people said in their own words is read, never counted.
        yield AnswerRow(case, name, tuple(values) if choices else (), way)
