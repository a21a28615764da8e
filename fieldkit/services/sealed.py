"""Reading what is sealed: the one way to values of a sealed class, for screens, papers and exports (R-163, R-066).

1. Only who is cleared reads: by the role (at headquarters: by name), and by the key in their ring
   (`OpenVault.cleared`).
2. What is read is written down first, as an entry without content: who, of which case, which class; once a
   sign-in. What cannot be written down is not read.
3. Who is not cleared sees that something is sealed, and whom to ask. Which classes a form seals says nothing about
   what was answered.
4. A rule that reads an answer which is sealed to this person *cannot tell* (`protection.md` 1).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fieldkit.domain.classes import SealedClass
from fieldkit.domain.entries import Entry, subject
from fieldkit.domain.outcome import Mark
from fieldkit.services.case_file import CASE, FINISHED, CaseFile, read_case
from fieldkit.services.judge import Answers
from fieldkit.services.refs import leaf
from fieldkit.services.vault import OpenVault
from fieldkit.storage import sealed as storage
from fieldkit.storage.journal import identity
from fieldkit.storage.kinds_sealed import READ, SEALED_KINDS

SEALED, SEALED_KEPT = "submission.sealed", "submission.sealed_kept"
"""The answers of one class that headquarters is a recipient of, and the rest of them with their bytes."""
KINDS = SEALED_KINDS


@dataclass(frozen=True, slots=True)
class Part:
    """One sealed entry that was opened: what of one interview is of one class."""

    entry: str
    """Its identity."""
    kind: str
    name: SealedClass
    payload: Mapping[str, Any]

    @property
    def instance_id(self) -> str:
        """The interview it belongs to."""
        return str(self.payload["instance_id"])


@dataclass(frozen=True, slots=True)
class Hidden:
    """A class that is sealed to this person, and the labels of those who can read it."""

    name: SealedClass
    ask: tuple[str, ...]


def parts(vault: OpenVault, about: str, but: frozenset[str] = frozenset()) -> tuple[Part, ...]:
    """Everything sealed about a case that this person may read, `but` these payloads; that they read it is written
    down (rule 2).

    Raises DatabaseFault, JournalFault `journal.payload_altered`.
    """
    held = [one for one in _readable(vault, about) if one[0].payload not in but]
    _write_down(vault, about, {name for _, _, name in held})
    return tuple(Part(digest, entry.kind, name, _value(vault, entry)) for entry, digest, name in held)


def case_file(vault: OpenVault, case: str) -> CaseFile:
    """The case with everything of it that this person may read, what they wrote themselves since signing in
    included. Raises PersonFault `case.unknown`; as `parts`."""

    def opened(entry: Entry) -> dict[str, Any] | None:
        own = vault.wrote_sealed.get((vault.person.id, entry.payload))
        return own if own is not None else payload(vault, entry)

    return read_case(vault.journal, case, opened)


def payload(vault: OpenVault, entry: Entry) -> dict[str, Any] | None:
    """What any entry says, sealed or not; None where it is not held or not for this person. Raises as `parts`."""
    held = vault.journal.payload(entry.payload)
    if held is not None:
        return held.value()
    name = vault.sealed.class_of(entry.payload)
    if name is None or not vault.cleared(name) or not vault.sealed.opens(entry.payload):
        return None
    _write_down(vault, entry.subject, {name})
    return _value(vault, entry)


def answers(
    vault: OpenVault, file: CaseFile, at_hand: Answers | None = None, written: frozenset[str] = frozenset()
) -> Answers:
    """Every standing answer of a case that this person may see: the one function for its values.

    `at_hand` are the answers of an interview that is just being finished, `written` its payloads. What is sealed
    has the mark SEALED. Raises as `parts`.
    """
    known = file.answers()
    values: dict[str, list[str]] = {name: list(given) for name, given in known.values.items()}
    marks = dict(known.marks)
    standing = {said.payload["instance_id"] for said in file.standing(FINISHED)}
    for part in parts(vault, subject(CASE, file.id), written):
        if part.instance_id in standing:
            _add(values, marks, part.payload["facts"], part.payload["marks"])
    if at_hand is not None:
        _add(values, marks, at_hand.values, at_hand.marks)
    for name in names_hidden(vault, file):
        if at_hand is None or (name not in at_hand.values and name not in at_hand.marks):
            marks[name] = Mark.SEALED
    return Answers({name: tuple(dict.fromkeys(given)) for name, given in values.items()}, marks)


def names_hidden(vault: OpenVault, file: CaseFile) -> frozenset[str]:
    """The codebook names of which an answer may be sealed to this person."""
    classes = {one.name for one in hidden(vault, classes_in(file))}
    return frozenset(f.name for f in vault.codebook.facts.values() if f.sensitivity.sealed_class in classes)


def classes_in(file: CaseFile) -> frozenset[SealedClass]:
    """The classes of which something is sealed in a case, as far as its open entries tell."""
    return classes_of(file.submissions()) | {one.name for one in file.not_read}


def classes_of(submissions: Iterable[Mapping[str, Any]]) -> frozenset[SealedClass]:
    """The classes that finished interviews say they sealed."""
    told = {name for said in submissions for name in said.get("sealed", ())}
    return frozenset(SealedClass(name) for name in told if name in set(SealedClass))


def hidden(vault: OpenVault, classes: Iterable[SealedClass]) -> tuple[Hidden, ...]:
    """Those of `classes` that this person may not read, and whom to ask (rule 3)."""
    wanted = set(classes)
    return tuple(
        Hidden(name, who_reads(vault, name))
        for name in SealedClass
        if name in wanted and not vault.cleared(name)
    )


def who_reads(vault: OpenVault, name: SealedClass) -> tuple[str, ...]:
    """The labels of the people who hold the key of a class and are cleared for it."""
    found = []
    for person in storage.holders(vault.database, name):
        if name in vault.clearance_of(person):
            found.append(vault.queries.person(person)[0])
    return tuple(found)


def whom_to_ask(found: Iterable[Hidden]) -> str:
    """The labels of all who can read what is hidden, once each; empty when nobody can."""
    return ", ".join(dict.fromkeys(label for one in found for label in one.ask))


def _readable(vault: OpenVault, about: str) -> Iterator[tuple[Entry, str, SealedClass]]:
    for entry, digest in vault.journal.about(about):
        name = vault.sealed.class_of(entry.payload) if entry.kind in KINDS else None
        if name is not None and vault.cleared(name) and vault.sealed.opens(entry.payload):
            yield entry, digest, name


def _value(vault: OpenVault, entry: Entry) -> dict[str, Any]:
    opened = vault.sealed.open(entry.payload)
    assert opened is not None, "asked before whether this ring opens it"
    return opened.value()


def write_down(vault: OpenVault, about: str, names: set[SealedClass]) -> None:
    """That this person is about to read what is sealed about a subject (rule 2): before they do. Raises
    DatabaseFault."""
    _write_down(vault, about, names)


def _write_down(vault: OpenVault, about: str, names: set[SealedClass]) -> None:
    """Rule 2."""
    new = {name for name in names if not _is_written(vault, about, name)}
    if not new:
        return
    entry = vault.journal.append(
        actor=vault.person.id,
        subject=about,
        kind=READ,
        payload={"classes": sorted(name.value for name in new)},
    )
    vault.read_before.update(dict.fromkeys(((about, name) for name in new), identity(entry)))


def _is_written(vault: OpenVault, about: str, name: SealedClass) -> bool:
    """Whether this was read before since sign-in, and the entry of it was not taken back with something else."""
    written = vault.read_before.get((about, name))
    return written is not None and vault.journal.find(written) is not None


def _add(
    values: dict[str, list[str]],
    marks: dict[str, Mark],
    facts: Mapping[str, Iterable[str]],
    ended: Mapping[str, str],
) -> None:
    for name, given in facts.items():
        values.setdefault(name, []).extend(given)
    for ref, mark in ended.items():
        marks[leaf(ref)] = Mark(mark)
