"""Drafts: an interview that is not finished yet (`journal.md`, what is not an entry).

1. What `log` was given is on disk when it returns; nothing acknowledged is lost by a kill.
2. A draft is what was done, in order, not a copy of the answers: an interview is restored by doing it again
   with the form version it was begun with.
3. A draft belongs to one person and never travels. What was done in it is sealed under that person's own key
   (`crypto.keys`): nobody else who opens the vault can read it. Which form, which case and when stands open; of a
   form whose name alone would out somebody (`domain.classes`) name and version are lines of the log too.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from enum import StrEnum

from fieldkit.crypto.primitives import NONCE_BYTES, CryptoFault, Sealer, open_aead
from fieldkit.domain.classes import CONFIDENTIAL_FORMS
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import Clock, Randomness
from fieldkit.storage.database import Database
from fieldkit.storage.errors import ClassFault, StorageMistake


class Done(StrEnum):
    """What can be done in an interview. SEALED is only how a line is kept: it holds any of the others."""

    SEALED = "sealed"
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
    FORM = "form"


OFFICER, PERSON = "officer", "person"
"""Whose language; the `ref` of a LANGUAGE operation."""


@dataclass(frozen=True, slots=True)
class DraftOp:
    """One thing done. For POSITION `ref` is the section; for LANGUAGE it is OFFICER or PERSON.

    SEED is what the form's chance is drawn from, PAPER when and by whom a paper was filled in, CORRECTS the
    submission that is corrected (JSON), REASON why an answer is changed. MOVED stands where the draft went over to
    another version of its form (from `ref` to `value`): what stands before it was done with the former one, and
    LEFT is an answer of that one which has no place any more (JSON). FORM is which form (`ref`) in which version
    (`value`), where the list of drafts does not say it (rule 3).
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
_spelled = json.JSONEncoder(ensure_ascii=False).encode


class Drafts:
    """The drafts of a vault. One of these for each open vault: it knows how far a log has come."""

    def __init__(
        self, database: Database, clock: Clock, randomness: Randomness, key: bytes | None = None
    ) -> None:
        """`key` is that of the person who is signed in; without one, lines are kept open (tests)."""
        self._database = database
        self._key = key
        self._sealer = None if key is None else Sealer(key)
        self._clock = clock
        self._randomness = randomness
        self._reached: dict[str, int] = {}

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
        if form in CONFIDENTIAL_FORMS and self._key is not None:
            facts = (DraftOp(Done.FORM, form, version), *facts)
            form = version = ""
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
        alone = not self._database.inside
        known = self._reached.pop(draft, None)  # whatever fails below, the next one asks again
        with self._database.writing():
            seq = self._last(draft) if known is None else known
            at = self._moment()
            for op in ops:
                seq += 1
                kept = self._sealed(draft, seq, op)
                self._database.execute(
                    "INSERT INTO draft_log (draft, seq, kind, ref, value, at) VALUES (?, ?, ?, ?, ?, ?)",
                    (draft, seq, kept.kind.value, kept.ref, kept.value, at),
                )
                self._show(draft, op)
        if alone:  # on disk; within somebody else's transaction it could still be undone
            self._reached[draft] = seq
        return seq

    def _last(self, draft: str) -> int:
        """The newest place in a draft's log. Raises StorageMistake `draft.unknown`."""
        held = self._database.one(
            "SELECT MAX(seq), (SELECT 1 FROM drafts WHERE id = ?1) FROM draft_log WHERE draft = ?1", (draft,)
        )
        if held is None or held[1] is None:
            raise StorageMistake("draft.unknown")
        return int(held[0] or 0)

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
            held = self.read(draft)
            if held is not None and held.form in CONFIDENTIAL_FORMS and self._key is not None:
                ops = (*ops, DraftOp(Done.FORM, held.form, version))
                version = ""
            self.log_all(draft, ops)
            self._database.execute("UPDATE drafts SET version = ? WHERE id = ?", (version, draft))

    def read(self, draft: str) -> Draft | None:
        """The draft, or None when there is none (it was finished or discarded)."""
        row = self._database.one(f"SELECT {_COLUMNS} FROM drafts WHERE id = ?", (draft,))  # noqa: S608 (constant)
        return None if row is None else self._named(Draft(*row))

    def history(self, draft: str) -> tuple[Logged, ...]:
        """Everything that was done, in order. Raises ClassFault `draft.not_yours`."""
        rows = self._database.rows(
            "SELECT seq, kind, ref, value, at FROM draft_log WHERE draft = ? ORDER BY seq", (draft,)
        )
        return tuple(
            Logged(seq, self._opened(draft, seq, DraftOp(Done(kind), ref, value)), at)
            for seq, kind, ref, value, at in rows
        )

    def seal_open_lines(self, person: str) -> None:
        """Seal what lies open of a person's drafts: written before people had keys of their own."""
        if self._key is None:
            return
        open_lines = (
            "SELECT draft, seq, kind, ref, value FROM draft_log JOIN drafts ON drafts.id = draft_log.draft "
            "WHERE drafts.person = ? AND kind <> 'sealed'"
        )
        found = self._database.rows(open_lines, (person,))
        if not found:
            return
        with self._database.writing():
            for draft, seq, kind, ref, value in found:
                kept = self._sealed(draft, seq, DraftOp(Done(kind), ref, value))
                self._database.execute(
                    "UPDATE draft_log SET kind = ?, ref = ?, value = ? WHERE draft = ? AND seq = ?",
                    (kept.kind.value, kept.ref, kept.value, draft, seq),
                )
                self._database.execute("UPDATE drafts SET position = '' WHERE id = ?", (draft,))

    def seal_telling_names(self, person: str) -> None:
        """Take the forms that would out somebody out of the list of a person's drafts: an earlier version named
        them there (rule 3)."""
        held = [one for one in self.list(person) if one.form in CONFIDENTIAL_FORMS] if self._key else []
        for one in held:
            with self._database.writing():
                if self._database.execute(
                    "UPDATE drafts SET form = '', version = '' WHERE id = ? AND form <> ''", (one.id,)
                ):
                    self.log(one.id, DraftOp(Done.FORM, one.form, one.version))

    def list(self, person: str) -> tuple[Draft, ...]:
        """The drafts of one person, oldest first."""
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM drafts WHERE person = ? ORDER BY rowid",  # noqa: S608 (constant)
            (person,),
        )
        return tuple(self._named(Draft(*row)) for row in rows)

    def _named(self, draft: Draft) -> Draft:
        """The draft with its form; without one where only somebody else can tell."""
        if draft.form:
            return draft
        try:
            told = [one.op for one in self.history(draft.id) if one.op.kind is Done.FORM]
        except ClassFault:
            return draft
        return replace(draft, form=told[-1].ref, version=told[-1].value) if told else draft

    def discard(self, draft: str) -> None:
        """Take the draft and its log away; does nothing when there is none."""
        self._reached.pop(draft, None)
        with self._database.writing():
            self._database.execute("DELETE FROM drafts WHERE id = ?", (draft,))

    def _show(self, draft: str, op: DraftOp) -> None:
        """Keep what the list of drafts shows beside the log it follows from."""
        statement = _NOW.get((op.kind, op.ref if op.kind is Done.LANGUAGE else ""))
        tells = op.kind is Done.POSITION and self._key is not None  # which section somebody reached
        if statement is not None and not tells:
            self._database.execute(statement, (op.ref if op.kind is Done.POSITION else op.value, draft))

    def _sealed(self, draft: str, seq: int, op: DraftOp) -> DraftOp:
        """A line as it is kept: sealed, and bound to its place in its log."""
        if self._sealer is None:
            return op
        said = _spelled([op.kind.value, op.ref, op.value]).encode()
        nonce = self._randomness.bytes(NONCE_BYTES)
        sealed = nonce + self._sealer.seal(nonce, said, f"{draft}/{seq}".encode())
        return DraftOp(Done.SEALED, "", b64encode(sealed).decode("ascii"))

    def _opened(self, draft: str, seq: int, op: DraftOp) -> DraftOp:
        if op.kind is not Done.SEALED:
            return op
        if self._key is None:
            raise ClassFault("draft.not_yours")
        sealed = b64decode(op.value)
        nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            kind, ref, value = json.loads(open_aead(self._key, nonce, rest, f"{draft}/{seq}".encode()))
        except CryptoFault as fault:
            raise ClassFault("draft.not_yours") from fault
        return DraftOp(Done(kind), ref, value)

    def _moment(self) -> str:
        return self._clock.now().isoformat(timespec="seconds")
