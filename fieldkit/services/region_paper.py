"""What is said beside every item of a region's content, and the region on paper (R-041, R-062, R-159).

1. Beside each item stand the place it is meant for, its source, and who reviewed it, or that nobody did.
2. What has expired is left out on paper, and the paper says that something is (K-33).
3. A sample says so at the top: nobody who works there has reviewed it (`protection.md` 11).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from fieldkit.content.codebook import Codebook
from fieldkit.content.provenance import EVERYWHERE, Mark, Provenance
from fieldkit.content.regions import Actor, Region, State
from fieldkit.content.steps import ProcedureStep
from fieldkit.domain.document import Block, Box, Contents, Document, Heading, Items, Paragraph, Run
from fieldkit.languages import catalogues
from fieldkit.languages.autonyms import autonym
from fieldkit.languages.catalogues import Words
from fieldkit.languages.direction import is_rtl
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.numbers import format_date
from fieldkit.services.vault import OpenVault

SOURCES = ("000", "001", "002", "003", "004")


class Said:
    """The sentences about items, in one language."""

    def __init__(self, codebook: Codebook, tag: str, today: date) -> None:
        self.tag, self.today = tag, today
        self.words: Words = catalogues.load(tag, "codebook")
        self._codebook = codebook

    def text(self, name: str, /, **data: str) -> str:
        """A sentence of the codebook by its id, filled in."""
        return self._codebook.say(name, self.words).format(**data)

    def of(self, context: str, text: str) -> str:
        """A region's own text in the language, or as it is written."""
        return self.words.in_context(context, text)

    def place(self, about: Provenance, region: Region | None) -> str:
        """The place an item is meant for, in words."""
        if about.jurisdiction == EVERYWHERE:
            return self.text("provenance/everywhere")
        if region is not None and about.jurisdiction == region.id:
            return self.of(f"region/{region.id}/name", region.name)
        return self._codebook.choice_label("countries", about.jurisdiction, self.words)

    def about(self, about: Provenance, region: Region | None) -> str:
        """Everything that has to be said beside an item (rule 1)."""
        parts = [
            self.text("provenance/place", place=self.place(about, region)),
            self.text("provenance/source", source=self._kept_apart(about.source)),
            self.review(about),
        ]
        if about.valid_until is not None:
            name = "expired" if Mark.EXPIRED in about.marks(self.today) else "until"
            parts.append(self.text(f"provenance/{name}", day=format_date(about.valid_until, self.tag)))
        return " ".join(parts)

    def together(self, abouts: Sequence[Provenance], region: Region | None) -> str:
        """What has to be said beside several items at once; empty when it is not the same of all but the source."""
        if len({replace(about, source="") for about in abouts}) != 1:
            return ""
        sources = dict.fromkeys(part for one in abouts for part in one.source.split("; "))
        return self.about(replace(abouts[0], source="; ".join(sources)), region)

    def review(self, about: Provenance) -> str:
        """Who reviewed it and when, or that nobody did."""
        if about.reviewed_by is None or about.reviewed_on is None:
            return self.text("provenance/unreviewed")
        name, day = self._kept_apart(about.reviewed_by), format_date(about.reviewed_on, self.tag)
        return self.text("provenance/reviewed", name=name, day=day)

    def _kept_apart(self, name: str) -> str:
        """A name in another script: in right-to-left text it would take the day that follows it with it."""
        return isolate_words(name) if is_rtl(self.tag) else name

    def step(self, step: ProcedureStep) -> str:
        """When, who and what."""
        when = self.text("region/as_soon")
        if step.within_hours is not None:
            hours = str(step.within_hours)
            when = (
                self.text("region/within", hours=hours) if step.within_hours else self.text("region/at_once")
            )
        who = self._codebook.choice_label("actors", step.actor, self.words)
        return f"{when}. {who}: {step.say(self.words)}"

    def bodies(self, bodies: Sequence[Actor]) -> str:
        """Who has this part here, by name; empty where the region names nobody (R-049)."""
        names = "; ".join(self.of(f"actor/{one.id}/name", one.name) for one in bodies)
        return self.text("region/here", names=names) if names else ""

    def sources(self) -> tuple[str, ...]:
        """The reports behind the numbers."""
        return tuple(self.text(f"source/{number}") for number in SOURCES)


def document(vault: OpenVault, region: Region, tag: str, *, sample: bool) -> Document:
    """A region as a document: what has not expired, with what has to be said beside it."""
    return _Making(
        Said(vault.codebook, tag, vault.world.today()), vault.codebook, region, sample=sample
    ).document()


class _Making:
    """One document being made."""

    def __init__(self, said: Said, codebook: Codebook, region: Region, *, sample: bool) -> None:
        self.said, self.codebook, self.region, self.sample = said, codebook, region, sample
        self.left_out = False

    def document(self) -> Document:
        said, region = self.said, self.region
        body = [*self._bodies(), *self._steps(), *self._definitions(), *self._movement(), *self._end()]
        title = said.of(f"region/{region.id}/name", region.name)
        top = (Heading(1, (Run(title),), said.tag), self._careful(), Contents(said.tag))
        return Document(title, said.tag, (*top, *body), footer=self._footer())

    def _footer(self) -> str:
        unread = any(about.reviewed_by is None for about in self.region.abouts())
        return self.said.text("law/not_reviewed") if unread else ""

    def _careful(self) -> Box:
        names = [
            *(["region/sample"] if self.sample else []),
            *(["region/skeleton"] if self.region.state is State.SKELETON else []),
            *(["region/left_out"] if self.left_out else []),
        ]
        text = self.said.of(f"region/{self.region.id}/text", self.region.text)
        return Box(tuple(self._paragraph(one) for one in (*map(self.said.text, names), text)), careful=True)

    def _bodies(self) -> Iterator[Block]:
        yield self._heading("region/bodies")
        for one in self.region.actors:
            if self._may(one.about):
                name = self.said.of(f"actor/{one.id}/name", one.name)
                yield from self._item(name, self.said.of(f"actor/{one.id}/part", one.part), one.about)

    def _steps(self) -> Iterator[Block]:
        held = self.region.procedures.steps
        if held:
            yield self._heading("region/steps")
        for (category, place), steps in sorted(held.items()):
            kept = [step for step in steps if self._may(step.about)]
            if kept:
                name = self.codebook.category_name(category, self.said.words)
                where = "" if place == self.region.id else f" ({self.said.place(kept[0].about, self.region)})"
                yield self._heading_of(3, f"{name}{where}")
                runs = tuple((Run(self.said.step(step)),) for step in kept)
                yield Items(runs, self.said.tag, numbered=True)
                yield self._small(kept)

    def _small(self, steps: list[ProcedureStep]) -> Paragraph:
        sources = "; ".join(dict.fromkeys(step.about.source for step in steps))
        said = [self.said.text("provenance/source", source=sources)]
        said += list(dict.fromkeys(self.said.review(step.about) for step in steps))
        return self._paragraph(" ".join(said), small=True)

    def _definitions(self) -> Iterator[Block]:
        yield self._heading("region/definitions")
        for one in self.region.definitions:
            if self._may(one.about):
                term = self.said.of(f"definition/{one.id}/term", one.term)
                text = f"{self.said.of(f'definition/{one.id}/text', one.text)} ({one.instrument})"
                yield from self._item(term, text, one.about)

    def _movement(self) -> Iterator[Block]:
        if self.region.movement:
            yield self._heading("region/movement")
        for one in self.region.movement:
            if self._may(one.about):
                who = self.said.of(f"movement/{one.id}/who", one.who)
                text = f"{who} {self.said.of(f'movement/{one.id}/text', one.text)}"
                yield from self._item(self.said.of(f"movement/{one.id}/name", one.name), text, one.about)

    def _end(self) -> Iterator[Block]:
        yield self._heading("region/languages")
        spoken = tuple(
            (Run(f"{autonym(one.language)}: {self.said.text(f'region/{one.side.value}')}"),)
            for one in self.region.languages
        )
        yield Items(spoken, self.said.tag)
        yield self._heading("region/missing")
        yield Items(
            tuple((Run(self.missing(one.id, one.text, one.who)),) for one in self.region.missing),
            self.said.tag,
        )
        yield self._heading("source/legend")
        yield Items(tuple((Run(one),) for one in self.said.sources()), self.said.tag)

    def missing(self, name: str, text: str, who: str) -> str:
        """What is missing, and who could say."""
        could = self.said.text("region/who_could", who=self.said.of(f"missing/{name}/who", who))
        return f"{self.said.of(f'missing/{name}/text', text)} {could}"

    def _may(self, about: Provenance) -> bool:
        may = about.may_be_printed(self.said.today)
        self.left_out = self.left_out or not may
        return may

    def _item(self, name: str, text: str, about: Provenance) -> Iterator[Block]:
        yield Paragraph((Run(name, bold=True),), self.said.tag, leads_in=True)
        yield self._paragraph(text)
        yield self._paragraph(self.said.about(about, self.region), small=True)

    def _heading(self, name: str) -> Heading:
        return self._heading_of(2, self.said.text(name))

    def _heading_of(self, level: int, text: str) -> Heading:
        return Heading(level, (Run(text),), self.said.tag)

    def _paragraph(self, text: str, *, small: bool = False) -> Paragraph:
        return Paragraph((Run(text),), self.said.tag, small=small)
