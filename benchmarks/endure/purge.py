"""R11: what is purged or erased is in no page of the file and in no frame of its log any more.

    python3 run.py endure purge [--n 200] [--json]

So many people are talked with; words that occur nowhere else are typed as their names, said in their answers,
written into drawings, left in unfinished interviews, typed over and thrown away. Headquarters confirms, years pass,
half of them are purged, the others erased as headquarters signs it. Then every page of the database and every frame
of the log beside it, also those that nothing points to, is opened with the key and searched, again for all who ever
went; also in the index of names, which has their words in small letters and in pieces. Words of people who were
left alone must still be there, and in that index: else nothing was looked at. Control: the same records deleted
without overwriting, without cutting the log, without either, and from an index that keeps what it forgets.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.endure import core
from benchmarks.endure.core import Figures
from fieldkit.crypto.pages import PAGE_BYTES, SALT_BYTES, PageKey
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.services import backup, erasure, exchange, importing, intake, purge, receipts, retention
from fieldkit.services.vault import OpenVault
from fieldkit.storage.attachments import submission_holder
from fieldkit.storage.database import DATABASE_FILE
from fieldkit.storage.erasure import about as records_about
from fieldkit.sync.erasures import Because, Erasure, Where, write_erasure
from tests.stories import offices, people
from tests.stories.offices import Office, clock_of
from tests.worlds import world

NAME, USUAL = "purge", 200
AT_ONCE = 20
"""People between two looks at the pages."""

LONG = 4000  # days: every shipped row is due
LETTERS = "bcdfghjklmnpqrstvwxz"
END = 8
"""Letters by which a word is known although its beginning is not there."""

RUN = re.compile(f"[{LETTERS}]{{{END},}}".encode())
WORD = re.compile(f"Q[{LETTERS}]{{11}}".encode())
ALONE = 4
"""Of so many people one is left alone, and must be found."""

LOG_HEADER, FRAME_HEADER = 32, 24


def main(words: list[str]) -> int:
    """Run it as the command line asks."""
    return core.main(words, NAME, USUAL, protocol)


def protocol(n: int, rng: random.Random) -> Figures:
    """`n` people at one post, then the controls."""
    hits: list[str] = []
    pages = missed = 0
    with core.scratch() as folder:
        years = Years(folder, rng)
        for start in range(0, n, AT_ONCE):
            round_ = years.round(min(AT_ONCE, n - start))
            hits += round_.hits
            pages += round_.pages
            missed += round_.missed
        years.close()
        controls = {way: control(folder / f"control {place}", way, rng) for place, way in enumerate(CONTROLS)}
    return {
        "hits": len(hits),
        "what": hits[:5],
        "missed": missed,
        "pages": pages,
        "controls": controls,
        "control_failed": all(controls.values()),
    }


@dataclass
class Round:
    """What was found: words that should be gone, pages looked at, words that should be there and are not."""

    hits: list[str]
    pages: int
    missed: int


@dataclass
class Person:
    """Somebody who was talked with, and the words that are theirs."""

    about: str
    words: list[str] = field(default_factory=list)


class Years:
    """A post and its headquarters; each round ends with half of its people purged and half erased."""

    def __init__(self, folder: Path, rng: random.Random) -> None:
        self._rng = rng
        self.office = offices.found(folder / "office", "Invented service")
        self.post = offices.open_post(folder / "post", "Invented post", at=world("purge"))
        offices.enrol(self.post, self.office)
        self._stick, self._safe = folder / "stick", folder / "safe"
        self._stick.mkdir()
        self._safe.mkdir()
        self._alone: set[str] = set()
        self._gone: set[str] = set()

    def close(self) -> None:
        """Both vaults."""
        self.post.close()
        self.office.vault.close()

    def round(self, count: int) -> Round:
        """Talk with so many, let years pass, take them away, look."""
        met = [self._meet(number) for number in range(count)]
        self._confirmed()
        clock_of(self.office.vault).turn(days=LONG)
        self._receipt()
        left = met[::ALONE]
        self._alone |= {person.words[0] for person in left}
        going = [person for person in met if person not in left]
        self._take_away(going)
        self._gone |= {word for person in going for word in person.words}
        hits, there, pages, indexed = [], set(), 0, 0
        gone = {end_of(word): word for word in self._gone}
        alone = {end_of(word) for word in self._alone}
        for place, page in opened_pages(self.post):
            words, ends = words_on(page), ends_on(page)
            found = (words & self._gone) | {gone[end] for end in ends & gone.keys()}
            hits += [f"{word} on {place}" for word in found]
            there |= words
            indexed += len(ends & alone)
            pages += 1
        return Round(hits, pages, len(self._alone - there) + (not indexed))

    def _meet(self, number: int) -> Person:
        """A talk with some of everything; now and then an unfinished one beside it."""
        words = canaries(self._rng, 5)
        interview = people.begin(self.post)
        people.answer_all(interview, people.NO_URGENT_NEED, people.IN_PRIVATE, people.AGREED)
        ref = people.ref_of(interview, "name_told")
        for typed in (words[4], f"{words[0]} {words[0]}", f"{words[0]} {words[0]}-Invented"):
            interview.answer(ref, typed)  # typed over: the draft keeps every stroke
        people.answer_all(interview, {"sex": "female", "age_years": "30", "nationality": "ER"}, people.FEAR)
        case = intake.finish(self.post, interview).case
        person = Person(subject("case", case), words)
        self._draw(case, words)
        if number % 3 == 0:
            self._leave_unfinished(case, words)
        return person

    def _draw(self, case: str, words: Sequence[str]) -> None:
        """Something that came with the talk: a drawing of several parts, and a long story beside it."""
        instance, content = f"uuid:{new_id(self.post.world.randomness)}", (words[1] * 40_000).encode()
        holder = submission_holder(instance)
        made = self.post.attachments.put(holder, "drawing.png", content, media_type="image/png")
        self.post.journal.append(
            actor=self.post.person.id,
            subject=subject("case", case),
            kind="submission.kept",
            payload={
                "instance_id": instance,
                "xml": f"<data>{words[2] * 900}</data>",
                "facts": {"anything_else": [f"{words[2]} {words[2]}"]},
                "marks": {},
                "travel": [],
                "attachments": [
                    {"name": made.name, "type": made.media_type, "size": made.size, "sha256": made.digest}
                ],
            },
        )

    def _leave_unfinished(self, case: str, words: Sequence[str]) -> None:
        """Somebody began another talk, wrote, and threw it away."""
        again = intake.begin(self.post, "screening", officer_language="en", person_language="ti", case=case)
        people.answer_all(again, people.NO_URGENT_NEED, people.IN_PRIVATE, people.AGREED)
        again.answer(people.ref_of(again, "name_told"), f"{words[3]} {words[3]}")
        self.post.attachments.keep(
            again.draft_id, (words[3] * 30_000).encode(), media_type="text/plain", ending="txt"
        )
        self.post.drafts.discard(again.draft_id)

    def _confirmed(self) -> None:
        """There with a bundle; headquarters keeps a copy elsewhere."""
        for name in exchange.export(self.post, self._stick).files:
            importing.import_bundle(self.office.vault, self._stick / name)
        backup.back_up(self.office.vault, self._safe, elsewhere=lambda *_: True)
        self._receipt()

    def _receipt(self) -> None:
        content = receipts.for_stream(self.office.vault, self.post.stream)
        assert content is not None, "it sent something"
        receipts.accept(self.post, content)

    def _take_away(self, going: Sequence[Person]) -> None:
        """Half are purged; of the others an unfinished talk is open while headquarters' word comes."""
        due = {one.about for one in retention.due(self.post)}
        purge.purge(self.post, [one.about for one in going[::2] if one.about in due])
        for person in going[1::2]:
            case = person.about.partition("/")[2]
            open_talk = intake.begin(
                self.post, "screening", officer_language="en", person_language="ti", case=case
            )
            people.answer_all(open_talk, people.NO_URGENT_NEED, people.IN_PRIVATE, people.AGREED)
            open_talk.answer(people.ref_of(open_talk, "name_told"), person.words[0])
            erasure.accept(self.post, signed(self.office, self.post, person.about))


def signed(office: Office, post: OpenVault, about: str) -> bytes:
    """Headquarters' word, with the stick in."""
    made = Erasure(
        office.offline.organisation,
        new_id(office.vault.world.randomness),
        about,
        tuple(sorted(records_about(post.database, about))),
        Because.WITHDRAWN,
        Where.EVERYWHERE,
        office.vault.world.today(),
    )
    return write_erasure(made, office.offline.certificates)


def canaries(rng: random.Random, count: int) -> list[str]:
    """Words that occur nowhere else."""
    return ["Q" + "".join(rng.choices(LETTERS, k=11)) for _ in range(count)]


def words_on(page: bytes) -> set[str]:
    """Such words that stand on a page."""
    return {found.decode() for found in WORD.findall(page)}


def end_of(word: str) -> str:
    """The end of a word as an index has it: in small letters, its beginning left to its neighbour."""
    return word[-END:].lower()


def ends_on(page: bytes) -> set[str]:
    """What may be the end of a word in an index; words that stand there whole are left out."""
    rest = WORD.sub(b" ", page).lower()
    return {
        run[start : start + END].decode() for run in RUN.findall(rest) for start in range(len(run) - END + 1)
    }


# --- looking ------------------------------------------------------------------------------------------


def opened_pages(vault: OpenVault) -> Iterator[tuple[str, bytes]]:
    """Every page of the file and every frame of the log, decrypted, used or not. Raises RuntimeError when one does
    not open: then the search would be worth nothing."""
    path = vault.folder / DATABASE_FILE
    content = path.read_bytes()
    key = PageKey(vault._keys.database, content[:SALT_BYTES])
    for number, start in enumerate(range(0, len(content), PAGE_BYTES), start=1):
        yield f"page {number}", _open(key, number, content[start : start + PAGE_BYTES])
    log = path.with_name(f"{path.name}-wal")
    frames = log.read_bytes() if log.is_file() else b""
    for start in range(LOG_HEADER, len(frames) - FRAME_HEADER - PAGE_BYTES + 1, FRAME_HEADER + PAGE_BYTES):
        number = int.from_bytes(frames[start : start + 4], "big")
        page = frames[start + FRAME_HEADER : start + FRAME_HEADER + PAGE_BYTES]
        yield f"frame of page {number}", _open(key, number, page)


def _open(key: PageKey, number: int, page: bytes) -> bytes:
    opened = key.open(number, page)
    if opened is None:
        raise RuntimeError(f"page {number} does not open")
    return opened


# --- the control --------------------------------------------------------------------------------------

INDEX = "index not overwritten"
CONTROLS = ("not overwritten", "log not cut", "neither", INDEX)


def control(folder: Path, way: str, rng: random.Random) -> int:
    """How many words are found after a careless deletion; none means that the harness sees nothing."""
    post = offices.open_post(folder, "Careless post (invented)", at=world(way))
    words = []
    for _ in range(3):
        (word,) = canaries(rng, 1)
        words.append(word)
        people.screened(
            post, people.NO_URGENT_NEED, people.IN_PRIVATE, people.AGREED, people.somebody(word), people.FEAR
        )
    if way in ("not overwritten", "neither"):
        post.database.rows("PRAGMA secure_delete = OFF")
    if way in ("not overwritten", INDEX):
        post.database.checkpoint()
    with post.database.transaction():
        if way == INDEX:
            post.database.execute("INSERT INTO names_found (names_found, rank) VALUES ('secure-delete', 0)")
        for table in ("facts", "names", "draft_log", "payloads"):
            post.database.execute(f"DELETE FROM {table}")
    if way in ("not overwritten", INDEX):
        post.database.checkpoint()
    look = ends_on if way == INDEX else words_on
    found = set().union(*(look(page) for _, page in opened_pages(post)))
    post.close()
    return len(found.intersection(map(end_of, words) if way == INDEX else words))
