"""Drafts: an interview that is not finished yet (`journal.md`, what is not an entry).

1. What `log` was given is on disk when it returns; nothing acknowledged is lost by a kill.
2. A draft is what was done, in order, not a copy of the answers: an interview is restored by doing it again
   with the form version it was begun with.
3. A draft belongs to one person and never travels.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import Clock, Randomness
from fieldkit.storage.database import Database, Row
from fieldkit.storage.errors import StorageMistake


class Done(StrEnum):
    """What can be done in an interview."""

    SET = "set"
    ADD_ROW = "add_row"
    REMOVE_ROW = "remove_row"
    MARK = "mark"
    POSITION = "position"
    LANGUAGE = "language"
    INTERPRETED = "interpreted"
    SEED = "seed"
    PAPER = "paper"
    CORRECTS = "corrects"
    REASON = "reason"
    MOVED = "moved"
    LEFT = "left"
    KNOWN = "known"


OFFICER, PERSON = "officer", "person"
"""Whose language; the `ref` of a LANGUAGE operation."""


@dataclass(frozen=True, slots=True)
class DraftOp:
    """One thing done. For POSITION `ref` is the section; for LANGUAGE it is OFFICER or PERSON.

    SEED is what the form's chance is drawn from, PAPER when and by whom a paper was filled in, CORRECTS the
    submission that is corrected (JSON), REASON why an answer is changed. MOVED stands where the draft went over to
    another version of its form (from `ref` to `value`): what stands before it was done with the former one, and
    LEFT is an answer of that one which has no place any more (JSON).
    """

    kind: Done
    ref: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Logged:
    """One thing done, with its place in the log and the moment it was done."""

    seq: int
    op: DraftOp
    at: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished interview; languages, `interpreted` and `position` as they are now."""

    id: str
    person: str
    case: str
    form: str
    version: str
    started: str
    officer_language: str
    person_language: str
    interpreted: str
    position: str


_COLUMNS = (
    "id, person, case_id, form, version, started, officer_language, person_language, interpreted, position"
)
_NOW: dict[tuple[Done, str], str] = {
    (Done.POSITION, ""): "UPDATE drafts SET position = ? WHERE id = ?",
    (Done.INTERPRETED, ""): "UPDATE drafts SET interpreted = ? WHERE id = ?",
    (Done.LANGUAGE, OFFICER): "UPDATE drafts SET officer_language = ? WHERE id = ?",
    (Done.LANGUAGE, PERSON): "UPDATE drafts SET person_language = ? WHERE id = ?",
}


class Drafts:
    """The drafts of a vault."""

    def __init__(self, database: Database, clock: Clock, randomness: Randomness) -> None:
        self._database = database
        self._clock = clock
        self._randomness = randomness

    def start(
        self,
        *,
        person: str,
        form: str,
        version: str,
        officer_language: str,
        person_language: str,
        case: str = "",
        facts: Sequence[DraftOp] = (),
    ) -> str:
        """A new draft of `person`; its id. `case` is empty when the interview opens one at its end; `facts` are
        the first lines of its log."""
        draft = new_id(self._randomness)
        with self._database.writing():
            self._database.execute(
                f"INSERT INTO drafts ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '')",  # noqa: S608 (constant)
                (draft, person, case, form, version, self._moment(), officer_language, person_language),
            )
            if facts:
                self.log_all(draft, facts)
        return draft

    def together(self) -> AbstractContextManager[Database]:
        """Several things at once, all or none: `log` and files that come or go with it."""
        return self._database.writing()

    def log(self, draft: str, op: DraftOp) -> int:
        """Write down what was done; on disk before this returns. Its place in the log, from 1."""
        return self.log_all(draft, (op,))

    def log_all(self, draft: str, ops: Sequence[DraftOp]) -> int:
        """Write down things done together, all or none. The last one's place in the log."""
        with self._database.writing():
            held = self._database.one(
                "SELECT MAX(seq), (SELECT 1 FROM drafts WHERE id = ?1) FROM draft_log WHERE draft = ?1",
                (draft,),
            )
            if held is None or held[1] is None:
                raise StorageMistake("draft.unknown")
            seq, at = held[0] or 0, self._moment()
            for op in ops:
                seq += 1
                self._database.execute(
                    "INSERT INTO draft_log (draft, seq, kind, ref, value, at) VALUES (?, ?, ?, ?, ?, ?)",
                    (draft, seq, op.kind.value, op.ref, op.value, at),
                )
                self._show(draft, op)
        return int(seq)

    def move(self, draft: str, version: str, ops: Sequence[DraftOp], seen: int) -> None:
        """Go over to another version of the form, whole or not at all: `ops` bring the answers along.

        Raises StorageMistake `draft.changed` when something was logged after `seen`.
        """
        with self._database.writing():
            if (
                self._database.number("SELECT COALESCE(MAX(seq), 0) FROM draft_log WHERE draft = ?", (draft,))
                != seen
            ):
                raise StorageMistake("draft.changed")
            self.log_all(draft, ops)
            self._database.execute("UPDATE drafts SET version = ? WHERE id = ?", (version, draft))

    def read(self, draft: str) -> Draft | None:
        """The draft, or None when there is none (it was finished or discarded)."""
        row = self._database.one(f"SELECT {_COLUMNS} FROM drafts WHERE id = ?", (draft,))  # noqa: S608 (constant)
        return None if row is None else _draft(row)

    def history(self, draft: str) -> tuple[Logged, ...]:
        """Everything that was done, in order."""
        rows = self._database.rows(
            "SELECT seq, kind, ref, value, at FROM draft_log WHERE draft = ? ORDER BY seq", (draft,)
        )
        return tuple(Logged(seq, DraftOp(Done(kind), ref, value), at) for seq, kind, ref, value, at in rows)

    def list(self, person: str) -> tuple[Draft, ...]:
        """The drafts of one person, oldest first."""
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM drafts WHERE person = ? ORDER BY rowid",  # noqa: S608 (constant)
            (person,),
        )
        return tuple(_draft(row) for row in rows)

    def discard(self, draft: str) -> None:
        """Take the draft and its log away; does nothing when there is none."""
        with self._database.writing():
            self._database.execute("DELETE FROM drafts WHERE id = ?", (draft,))

    def _show(self, draft: str, op: DraftOp) -> None:
        """Keep what the list of drafts shows beside the log it follows from."""
        statement = _NOW.get((op.kind, op.ref if op.kind is Done.LANGUAGE else ""))
        if statement is not None:
            self._database.execute(statement, (op.ref if op.kind is Done.POSITION else op.value, draft))

    def _moment(self) -> str:
        return self._clock.now().isoformat(timespec="seconds")


def _draft(row: Row) -> Draft:
    return Draft(*row)
