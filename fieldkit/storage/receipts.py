"""What is asked of the projections about receipts, copies, and what went. Reading only.

1. Receipts never go back: the highest number, the highest safe number and the latest day that were ever accepted
   count, whichever of them came last.
2. A stream is as safe as a copy on a second medium says that was examined, and only where the copy's digest is the
   one that is held.
"""

from collections.abc import Collection
from dataclasses import dataclass

from fieldkit.domain.entries import read_entry
from fieldkit.storage.database import Database


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One receipt as it was accepted; `day` is ISO. In the order in which they were accepted."""

    number: int
    digest: str
    safe: int
    day: str


@dataclass(frozen=True, slots=True)
class Removal:
    """Something that went: what it was about (`case/…`), how (`purged`, `erased`, `erased there`), how many
    records, which day."""

    about: str
    how: str
    records: int
    day: str


@dataclass(frozen=True, slots=True)
class AskedRow:
    """What a person asked of us: see, correct or withdraw, and whether it was answered."""

    request: str
    case: str
    what: str
    answered: bool
    day: str


@dataclass(frozen=True, slots=True)
class ErasureAsked:
    """A post's request for erasure: the stream it came by, what it is about, why, where, and the day."""

    request: str
    stream: str
    about: str
    because: str
    where: str
    day: str


def accepted(database: Database, stream: str) -> tuple[ReceiptRow, ...]:
    """The receipts for a stream, as they were accepted."""
    rows = database.rows(
        "SELECT number, digest, safe, day FROM receipts WHERE stream = ? ORDER BY entry", (stream,)
    )
    return tuple(ReceiptRow(*row) for row in rows)


def newest_day(database: Database) -> str:
    """The latest day on which headquarters signed a receipt for this vault (ISO); empty before the first."""
    row = database.one("SELECT MAX(day) FROM receipts")
    return (row[0] if row else None) or ""


def safe_up_to(database: Database, stream: str) -> int:
    """Up to which number a stream lies in an examined copy on a second medium (rule 2); 0 when in none."""
    return database.number(
        "SELECT COALESCE(MAX(copied_heads.number), 0) FROM copied_heads "
        "JOIN streams ON streams.stream = copied_heads.stream "
        "JOIN entries ON entries.stream = streams.id AND entries.number = copied_heads.number "
        "WHERE copied_heads.stream = ? AND LOWER(HEX(entries.digest)) = copied_heads.digest",
        (stream,),
    )


def digest_at(database: Database, stream: str, number: int) -> str | None:
    """The digest of entry `number` of a stream, if it is held."""
    row = database.one(
        "SELECT entries.digest FROM entries JOIN streams ON streams.id = entries.stream "
        "WHERE streams.stream = ? AND entries.number = ?",
        (stream, number),
    )
    return None if row is None else str(row[0].hex())


def removals(database: Database, about: str | None = None) -> tuple[Removal, ...]:
    """What went from here, of one subject or of all, the newest first."""
    rows = database.rows(
        "SELECT about, how, records, day FROM removals WHERE ?1 IS NULL OR about = ?1 ORDER BY entry DESC",
        (about,),
    )
    return tuple(Removal(*row) for row in rows)


def statements_of_erasure(database: Database) -> tuple[tuple[str, str], ...]:
    """Every erasure that any entry tells of: the stream it stands in, and the statement. An entry of another stream
    can say anything: look at the signature."""
    rows = database.rows(
        "SELECT streams.stream, erasures.statement FROM erasures "
        "JOIN entries ON entries.id = erasures.entry JOIN streams ON streams.id = entries.stream "
        "ORDER BY erasures.entry"
    )
    return tuple((stream, statement) for stream, statement in rows)


def erased_by(database: Database, stream: str) -> frozenset[str]:
    """The erasures that the writer of a stream has carried out, as far as its entries came here."""
    rows = database.rows(
        "SELECT erasures.erasure FROM erasures JOIN entries ON entries.id = erasures.entry "
        "JOIN streams ON streams.id = entries.stream WHERE streams.stream = ?",
        (stream,),
    )
    return frozenset(row[0] for row in rows)


def asked(database: Database, case: str) -> tuple[AskedRow, ...]:
    """What the person of a case asked of us, the oldest first; each once, answered or not."""
    rows = database.rows(
        "SELECT request, MIN(case_id), MIN(what), MAX(answered), MIN(day) FROM asked_of_us WHERE case_id = ? "
        "GROUP BY request ORDER BY MIN(entry)",
        (case,),
    )
    return tuple(AskedRow(request, about, what, bool(done), day) for request, about, what, done, day in rows)


def erasures_asked(database: Database, own_stream: str) -> tuple[ErasureAsked, ...]:
    """Requests for erasure about which nothing has been erased here yet, the oldest first."""
    rows = database.rows(
        "SELECT erasures_asked.request, streams.stream, erasures_asked.about, erasures_asked.because, "
        "erasures_asked.place, erasures_asked.day FROM erasures_asked "
        "JOIN entries ON entries.id = erasures_asked.entry "
        "JOIN streams ON streams.id = entries.stream "
        "WHERE erasures_asked.about NOT IN ("
        "SELECT erasures.about FROM erasures JOIN entries AS done ON done.id = erasures.entry "
        "JOIN streams AS mine ON mine.id = done.stream WHERE mine.stream = ?) ORDER BY erasures_asked.entry",
        (own_stream,),
    )
    return tuple(ErasureAsked(*row) for row in rows)


def newest_numbers(
    database: Database, kinds: Collection[str], but: Collection[str]
) -> dict[str, dict[str, int]]:
    """The newest number in each stream of every subject of these kinds of which any content is held here; entries
    of the kinds `but` do not count."""
    found: dict[str, dict[str, int]] = {}
    left_out = ", ".join("?" for _ in but)
    for kind in kinds:
        rows = database.rows(
            "SELECT entries.subject, streams.stream, MAX(entries.number) FROM entries "  # noqa: S608 (marks)
            "JOIN streams ON streams.id = entries.stream "
            "WHERE entries.subject >= ? || '/' AND entries.subject < ? || '0' "
            f"AND entries.kind NOT IN ({left_out}) "
            "AND NOT EXISTS (SELECT 1 FROM absences WHERE absences.digest = entries.payload "
            "AND absences.state IN ('purged', 'erased')) GROUP BY entries.subject, streams.stream",
            (kind, kind, *but),
        )
        for about, stream, number in rows:
            found.setdefault(about, {})[stream] = number
    return found


def categories(database: Database) -> dict[str, tuple[str, ...]]:
    """The categories that rules said yes to or people chose, by case: whatever was decided on them later."""
    found: dict[str, tuple[str, ...]] = {}
    for case, category in database.rows(
        "SELECT DISTINCT case_id, category FROM outcomes WHERE state <> 'suggested' OR verdict = 'yes' "
        "ORDER BY case_id, category"
    ):
        found[case] = (*found.get(case, ()), category)
    return found


def cases_with_drafts(database: Database) -> frozenset[str]:
    """The cases of which somebody has an unfinished interview."""
    return frozenset(row[0] for row in database.rows("SELECT DISTINCT case_id FROM drafts"))


def ever_agreed(database: Database, case: str, recipient: str) -> bool:
    """Whether the person of a case ever said yes to an office, whatever they said later."""
    row = database.one(
        "SELECT 1 FROM agreements WHERE case_id = ? AND recipient = ? AND agreed = 1", (case, recipient)
    )
    return row is not None


def exported_on(database: Database, stream: str, number: int) -> str:
    """The day, on the clock there, of the first bundle that carried entry `number` of a stream (ISO); empty when
    none did."""
    row = database.one(
        "SELECT entries.content FROM exports JOIN entries ON entries.id = exports.entry "
        "JOIN streams ON streams.id = entries.stream "
        "WHERE streams.stream = ?1 AND exports.first <= ?2 AND exports.last >= ?2 ORDER BY exports.entry LIMIT 1",
        (stream, number),
    )
    return "" if row is None else read_entry(row[0]).at[:10]
