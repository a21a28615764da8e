"""Something to be looked at as pages, then printed or saved: what is kept of it, and under which name.

1. A file's name says what it is and nothing about whom: never a number or a name.
2. Handing over is kept as an entry only when it really happened (R-051); looking keeps nothing. A paper that names
   somebody is written down first: what cannot be written down is not printed.
3. A file that stands in the chosen folder already is not written over: it may be somebody else's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.services import counsel, fingerprints, refer
from fieldkit.services.counsel import Edition
from fieldkit.ui.presenters.files import write_file

if TYPE_CHECKING:
    from fieldkit.domain.document import Document
    from fieldkit.domain.ports import JsonObject, Progress
    from fieldkit.languages.catalogues import Words
    from fieldkit.leaflets.pages import RgbaImage
    from fieldkit.services.counsel import Printed
    from fieldkit.services.enrolment import Summary
    from fieldkit.services.fingerprints import Whose
    from fieldkit.services.vault import OpenVault

POINTS_PER_INCH = 72
_MOST_COPIES = 999


class Once:
    """Something that is done on arrival, and not again when somebody comes back."""

    def __init__(self) -> None:
        self._left = True

    def take(self) -> bool:
        """True the first time."""
        left, self._left = self._left, False
        return left


class How(StrEnum):
    """How a paper left the program."""

    PRINTED = "printed"
    SAVED = "saved"


@dataclass(frozen=True, slots=True)
class Paper:
    """`make` composes it (in the background); `keep` records that it was handed over, how, and its pages; where
    there are several copies also how many.

    `language` is the tag of its text; `file_name` is neutral (rule 1).
    """

    file_name: str
    language: str
    make: Callable[[], Printed]
    keep: Callable[..., None]
    names_somebody: bool = False
    """Whether it is about one person (rule 2)."""
    copies: int = 1
    """How many are wanted; for a paper that names nobody."""


def leaflet_paper(vault: OpenVault, leaflet: str, language: str) -> Paper:
    """A leaflet of the library in a language."""
    return edition_paper(vault, Edition(leaflet, language))


def edition_paper(vault: OpenVault, edition: Edition, copies: int = 1) -> Paper:
    """A leaflet of the library as somebody wants it on paper."""

    def make() -> Printed:
        return counsel.print_pages(counsel.edition(vault, edition), vault.world)

    def keep(how: How, count: int, printed: int = 1) -> None:
        if how is How.PRINTED:
            told: JsonObject = {"copies": printed} if printed > 1 else {}
            counsel.record_printed(vault, edition.leaflet, edition.language, count, told=told)
        counsel.record_information(vault, edition.leaflet, edition.language, how.value)

    return Paper(edition.file_name, edition.language, make, keep, copies=copies)


def document_paper(vault: OpenVault, name: str, language: str, make: Callable[[], Document]) -> Paper:
    """Something else of the library, such as a card: `name` is its file's, and what is written down."""

    def keep(how: How, count: int) -> None:
        if how is How.PRINTED:
            counsel.record_printed(vault, name, language, count)

    return Paper(f"{name}.pdf", language, lambda: counsel.print_pages(make(), vault.world), keep)


def slip_paper(vault: OpenVault, case: str, referral: str, language: str) -> Paper:
    """A referral slip."""

    def make() -> Printed:
        return counsel.print_pages(refer.slip(vault, case, referral), vault.world)

    def keep(how: How, count: int) -> None:
        counsel.record_printed(vault, "slip" if how is How.PRINTED else "slip file", language, count, case)

    return Paper("slip.pdf", language, make, keep, names_somebody=True)


def fingerprint_paper(vault: OpenVault, summary: Summary, whose: Whose, spoken: Words) -> Paper:
    """The words that two people compare, with their code; nothing is kept of it."""

    def make() -> Printed:
        return counsel.print_pages(fingerprints.paper(summary, whose, spoken), vault.world)

    return Paper("words-to-compare.pdf", spoken.tag, make, lambda _how, _count: None)


def pictures(pdf: bytes, count: int, scale: float, progress: Progress) -> tuple[RgbaImage, ...]:
    """Every page as a picture; `scale` in pixels a point. Raises LeafletFault."""
    made = []
    for index in range(count):
        progress(index, count)
        made.append(counsel.page_picture(pdf, index, scale))
    return tuple(made)


def save(pdf: bytes, folder: Path, name: str) -> Path:
    """Write the PDF into `folder`, whole or not at all; the path it has there. Raises DeviceFault."""
    return write_file(folder, _free(folder, name).name, pdf)


def _free(folder: Path, name: str) -> Path:
    path = folder / name
    for number in range(2, _MOST_COPIES):
        if not path.exists():
            break
        path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
    return path
