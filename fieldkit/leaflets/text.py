"""A passage: the text of one block, ready to be set: isolated numbers, levels, scripts, fonts, break places.

1. Numbers that people call, write down or type keep their order in right-to-left text and stay on one line:
   `atomic` runs whole, everything else wherever a number is found (`languages.isolates`).
2. What somebody told is set as far as it can be: in the place of a letter that no font has stands a line to write
   on by hand. Anywhere else such a letter is a fault.
3. A passage holds all of its text; what is drawn, in which order and with which font, is worked out from it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from fieldkit.domain.document import Run
from fieldkit.languages.direction import is_rtl
from fieldkit.languages.isolates import isolate, isolate_numbers
from fieldkit.leaflets import bidi, breaks, scripts
from fieldkit.leaflets.faults import missing_glyph
from fieldkit.leaflets.fonts import Font, Library

_ANY = "Latn"
"""A script to begin with, where every font is asked in the end."""
_BY_HAND = "_"
_PLAIN = str.maketrans(dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n") | {"\t": " "})
"""Every way of ending a line is one; a tab is a space."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start` to `end` of a passage that are shaped together: one level, script and font."""

    start: int
    end: int
    level: int
    script: str
    font: Font
    link: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Text of one block in one language.

    `stretches` are in reading order and leave out the direction controls; `ends` are the offsets after which
    a line may end, `musts` those after which it must.
    """

    text: str
    language: str
    rtl: bool
    stretches: tuple[Stretch, ...]
    ends: tuple[int, ...]
    musts: frozenset[int]
    clusters: tuple[int, ...]
    families: frozenset[str]
    """Font families whose room a line of it needs: those used, and the language's own."""


def passage(runs: Iterable[Run], language: str, library: Library, *, bold: bool = False) -> Passage:
    """Make a passage of runs; `bold` makes all of it bold. Raises LeafletFault, FontFault."""
    pieces = [(_isolated(_set(run, language, library)), run.bold or bold, run.link) for run in runs]
    text = "".join(piece for piece, _, _ in pieces)
    weights = [weight for piece, weight, _ in pieces for _ in piece]
    links = [link for piece, _, link in pieces for _ in piece]
    rtl = is_rtl(language)
    ends, musts = breaks.opportunities(text, language) if text else ((), frozenset[int]())
    clusters = breaks.graphemes(text) if text else ()
    levels = bidi.levels(text, rtl=rtl)
    resolved = scripts.resolve(text, language)
    drawn: list[Font] = []
    for start, end in pairwise((0, *clusters)):
        cluster = "".join(character for character in text[start:end] if character not in bidi.CONTROLS)
        font = library.font_for(cluster, resolved[start], language, bold=weights[start])
        drawn.extend([font] * (end - start))
    stretches = _stretches(text, levels, resolved, drawn, links)
    families = {library.main_font(language).family, *(stretch.font.family for stretch in stretches)}
    return Passage(text, language, rtl, stretches, ends, musts, clusters, frozenset(families))


def _set(run: Run, language: str, library: Library) -> Run:
    """A run as far as it can be set (rule 2)."""
    if not run.told or run.text.isascii():
        return run
    text = "".join(_BY_HAND if "\ud800" <= one <= "\udfff" else one for one in run.text)
    clusters = [text[start:end] for start, end in pairwise((0, *breaks.graphemes(text)))]
    held = (one if one.isspace() or _is_drawn(one, language, library) else _BY_HAND for one in clusters)
    return replace(run, text="".join(held))


def _is_drawn(cluster: str, language: str, library: Library) -> bool:
    seen = "".join(one for one in cluster if one not in bidi.CONTROLS)
    return library.font_for(seen, _ANY, language).covers(seen)


def _isolated(run: Run) -> str:
    if half := next((one for one in run.text if "\ud800" <= one <= "\udfff"), ""):  # half of a UTF-16 pair
        raise missing_glyph(half)
    text = run.text.replace("\r\n", "\n").translate(_PLAIN)
    if run.atomic:
        return isolate(text) if text else ""
    return isolate_numbers(text)


def _stretches(
    text: str, levels: Sequence[int], resolved: Sequence[str], drawn: Sequence[Font], links: Sequence[str]
) -> tuple[Stretch, ...]:
    def key(place: int) -> tuple[bool, int, str, str, str]:
        is_control = text[place] in bidi.CONTROLS
        return is_control, levels[place], resolved[place], drawn[place].file, links[place]

    found: list[Stretch] = []
    for (is_control, level, script, _, link), places in groupby(range(len(text)), key):
        held = list(places)
        if not is_control:
            found.append(Stretch(held[0], held[-1] + 1, level, script, drawn[held[0]], link))
    return tuple(found)
