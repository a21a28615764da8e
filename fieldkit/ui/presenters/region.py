"""What the page of the region decides: which one is shown, what is said beside each item, who may choose or print.

1. What is in force is shown first. Where none is, those that come with the program can be looked at, each with the
   word that it is a sample (`services.region`, rule 1).
2. Only a vault made for training offers to use one; headquarters may begin a pack of its own from one.
3. An expired item is shown with its mark and is not on the paper.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from fieldkit.content.provenance import Mark, Provenance
from fieldkit.content.regions import Region, State
from fieldkit.domain.access import Action
from fieldkit.languages.autonyms import autonym
from fieldkit.services import pack_source, region
from fieldkit.services.door import Desk
from fieldkit.services.region_paper import Said, document
from fieldkit.ui.presenters.pages import Paper, document_paper

if TYPE_CHECKING:
    from pathlib import Path

    from fieldkit.services.vault import OpenVault


@dataclass(frozen=True, slots=True)
class Item:
    """One item as it is shown: a name, its text, and what has to be said beside it."""

    name: str
    text: str
    about: str
    expired: bool


@dataclass(frozen=True, slots=True)
class Procedure:
    """The steps of one pathway."""

    title: str
    steps: tuple[Item, ...]


class RegionPage:
    """The regions as somebody at this desk sees them, in the language `tag`."""

    def __init__(self, vault: OpenVault, tag: str) -> None:
        self._vault = vault
        self.said = Said(vault.codebook, tag, vault.world.today())
        self.may_choose = vault.training and vault.may(Action.IMPORT_FORM)
        self.may_begin = vault.desk is Desk.HEADQUARTERS and vault.may(Action.CERTIFY)
        self.may_print = vault.may(Action.PRINT_LEAFLET)
        self.read()

    def read(self) -> None:
        """Read what is in force. Raises ContentFault."""
        self.here = region.here(self._vault)
        self.samples = region.shipped(self._vault.codebook)
        self.is_sample = region.is_sample(self._vault)

    def find(self, name: str) -> Region | None:
        """The region that is shown: one that was asked for, else the one in force."""
        if not name or (self.here is not None and name == self.here.id):
            return self.here
        return next((one for one in self.samples if one.id == name), None)

    def shows_sample(self, one: Region) -> bool:
        """Whether what is shown came with the program, and not with a pack."""
        return self.is_sample or self.here is None or one.id != self.here.id

    def name(self, one: Region) -> str:
        """What a region is called."""
        return self.said.of(f"region/{one.id}/name", one.name)

    def notes(self, one: Region) -> tuple[str, ...]:
        """What has to be said of the whole region."""
        names = [*(["region/sample"] if self.shows_sample(one) else [])]
        names += ["region/skeleton"] if one.state is State.SKELETON else []
        return tuple(map(self.said.text, names))

    def text(self, one: Region) -> str:
        """What it is about."""
        return self.said.of(f"region/{one.id}/text", one.text)

    def bodies(self, one: Region) -> tuple[Item, ...]:
        """Who does what."""
        return tuple(
            self._item(
                one,
                self.said.of(f"actor/{body.id}/name", body.name),
                self.said.of(f"actor/{body.id}/part", body.part),
                body.about,
            )
            for body in one.actors
        )

    def definitions(self, one: Region) -> tuple[Item, ...]:
        """What the words mean."""
        return tuple(
            self._item(
                one,
                self.said.of(f"definition/{held.id}/term", held.term),
                f"{self.said.of(f'definition/{held.id}/text', held.text)} ({held.instrument})",
                held.about,
            )
            for held in one.definitions
        )

    def movement(self, one: Region) -> tuple[Item, ...]:
        """The rules on moving freely."""
        return tuple(
            self._item(
                one,
                self.said.of(f"movement/{rule.id}/name", rule.name),
                f"{self.said.of(f'movement/{rule.id}/who', rule.who)} "
                f"{self.said.of(f'movement/{rule.id}/text', rule.text)}",
                rule.about,
            )
            for rule in one.movement
        )

    def procedures(self, one: Region) -> tuple[Procedure, ...]:
        """The steps of each pathway, in order."""
        found = []
        for (category, _), steps in sorted(one.procedures.steps.items()):
            title = self._vault.codebook.category_name(category, self.said.words)
            items = [self._item(one, "", self.said.step(step), step.about) for step in steps]
            once = self.said.together([step.about for step in steps], one)
            if once:  # said once, beside the last step
                items = [replace(item, about="") for item in items[:-1]] + [replace(items[-1], about=once)]
            found.append(Procedure(title, tuple(items)))
        return tuple(found)

    def languages(self, one: Region) -> tuple[str, ...]:
        """Which languages are met, and on whose side."""
        return tuple(
            f"{autonym(held.language)}: {self.said.text(f'region/{held.side.value}')}"
            for held in one.languages
        )

    def missing(self, one: Region) -> tuple[str, ...]:
        """What nobody has written yet, and who could."""
        return tuple(
            f"{self.said.of(f'missing/{gap.id}/text', gap.text)} "
            + self.said.text("region/who_could", who=self.said.of(f"missing/{gap.id}/who", gap.who))
            for gap in one.missing
        )

    def paper(self, one: Region) -> Paper:
        """The region, to be printed."""
        make = partial(document, self._vault, one, self.said.tag, sample=self.shows_sample(one))
        return document_paper(self._vault, "region", self.said.tag, make)

    def choose(self, name: str) -> None:
        """Let a sample serve in this vault, or none. Raises as `services.region.choose`."""
        region.choose(self._vault, name)
        self.said = Said(self._vault.codebook, self.said.tag, self.said.today)
        self.read()

    def begin(self, name: str, folder: Path) -> int:
        """Write a sample into an empty folder; how many files. Raises as `services.pack_source.begin_from`."""
        return len(pack_source.begin_from(self._vault, name, folder))

    def _item(self, one: Region, name: str, text: str, about: Provenance) -> Item:
        expired = Mark.EXPIRED in about.marks(self.said.today)
        return Item(name, text, self.said.about(about, one), expired)
