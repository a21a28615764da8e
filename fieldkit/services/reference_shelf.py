"""The shelf of information on countries, areas of return, treaties and papers of a region (R-153).

1. In training an invented sample stands where no pack has anything; nowhere else. A shelf without a pack is empty
   and says so.
2. Beside each item stand the place, the day on which it was true, its source and its review; what is old or expired
   is marked before anything else is read.
3. On paper stands only what has not expired, and the paper says that something was left out (K-33).
4. It decides nothing about anybody: every page says so (K-16, K-17).
"""

from collections.abc import Iterable, Iterator

from fieldkit.content import reference
from fieldkit.content.provenance import Mark
from fieldkit.content.reference import Item, Kind
from fieldkit.domain.document import Block, Document, Heading, Paragraph, Run
from fieldkit.files import resources
from fieldkit.languages import catalogues
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date
from fieldkit.services import region
from fieldkit.services.library import folded
from fieldkit.services.region_paper import Said
from fieldkit.services.vault import OpenVault

KINDS: dict[Kind, str] = {
    Kind.ORIGIN: mark("Countries of origin"),
    Kind.RETURN_AREA: mark("Areas of return"),
    Kind.TREATY: mark("Treaties"),
    Kind.REGIONAL: mark("Papers of the region"),
    Kind.DECISION: mark("Decisions of courts"),
    Kind.GUIDANCE: mark("Guidance of agencies"),
}
TITLE = mark("What is known of countries and treaties")
NOT_ABOUT_ONE = mark(
    "It is about places, not about one person. Nobody is believed or not believed because of it, and it decides "
    "nothing."
)
_SAMPLE = mark("Everything here is invented, for training.")
_DATED = mark("As it was on {day}.")
_OLD = mark("Old: it is more than a year since this was true. Ask before you rely on it.")
_EXPIRED = mark("Expired. Do not use it; ask headquarters for what is true today.")
_LEFT_OUT = mark("What has expired is left out here.")


class ReferenceShelf:
    """The items as somebody here sees them, in the language `tag`; the items stay in their own."""

    def __init__(self, vault: OpenVault, tag: str) -> None:
        self._vault = vault
        self._words = catalogues.load(tag, "interface")
        self._today = vault.world.today()
        self._said = Said(vault.codebook, tag, self._today)
        self._region = region.here(vault)
        held = reference.load(vault.content[0], vault.codebook)
        self.is_sample = not held and vault.training
        self.items: tuple[Item, ...] = (
            reference.sample(resources(), vault.codebook) if self.is_sample else held
        )

    def notes(self) -> tuple[str, ...]:
        """What is said of the whole shelf."""
        say = self._words.say
        return (*((say(_SAMPLE),) if self.is_sample else ()), say(NOT_ABOUT_ONE))

    def groups(self, items: Iterable[Item]) -> tuple[tuple[str, tuple[Item, ...]], ...]:
        """Items under what they are about."""
        held = tuple(items)
        found = (
            (self._words.say(text), tuple(one for one in held if one.kind is kind))
            for kind, text in KINDS.items()
        )
        return tuple((text, those) for text, those in found if those)

    def search(self, typed: str) -> tuple[Item, ...]:
        """The items that have every word, in title, text, source or the name of their place."""
        asked = folded(typed).split()
        return tuple(one for one in self.items if asked and all(word in self._folded(one) for word in asked))

    def warnings(self, one: Item) -> tuple[str, ...]:
        """What has to be said before an item is read (rule 2)."""
        if Mark.EXPIRED in one.about.marks(self._today):
            return (self._words.say(_EXPIRED),)
        return (self._words.say(_OLD),) if one.is_old(self._today) else ()

    def about(self, one: Item) -> str:
        """Everything that stands beside an item."""
        day = format_date(one.dated.isoformat(), self._said.tag)
        return f"{self._words.say(_DATED, day=day)} {self._said.about(one.about, self._region)}"

    def document(self) -> Document:
        """The shelf on paper (rule 3)."""
        title = self._words.say(TITLE)
        return Document(title, self._said.tag, tuple(self._blocks(title)))

    def _blocks(self, title: str) -> Iterator[Block]:
        tag, printed = self._said.tag, [one for one in self.items if one.may_be_printed(self._today)]
        yield Heading(1, (Run(title),), tag)
        left_out = (self._words.say(_LEFT_OUT),) if len(printed) < len(self.items) else ()
        for note in (*self.notes(), *left_out):
            yield Paragraph((Run(note),), tag)
        for group, items in self.groups(printed):
            yield Heading(2, (Run(group),), tag)
            for one in items:
                yield Paragraph((Run(one.title, bold=True),), one.language, leads_in=True)
                yield Paragraph((Run(one.text),), one.language)
                said = " ".join((*self.warnings(one), self.about(one)))
                yield Paragraph((Run(said),), tag, small=True)

    def _folded(self, one: Item) -> str:
        place = self._said.place(one.about, self._region)
        return folded(" ".join((one.title, one.text, one.about.source, place)))
