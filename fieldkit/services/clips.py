"""Leaflets to listen to: a clip for each section, read by staff, tied to the words that were read.

1. A clip belongs to one text: its digest stands in the entry. Where the text changed since, the clip is marked old
   and is not offered to an arrival: what is heard must be what is printed (R-144).
2. Staff read; nobody who arrived is ever recorded (`protection.md` 9).
3. A section is a heading with what stands below it; the beginning of a leaflet is one too. Contacts are not read:
   the gap stands in the text, and is shown on paper.
4. Clips leave in a content pack, as files whose names say which text they are of; one of another text than stands
   now is old (rule 1). A post's own clip stands before that of the pack, unless its text has changed.
"""

import hashlib
import io
import re
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fieldkit.domain.access import Action
from fieldkit.domain.document import Document
from fieldkit.domain.entries import subject
from fieldkit.domain.shelf import Shelf
from fieldkit.files import write_whole
from fieldkit.languages import catalogues
from fieldkit.languages.marking import mark
from fieldkit.leaflets import source
from fieldkit.leaflets.aloud import ASK, LONG_PAUSE, PAUSE, aloud
from fieldkit.leaflets.markdown import Kind, SourceBlock
from fieldkit.services import counsel
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage.kinds_library import CLIPS

RECORDED = "clip.recorded"
FIRST = "beginning"
"""The section before the first heading."""
WAV = "audio/x-wav"
MOST_MINUTES = 5
DIGITS: Final = 16
"""Hexadecimal digits of a text's digest in the name of a file."""
PAUSE_WORD = mark("pause")
LONG_PAUSE_WORD = mark("long pause")
ASK_WORD = mark("ask: was this clear?")
_GAP = re.compile(r"\{\{[a-z_]+\}\}")


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording; `file` is its name in the vault, or in the pack."""

    file: str
    seconds: int
    day: str
    is_old: bool
    from_pack: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of a leaflet as it is read: what is said, and the clip there is of it. `said` is empty where there is
    no text in the language."""

    id: str
    title: str
    said: tuple[str, ...]
    clip: Clip | None = None

    @property
    def digest(self) -> str:
        """Of the words (rule 1)."""
        return hashlib.sha256("\n".join(self.said).encode()).hexdigest()


def sections(vault: OpenVault, leaflet: str, language: str) -> tuple[Section, ...]:
    """The sections of a leaflet in a language, with their clips. Raises LeafletFault."""
    vault.demand(Action.PRINT_LEAFLET)
    return tuple(_with_clip(vault, leaflet, language, one) for one in _sections(vault, leaflet, language))


def keep(vault: OpenVault, leaflet: str, section: str, language: str, sound: bytes) -> None:
    """Keep a recording of a section, instead of the one before; `sound` is a WAV file.

    Raises DeskFault `clips.text_missing`, `clips.no_sound`, `clips.too_long`; PersonFault `access.not_allowed`.
    """
    vault.demand(Action.REVIEW)
    held = next((one for one in _sections(vault, leaflet, language) if one.id == section), None)
    if held is None or not held.said:
        raise DeskFault("clips.text_missing")
    seconds = _seconds(sound)
    if not seconds:
        raise DeskFault("clips.no_sound")
    if seconds > MOST_MINUTES * 60:
        raise DeskFault("clips.too_long", minutes=MOST_MINUTES)
    with vault.database.transaction():
        former = [row[0] for row in _rows(vault, leaflet, section, language)]
        vault.attachments.drop(CLIPS, former)
        name = f"{vault.world.randomness.bytes(16).hex()}.wav"
        file = vault.attachments.put(CLIPS, name, sound, media_type=WAV)
        vault.journal.append(
            actor=vault.person.id,
            subject=subject("leaflet", leaflet),
            kind=RECORDED,
            payload={
                "leaflet": leaflet,
                "section": section,
                "language": language,
                "text": held.digest,
                "seconds": seconds,
                "file": {"name": name, "type": WAV, "size": file.size, "sha256": file.digest},
            },
        )


def sound(vault: OpenVault, clip: Clip) -> bytes:
    """The recording as a WAV file. Raises DatabaseFault `attachment.damaged`."""
    folder = vault.content[0]
    if clip.from_pack and isinstance(folder, Shelf):
        return folder.over[clip.file]
    return vault.attachments.content(CLIPS, clip.file)


def save_all(vault: OpenVault, folder: Path) -> int:
    """Write the clips that are not old below `folder`, as a content pack wants them. How many. Raises OSError."""
    vault.demand(Action.REVIEW)
    count = 0
    for leaflet, language in _recorded(vault):
        for one in sections(vault, leaflet, language):
            if one.clip is None or one.clip.is_old or one.clip.from_pack:
                continue
            path = folder / pack_name(leaflet, one.id, language, one.digest)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, sound(vault, one.clip))
            count += 1
    return count


def pack_name(leaflet: str, section: str, language: str, digest: str) -> str:
    """The name of a clip in a pack (rule 4)."""
    return f"audio/{leaflet}/{section}.{language}.{digest[:DIGITS]}.wav"


def script(vault: OpenVault, leaflet: str, language: str, staff: str) -> Document:
    """The leaflet to be read aloud, with pauses, its marks in the language of staff. Raises LeafletFault."""
    words = catalogues.load(staff, "interface")
    marks = {
        PAUSE: words.say(PAUSE_WORD),
        LONG_PAUSE: words.say(LONG_PAUSE_WORD),
        ASK: words.say(ASK_WORD),
    }
    return aloud(counsel.leaflet(vault, leaflet, language), marks, staff)


def _sections(vault: OpenVault, leaflet: str, language: str) -> Iterator[Section]:
    held = source.read_leaflet(leaflet, vault.content[0])
    words = catalogues.load(language, "leaflets")

    def said(block_id: str, text: str) -> str:
        context = f"{leaflet}/{block_id}"
        there = language == source.SOURCE_TAG or words.is_translated(text, context)
        return _GAP.sub("…", words.in_context(context, text).replace("**", "")) if there else ""

    title = said("title", held.title) or held.title
    yield from _split(held.texts(), title, said)


def _split(blocks: Iterator[SourceBlock], title: str, said: Callable[[str, str], str]) -> Iterator[Section]:
    name, heading, lines = FIRST, title, [title]
    for block in blocks:
        if block.kind is Kind.HEADING:
            yield Section(name, heading, _whole(lines))
            text = said(block.id, block.text)
            name, heading, lines = block.id, text or block.text, [text]
        else:
            lines.append(said(block.id, block.text))
    yield Section(name, heading, _whole(lines))


def _whole(lines: list[str]) -> tuple[str, ...]:
    """The lines, or none where one of them has no text: half a section is not read."""
    return tuple(lines) if all(lines) else ()


def _with_clip(vault: OpenVault, leaflet: str, language: str, one: Section) -> Section:
    if not one.said:
        return one
    clip = _of_pack(vault.content[0], leaflet, one, language)
    rows = _rows(vault, leaflet, one.id, language)
    if rows:
        file, text, seconds, day = rows[0]
        own = Clip(str(file), int(seconds), str(day), text != one.digest)
        clip = clip if own.is_old and clip is not None and not clip.is_old else own
    return Section(one.id, one.title, one.said, clip) if clip else one


def _of_pack(folder: object, leaflet: str, one: Section, language: str) -> Clip | None:
    """The clip that came in a pack: of these very words, else one of other words, which is told to be old."""
    if not isinstance(folder, Shelf):
        return None
    wanted = pack_name(leaflet, one.id, language, one.digest)
    start = wanted.rpartition(f".{one.digest[:DIGITS]}")[0] + "."
    names = sorted(name for name in folder.over if name.startswith(start))
    if not names:
        return None
    name = wanted if wanted in names else names[-1]
    return Clip(name, _seconds(folder.over[name]), "", name != wanted, True)


def _rows(vault: OpenVault, leaflet: str, section: str, language: str) -> list[tuple[str, str, int, str]]:
    """The recordings of a section at this laptop that are held, the newest first."""
    rows = vault.database.rows(
        "SELECT clips.file, clips.text, clips.seconds, clips.day FROM clips "
        "JOIN attachments ON attachments.holder = ?4 AND attachments.name = clips.file "
        "WHERE clips.leaflet = ?1 AND clips.section = ?2 AND clips.language = ?3 ORDER BY clips.entry DESC",
        (leaflet, section, language, CLIPS),
    )
    return [(str(file), str(text), int(seconds), str(day)) for file, text, seconds, day in rows]


def _recorded(vault: OpenVault) -> list[tuple[str, str]]:
    rows = vault.database.rows("SELECT DISTINCT leaflet, language FROM clips ORDER BY leaflet, language")
    return [(str(leaflet), str(language)) for leaflet, language in rows]


def _seconds(sound: bytes) -> int:
    """How long a WAV file is, in whole seconds, at least one; 0 for none."""
    try:
        with wave.open(io.BytesIO(sound)) as file:
            frames, rate = file.getnframes(), file.getframerate()
    except (wave.Error, EOFError, ValueError):
        return 0
    return max(1, round(frames / rate)) if frames and rate else 0
