"""What a content pack says of itself, and what may be in it (`vault-and-bundles.md`, content packs).

1. A pack names its office, its number, the day from which it is in force, and who reviewed it. Number and office
   are those under which it was signed, or it is refused.
2. Every file has a name that is known here; what is not known is refused, not skipped: half a pack is no pack.
3. Content is read over the shipped one exactly as it will be used; one fault refuses the pack.
4. At most one region comes with a pack (`content.regions`).
5. A form becomes a protection form only by a row of `forms/roles.csv` in a signed pack (`protection.md` 13).
6. A sentence that promises exists only with the name of its reviewer and the day (`protection.md` 11).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fieldkit.content import (
    child_limits,
    directory,
    form_roles,
    interpreters,
    learning,
    limits,
    mapping,
    practice,
    protocols,
    recognition,
    reference,
    regions,
    retention,
    rules,
    steps,
    terms,
    waiting,
)
from fieldkit.content import codebook as codebooks
from fieldkit.content.directory import Service
from fieldkit.content.faults import ContentFault
from fieldkit.content.form_roles import FormAccess
from fieldkit.content.regions import Movement
from fieldkit.content.rules import Rule
from fieldkit.content.tables import read_table
from fieldkit.domain.entries import canonical, read_object
from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.ids import is_id
from fieldkit.domain.shelf import Folder, Shelf

MANIFEST = "pack.json"
INSERTS = "leaflets/inserts.csv"
SERVICES = "directory/services.csv"
TRUST_LIST = "trust/list.json"
"""The trust list of headquarters (`sync.trust_list`): signed by another key than the pack, and read by others."""
ROLES = "forms/roles.csv"
FORMAT = 1
MAX_TITLE = 120

_KIND = "content pack"
_FIELDS = frozenset(
    {"active_from", "format", "kind", "made", "number", "organisation", "reviewed_by", "reviewed_on", "title"}
)
_KNOWN = re.compile(
    r"pack\.json|codebook/limits\.csv"
    r"|codebook/(categories|facts|lists|recipients|rules|steps|texts|retention|protocols|waiting|mapping|version|recognition)\.csv"
    r"|codebook/child_limits\.csv"
    r"|forms/(roles|training)\.csv|forms/[A-Za-z0-9_-]+\.(xml|drafts\.json)|forms/[A-Za-z0-9_-]+/[^/]+"
    r"|region/(about|actors|definitions|movement|languages|missing)\.csv|booklet/(B[0-9]+\.md|places\.csv)"
    r"|training/(modules|questions|coverage|practice)\.csv|words/(terms|places)\.csv"
    r"|directory/(services|interpreters)\.csv|reference/items\.csv|trust/list\.json"
    r"|translations/[A-Za-z]{2,3}(_[A-Za-z]{2,8})?/(interface|forms|leaflets|codebook)\.po"
    r"|leaflets/(L[0-9]+\.md|inserts\.csv|fixed\.csv)"
    r"|audio/L[0-9]+/[a-z][a-z0-9_]*\.[A-Za-z]{2,3}(_[A-Za-z]{2,8})?\.[0-9a-f]{16}\.wav"
)
_INSERT = ("insert", "language", "text", "reviewed_by", "reviewed_on")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the pack says of itself. `reviewed_on` is None while nobody has reviewed it, and that is shown."""

    organisation: str
    number: int
    title: str
    made: date
    active_from: date
    reviewed_by: str = ""
    reviewed_on: date | None = None

    def to_bytes(self) -> bytes:
        """The file `pack.json`."""
        return canonical(
            {
                "active_from": self.active_from.isoformat(),
                "format": FORMAT,
                "kind": _KIND,
                "made": self.made.isoformat(),
                "number": self.number,
                "organisation": self.organisation,
                "reviewed_by": self.reviewed_by,
                "reviewed_on": self.reviewed_on.isoformat() if self.reviewed_on else "",
                "title": self.title,
            }
        )


@dataclass(frozen=True, slots=True)
class Insert:
    """A sentence that promises, in one language, with who reviewed it and when."""

    name: str
    language: str
    text: str
    reviewed_by: str
    reviewed_on: date


def read_manifest(content: bytes) -> Manifest:
    """What `Manifest.to_bytes` wrote. Raises ContentFault `pack.unsound`, `pack.newer`."""
    try:
        fields = read_object(content, "pack.unsound")
        if fields.get("kind") != _KIND:
            raise ContentFault("pack.unsound", file=MANIFEST)
        if isinstance(fields.get("format"), int) and fields["format"] > FORMAT:
            raise ContentFault("pack.newer")
        return _manifest(fields)
    except ContentFault:
        raise
    except (ForeignFault, ValueError, TypeError) as fault:
        raise ContentFault("pack.unsound", file=MANIFEST) from fault


def _manifest(fields: dict[str, Any]) -> Manifest:
    texts = [fields.get(name) for name in sorted(_FIELDS - {"format", "number"})]
    if set(fields) != _FIELDS or not all(isinstance(text, str) and len(text) <= MAX_TITLE for text in texts):
        raise ContentFault("pack.unsound", file=MANIFEST)
    reviewed_on = date.fromisoformat(fields["reviewed_on"]) if fields["reviewed_on"] else None
    sound = (
        type(fields["number"]) is int
        and fields["number"] > 0
        and is_id(fields["organisation"])
        and bool(fields["title"].strip())
        and fields["title"].isprintable()
        and fields["reviewed_by"].isprintable()
        and bool(fields["reviewed_by"]) == (reviewed_on is not None)
    )
    if not sound:
        raise ContentFault("pack.unsound", file=MANIFEST)
    return Manifest(
        fields["organisation"],
        fields["number"],
        fields["title"],
        date.fromisoformat(fields["made"]),
        date.fromisoformat(fields["active_from"]),
        fields["reviewed_by"],
        reviewed_on,
    )


def check(files: Mapping[str, bytes], shipped: Path) -> None:
    """Read everything of a pack over the shipped content, as it will be used (rule 3). Forms are the caller's.

    Raises ContentFault naming file, row and column.
    """
    for name in files:
        if _KNOWN.fullmatch(name) is None:
            raise ContentFault("pack.unknown_file", file=name)
    shelf = Shelf(shipped, files)
    book = codebooks.load(shelf)
    rules.load(shelf)
    protocols.load_sharing(shelf, book)
    retention.load(shelf, book)
    mapping.load(shelf, book)
    mapping.versions(shelf)
    waiting.load(shelf, book)
    child_limits.load(shelf, book)
    steps.load(shelf, book, regions.region_id(shelf))
    limits.load(shelf, book, regions.region_id(shelf))
    recognition.load(shelf, book, regions.region_id(shelf))
    region = regions.load(shelf, book)
    reference.load(shelf, book)
    learning.load(shelf)
    practice.load(shelf)
    terms.load(shelf)
    inserts(shelf)
    services(shelf, book)
    interpreters.load(shelf, book)
    accesses = roles(shelf)
    brought = forms(shelf)
    for form in brought:
        if form not in accesses:
            raise ContentFault("pack.form_without_roles", form=form)
    for form in accesses.keys() - form_roles.load(shipped).keys() - set(brought):
        raise ContentFault("pack.form_refused", file=form)
    if region is not None and region.form and region.form not in accesses:
        raise ContentFault("content.unknown_name", file="about.csv", row=2, column="form", value=region.form)


def rules_of(folder: Folder) -> tuple[Rule, ...]:
    """The rules as they stand with a pack. Raises ContentFault."""
    return rules.load(folder).rules


def movement_of(folder: Folder) -> tuple[Movement, ...]:
    """The region's rules on moving freely, as their table has them; none without one. Raises ContentFault."""
    region = regions.load(folder, codebooks.load(folder))
    return region.movement if region is not None else ()


def rules_version(folder: Folder) -> str:
    """The version of the rules as they stand with a pack. Raises ContentFault."""
    return rules.load(folder).version


def row_of_rule(folder: Folder, rule: str) -> int:
    """The row of a rule in its table, as a spreadsheet counts. Raises ContentFault."""
    return rules.row_of(folder, rule)


def forms(folder: Folder) -> tuple[str, ...]:
    """The ids of the forms that a pack brings."""
    if not isinstance(folder, Shelf):
        return ()
    found = (re.fullmatch(r"forms/([A-Za-z0-9_-]+)\.xml", name) for name in folder.over)
    return tuple(sorted(match[1] for match in found if match))


def translations(files: Mapping[str, bytes]) -> dict[tuple[str, str], bytes]:
    """The gettext sources of a pack, by language and domain."""
    found = {}
    for name, content in files.items():
        if name.startswith("translations/"):
            _, tag, file = name.split("/")
            found[tag, file.removesuffix(".po")] = content
    return found


def beside(folder: Folder, form: str) -> dict[str, bytes]:
    """The files that come with a form of a pack, by the names it knows them under."""
    if not isinstance(folder, Shelf):
        return {}
    prefix = f"forms/{form}/"
    return {name.removeprefix(prefix): held for name, held in folder.over.items() if name.startswith(prefix)}


def roles(folder: Folder) -> Mapping[str, FormAccess]:
    """Who may open which form: the program's own rows, and over them those of the pack (rule 5)."""
    if not isinstance(folder, Shelf):
        return form_roles.load(folder)
    shipped = form_roles.load(folder.shipped)
    return {**shipped, **form_roles.load(folder)} if ROLES in folder.over else shipped


def inserts(folder: Folder) -> tuple[Insert, ...]:
    """The reviewed sentences of a pack (rule 6). Raises ContentFault."""
    if not isinstance(folder, Shelf) or INSERTS not in folder.over:
        return ()
    found = []
    for row in read_table(folder / "leaflets" / "inserts.csv", _INSERT, key=("insert", "language")):
        row.needed("reviewed_on")
        reviewed_on = row.day_or_none("reviewed_on")
        assert reviewed_on is not None, "an empty cell was refused"
        name, language, text, by = (row.needed(column) for column in _INSERT[:4])
        found.append(Insert(name, language, text, by, reviewed_on))
    return tuple(found)


def services(folder: Folder, codebook: codebooks.Codebook) -> tuple[Service, ...]:
    """The public entries of the directory that a pack brings. Raises ContentFault.

    What is confidential travels in bundles: a pack is not sealed, so no address that is hidden, and none invented.
    """
    if not isinstance(folder, Shelf) or SERVICES not in folder.over:
        return ()
    found = directory.read_services(folder / "directory" / "services.csv", codebook)
    for service in found:
        if service.sample or service.hidden_address:
            raise ContentFault("pack.unsound", file=SERVICES)
    return found
