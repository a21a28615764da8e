"""The library: leaflets found by any word in any language, what was chosen often, and what to do without a text.

1. A word is found in titles and in the whole text, in every language there is, whatever keyboard it was typed on:
   without capitals and accents (R-141).
2. What is offered says in which language and how far its text can be trusted; a leaflet without text in a language
   is never offered in it. Instead: the nearest language that the person also reads, the version in pictures, and
   the card that calls for an interpreter.
3. Favourites belong to this laptop and never travel. What was printed lately follows from the journal.
"""

import json
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from fieldkit.languages import catalogues
from fieldkit.languages.catalogues import Words
from fieldkit.languages.marking import mark
from fieldkit.languages.near import near
from fieldkit.leaflets import pictured, source
from fieldkit.leaflets.source import Status
from fieldkit.services.counsel import OfferedLeaflet, leaflet_languages
from fieldkit.services.vault import OpenVault

FAVOURITES = "library favourites"
"""The name of the list among the vault's belongings (rule 3)."""
HAS_TEXT = (Status.SOURCE, Status.REVIEWED, Status.DRAFT, Status.PARTLY)
RECENT = 8
ALSO_CALLED: Mapping[str, str] = {
    "all arrivals": mark("new arrivals, newcomers"),
    "children alone": mark("unaccompanied children, separated children, minors, teenagers"),
    "families": mark("parents, mothers, fathers, carers"),
    "women": mark("mothers, pregnant women"),
    "older people": mark("the elderly, old people, seniors"),
    "people who move on": mark("onward movement, refugees from elsewhere"),
    "people living in camps": mark("refugees in camps, refugee camp"),
    "people who think about going home": mark("voluntary return"),
    "people who came back to their country": mark("returnees, reintegration"),
    "communities of origin": mark("home communities, before departure"),
    "host community": mark("local people, neighbours, hosts"),
    "officials": mark("police, border guards, civil servants"),
}
"""Other words by which a group of a leaflet is looked for (R-146); leaflets keep their own."""


@dataclass(frozen=True, slots=True)
class Recent:
    """Something of the library that was printed or saved: the leaflet, in which language, on which day."""

    leaflet: str
    language: str
    day: str


@dataclass(frozen=True, slots=True)
class Instead:
    """What there is for somebody in whose language a leaflet has no text. `languages` are to be asked about, the
    nearest first; `pictures` whether there is a version in pictures."""

    languages: tuple[str, ...]
    pictures: bool


class Index:
    """Every word of every leaflet in every language (rule 1). Made once, when somebody first searches: a tenth of a
    second."""

    def __init__(self, vault: OpenVault) -> None:
        folder = vault.content[0]
        spoken = [catalogues.load(tag, "leaflets") for tag in leaflet_languages()]
        staff = [catalogues.load(tag, "interface") for tag in catalogues.available(domain="interface")]
        self._said: dict[str, str] = {}
        for leaflet in source.leaflet_ids(folder):
            held = source.read_leaflet(leaflet, folder)
            texts = [(f"{leaflet}/title", held.title)]
            texts += [(f"{leaflet}/{block.id}", block.text) for block in held.texts()]
            parts = [leaflet, *_called(held.groups, staff)]
            for words in spoken:
                parts += [words.in_context(context, text) for context, text in texts]
            self._said[leaflet] = folded("\n".join(dict.fromkeys(parts)))

    def found(self, typed: str) -> frozenset[str]:
        """The leaflets that have every word of `typed` somewhere; all when nothing was typed."""
        asked = folded(typed).split()
        return frozenset(one for one, said in self._said.items() if all(word in said for word in asked))


def _called(groups: Collection[str], staff: Collection[Words]) -> Iterator[str]:
    """Whom a leaflet is for, as leaflets say it and as people look for it, in every language of the program."""
    for group in groups:
        yield group
        for words in staff:
            yield words.say(group)
            if group in ALSO_CALLED:
                yield words.say(ALSO_CALLED[group])


def folded(text: str) -> str:
    """Without accents and capitals, so that a keyboard of another country finds it too."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def instead(held: OfferedLeaflet, language: str, also: Collection[str] = ()) -> Instead:
    """Rule 2. Languages in which the leaflet has text; where none lies near, English stands last."""
    asked = (*near(language, also), "en")
    have = [one for one in dict.fromkeys(asked) if one != language and has_text(held.languages, one)]
    return Instead(tuple(have), held.id in pictured.leaflets())


def has_text(languages: Mapping[str, Status], language: str) -> bool:
    """Whether there is anything to read in a language."""
    return languages.get(language, Status.MISSING) in HAS_TEXT


def groups(offered: Collection[OfferedLeaflet]) -> tuple[str, ...]:
    """The groups that leaflets are for, those of most leaflets first; English source."""
    counted: dict[str, int] = {}
    for one in offered:
        for group in one.groups:
            counted[group] = counted.get(group, 0) + 1
    return tuple(sorted(counted, key=lambda group: (-counted[group], group)))


def favourites(vault: OpenVault) -> frozenset[str]:
    """The leaflets that somebody marked at this laptop."""
    held = vault.belongings.get(FAVOURITES)
    found = json.loads(held) if held else []
    return frozenset(str(one) for one in found)


def mark_favourite(vault: OpenVault, leaflet: str, *, on: bool) -> None:
    """Mark a leaflet, or take the mark away."""
    held = favourites(vault)
    now = held | {leaflet} if on else held - {leaflet}
    vault.belongings.put(FAVOURITES, json.dumps(sorted(now)).encode())


def recent(vault: OpenVault, known: Collection[str], limit: int = RECENT) -> tuple[Recent, ...]:
    """What of the library was printed at this laptop lately, the newest first, each once."""
    return tuple(_recent(vault, known))[:limit]


def _recent(vault: OpenVault, known: Collection[str]) -> Iterator[Recent]:
    rows = vault.database.rows(
        "SELECT what, language, day, MAX(entry) FROM documents WHERE case_id = '' "
        "GROUP BY what, language ORDER BY MAX(entry) DESC"
    )
    for what, language, day, _ in rows:
        if what in known:
            yield Recent(what, language, day)
