"""The desks at which the stories of `protection.md` happen, and what lies on them.

A story is a function of one argument, `desks`, so that `test_protection_switched_off` can tell it again while a
rule is switched off.
"""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from fieldkit.domain.access import Role
from fieldkit.domain.document import (
    Block,
    Box,
    Code,
    Document,
    Facing,
    Heading,
    Items,
    Paragraph,
    Picture,
    Run,
    Sketch,
    Table,
)
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.shelf import Shelf
from fieldkit.files import resources
from fieldkit.services.vault import OpenVault, Person
from tests.stories import offices
from tests.stories.offices import Office
from tests.worlds import MORNING, world

_numbers, _days = itertools.count(1), itertools.count(1)


class Desks:
    """Posts of one headquarters, made when a story asks for them."""

    def __init__(self, folder: Path, office: Office) -> None:
        self.office = office
        self._folder = folder
        self._open: list[OpenVault] = []

    @cached_property
    def training(self) -> OpenVault:
        """A vault for learning: invented contacts are in its directory."""
        return self._post("Training post (invented)", training=True)

    @cached_property
    def lake(self) -> OpenVault:
        """Another post, of another organisation, with which letters are exchanged."""
        return self._post("Lake post (invented)", training=True)

    @cached_property
    def real(self) -> OpenVault:
        """A vault for real work, on its first morning."""
        return self._post("River post (invented)", training=False)

    @cached_property
    def enrolled(self) -> OpenVault:
        """A post that may send to headquarters, on a day on which nobody else does."""
        post = self._post("Enrolled post (invented)", training=True, days=next(_days))
        offices.enrol(post, self.office)
        return post

    @cached_property
    def stick(self) -> Path:
        """An empty stick."""
        folder = self._folder / f"stick-{next(_numbers)}"
        folder.mkdir()
        return folder

    def somebody_called(self, name: str) -> str:
        """A name that no other story and no other telling of this one has brought to headquarters."""
        return f"{name} {next(_numbers)}-Invented"

    def _post(self, name: str, *, training: bool, days: int = 0) -> OpenVault:
        number = next(_numbers)
        at = world(f"{name} {number}", MORNING + timedelta(days=days))
        self._open.append(offices.open_post(self._folder / f"post-{number}", name, training=training, at=at))
        return self._open[-1]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for vault in self._open:
            vault.close()


def only_as(vault: OpenVault, *roles: Role) -> OpenVault:
    """The same desk with somebody at it who has these roles and no other."""
    vault.person = replace(vault.person, roles=frozenset(roles))
    return vault


def sits_down(vault: OpenVault, label: str, *roles: Role) -> OpenVault:
    """Somebody else with an account of their own works at this laptop from now on."""
    person = new_id(vault.world.randomness)
    told = {"label": label, "roles": sorted(role.value for role in roles)}
    vault.journal.append(
        actor=person, subject=subject("person", person), kind="person.added", payload=dict(told)
    )
    vault.person = Person(person, label, frozenset(roles))
    return vault


def sets_days(vault: OpenVault, *rows: str) -> None:
    """The content in force gets these rows of `codebook/limits.csv`, as a country's pack would bring them."""
    head = "limit,jurisdiction,days,source,reviewed_by,reviewed_on,valid_until"
    table = "\n".join((head, *rows)).encode()
    vault.__dict__["content"] = (Shelf(resources(), {"codebook/limits.csv": table}), None)


def text_of(document: Document) -> str:
    """Everything that can be read on a paper, its title for the reader program included."""
    said = [document.title, document.header, document.footer, document.draft_notice, *document.keywords]
    return "\n".join((*said, *_lines(document.blocks)))


def _lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield _joined(block.runs)
            case Items():
                yield from (_joined(item) for item in block.items)
            case Table():
                yield from (_joined(cell) for row in block.rows for cell in row)
            case Box():
                yield from _lines(block.blocks)
            case Picture():
                yield block.alt
                yield from _lines(block.blocks)
            case Facing():
                for row in block.rows:
                    yield from _lines(row[0])
                    yield from _lines(row[1])
            case Code() | Sketch():
                yield block.alt
            case _:
                pass


def _joined(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)
