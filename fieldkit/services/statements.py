"""What headquarters signs and every post must hear: a table from a statement's name to who reads and who writes it.

1. A statement is believed by its own signature, wherever it lies: in a bundle home or alone on a stick.
2. New keys and the list of laptops come first, for the rest may be signed by what they name; then erasures: what
   was erased is looked at before anything else is taken in (`journal.md`, rule 7).
3. They may be part of a transaction of the caller's: what refuses one looks before anything is written for it.
4. A statement of a name that stands in no row comes from a newer version: it is counted and left, and headquarters
   sends it again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from fieldkit.domain.errors import FieldkitError, ForeignFault
from fieldkit.services import devices, erasure, receipts
from fieldkit.services.errors import ExchangeFault
from fieldkit.services.vault import OpenVault
from fieldkit.sync import erasures as erasure_statements
from fieldkit.sync import receipts as receipt_statements
from fieldkit.sync import succession, trust_list
from fieldkit.sync.homeward import MAX_STATEMENT_BYTES
from fieldkit.sync.statement import kind_of


@dataclass(frozen=True, slots=True)
class Part:
    """`accept` takes a statement in at a post, and does nothing the second time; `to_send` gives at headquarters
    those for one laptop (its device id)."""

    accept: Callable[[OpenVault, bytes], object]
    to_send: Callable[[OpenVault, str], Iterable[bytes]]


PARTS: Mapping[str, Part] = {
    succession.KIND: Part(devices.accept, devices.successions),
    trust_list.KIND: Part(devices.accept, devices.newest_list),
    erasure_statements.KIND: Part(erasure.accept, erasure.to_send),
    receipt_statements.KIND: Part(receipts.accept, receipts.to_send),
}
"""In the order in which they are taken in."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of statements: how many of each name were taken in, how many this version does not know, and why
    others were refused."""

    taken: Mapping[str, int]
    unknown: int
    refused: tuple[FieldkitError, ...]


def to_send(vault: OpenVault, device: str) -> tuple[bytes, ...]:
    """Every statement for a laptop."""
    return tuple(content for part in PARTS.values() for content in part.to_send(vault, device))


def count(contents: Iterable[bytes]) -> dict[str, int]:
    """How many statements of each name there are; nothing of them is believed. Empty is a name unknown here."""
    found: dict[str, int] = {}
    for content in contents:
        found[_name(content)] = found.get(_name(content), 0) + 1
    return found


def accept(vault: OpenVault, contents: Iterable[bytes]) -> Heard:
    """Take statements in, each for itself: one that is refused keeps no other out."""
    named = [(_name(content), content) for content in contents]
    taken: dict[str, int] = {}
    refused: list[FieldkitError] = []
    for name, part in PARTS.items():
        for content in (content for held, content in named if held == name):
            try:
                part.accept(vault, content)
            except (ForeignFault, ExchangeFault) as fault:
                refused.append(fault)
            else:
                taken[name] = taken.get(name, 0) + 1
    return Heard(taken, sum(name == "" for name, _ in named), tuple(refused))


def _name(content: bytes) -> str:
    try:
        name = kind_of(content, MAX_STATEMENT_BYTES)
    except ForeignFault:
        return ""
    return name if name in PARTS else ""
