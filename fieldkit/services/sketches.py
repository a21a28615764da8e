"""Map sketches: how to get there, drawn or a small picture, in the leaflets that say where help is (R-145).

1. It is a local insert like the written ones: of the post or of a place, with a last day; past its day, or where
   two people kept different ones, it is not printed (`local_inserts`, rules 2, 3, 5).
2. Only the picture is kept: greys of 8 bits, at most MOST_SIDE points a side, without anything that a camera or a
   program wrote beside it. What else a file holds is refused, not cleaned by guessing.
3. It is said in words too: for whoever cannot see it, and for whoever reads no maps.
4. Never a face, never the way to a place that is kept secret: no program sees that, so the page says it.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from fieldkit.domain.access import Action
from fieldkit.domain.document import Block, Paragraph, Run, Sketch
from fieldkit.domain.errors import FieldkitError
from fieldkit.domain.ports import JsonValue
from fieldkit.languages.isolates import isolate_numbers
from fieldkit.services import local_inserts, pictures
from fieldkit.services.errors import DeskFault
from fieldkit.services.local_inserts import MOST_TEXT, PRINTED, From, State, state_of
from fieldkit.services.vault import OpenVault
from fieldkit.storage.projections import standing

FIELD = "sketch"
"""The field of an insert that a sketch is kept in; no line of a leaflet is called so."""
HOLDER = "map sketches"
"""The holder of the pictures among the attachments."""
PNG = "image/png"
MOST_SIDE = 1000
MOST_BYTES = 200 * 1024
_ASKS = "place_"
"""How the lines begin that say where something is: leaflets with one have the sketch."""
_GREY_HEAD = (8, 0, 0, 0, 0)
"""Depth, colour, compression, filter, interlace (PNG, 11.2.1)."""
_FILTERS = 5


@dataclass(frozen=True, slots=True)
class MapSketch:
    """A sketch as it stands. `file` is its name in this vault; empty when the picture lies on another laptop."""

    says: str
    language: str
    until: date | None
    state: State
    comes_from: From
    file: str


@dataclass(frozen=True, slots=True)
class _Greys:
    points: bytes
    width: int
    height: int


def sketch(vault: OpenVault, place: str = "") -> MapSketch | None:
    """The sketch of a place, else that of the post; None when nobody kept one."""
    of_place = _standing(vault, place, From.PLACE) if place else None
    return of_place or _standing(vault, "", From.POST)


def content(vault: OpenVault, held: MapSketch) -> bytes:
    """The picture as PNG. Raises DatabaseFault `attachment.damaged`."""
    return vault.attachments.content(HOLDER, held.file)


def keep(
    vault: OpenVault,
    picture: bytes,
    says: str,
    until: date | None,
    language: str,
    place: str = "",
) -> None:
    """Keep a sketch instead of the one before; `picture` is a PNG in greys, `says` the way in words of `language`.

    Raises DeskFault `sketches.picture`, `sketches.no_words`, `inserts.no_day`, `inserts.past_day`,
    `inserts.too_long`; PersonFault `access.not_allowed`.
    """
    vault.demand(Action.EDIT_DIRECTORY)
    said = " ".join(says.split())
    if not said:
        raise DeskFault("sketches.no_words")
    if len(said) > MOST_TEXT:
        raise DeskFault("inserts.too_long", limit=MOST_TEXT)
    if until is None:
        raise DeskFault("inserts.no_day")
    if until < vault.world.today():
        raise DeskFault("inserts.past_day")
    _greys(picture)
    clean = pictures.stripped(picture)
    with vault.database.transaction():
        _drop(vault, place)
        name = f"{vault.world.randomness.bytes(16).hex()}.png"
        file = vault.attachments.put(HOLDER, name, clean, media_type=PNG)
        held: JsonValue = {"name": name, "type": PNG, "size": file.size, "sha256": file.digest}
        _append(vault, place, {"file": held, "says": said, "language": language, "until": until.isoformat()})


def take_away(vault: OpenVault, place: str = "") -> None:
    """Take the sketch of a place (or of the post) away; its picture goes. Raises PersonFault."""
    vault.demand(Action.EDIT_DIRECTORY)
    with vault.database.transaction():
        _drop(vault, place)
        _append(vault, place, None)


def asks_where(vault: OpenVault, leaflet: str) -> bool:
    """Whether a leaflet says where something is, and so has the sketch. Raises LeafletFault."""
    return any(name.startswith(_ASKS) for name in local_inserts.asked_by(vault, leaflet))


def on_paper(vault: OpenVault, leaflet: str, place: str = "") -> tuple[Block, ...]:
    """The sketch as a leaflet has it below its text, with its words; nothing where it is not printed (rule 1)."""
    held = sketch(vault, place) if asks_where(vault, leaflet) else None
    if held is None or held.state not in PRINTED or not held.file:
        return ()
    greys = _greys(content(vault, held))
    drawn = Sketch(greys.points, greys.width, greys.height, held.says, held.language)
    return (drawn, Paragraph((Run(isolate_numbers(held.says)),), held.language, small=True))


def _append(vault: OpenVault, place: str, value: JsonValue) -> None:
    about = local_inserts.about(vault, place)
    vault.journal.append(
        actor=vault.person.id,
        subject=about,
        kind=local_inserts.KEPT,
        payload={"fields": {FIELD: value}},
        replaces=[one.entry for one in standing(vault.database, about, FIELD)],
    )


def _drop(vault: OpenVault, place: str) -> None:
    names = [str(said["file"]["name"]) for said in _said(vault, place)]
    vault.attachments.drop(HOLDER, names)


def _said(vault: OpenVault, place: str) -> Iterator[dict[str, Any]]:
    for one in standing(vault.database, local_inserts.about(vault, place), FIELD):
        if isinstance(one.value, dict) and isinstance(one.value.get("file"), dict):
            yield one.value


def _standing(vault: OpenVault, place: str, comes_from: From) -> MapSketch | None:
    said = list(_said(vault, place))
    if not said:
        return None
    first = said[0]
    try:
        until = date.fromisoformat(str(first.get("until", "")))
    except ValueError:
        until = None
    says, name = str(first.get("says", "")), str(first["file"].get("name", ""))
    there = {one.name for one in vault.attachments.of(HOLDER)}
    differs = len({str(one["file"].get("sha256", "")) for one in said}) > 1
    state = State.DIFFERS if differs else state_of(says, until, vault.world.today())
    file = name if name in there else ""
    return MapSketch(says, str(first.get("language", "en")), until, state, comes_from, file)


def _greys(picture: bytes) -> _Greys:
    """The rows of a picture as PNG packs them. Raises DeskFault `sketches.picture` for any other (rule 2)."""
    try:
        return _read(picture)
    except (FieldkitError, ValueError, struct.error, zlib.error) as fault:
        raise DeskFault("sketches.picture", side=MOST_SIDE) from fault


def _read(picture: bytes) -> _Greys:
    if len(picture) > MOST_BYTES:
        raise ValueError("too long")
    clean = pictures.stripped(picture)
    parts = dict[bytes, bytes]()
    at = 8
    while at < len(clean):
        (length,) = struct.unpack(">I", clean[at : at + 4])
        kind = clean[at + 4 : at + 8]
        parts[kind] = parts.get(kind, b"") + clean[at + 8 : at + 8 + length]
        at += length + 12
    width, height, *head = struct.unpack(">2I5B", parts[b"IHDR"]) if b"IHDR" in parts else (0, 0)
    if tuple(head) != _GREY_HEAD or not 0 < width <= MOST_SIDE or not 0 < height <= MOST_SIDE:
        raise ValueError("no small picture in greys")
    points = parts.get(b"IDAT", b"")
    unpacking = zlib.decompressobj()
    rows = unpacking.decompress(points, height * (width + 1) + 1)
    if len(rows) != height * (width + 1) or not unpacking.eof or unpacking.unused_data:
        raise ValueError("not its own size")
    if any(rows[at] >= _FILTERS for at in range(0, len(rows), width + 1)):
        raise ValueError("an unknown filter")
    return _Greys(points, width, height)
