"""Many cases quickly: entries go into a journal in groups, with the projections that every vault keeps; and what
is held is laid down again and again under other ids, by the database alone.

What `multiply` adds can be read, listed and counted like the rest. It is no journal that could be verified: copies
have made-up digests. So it is for measuring reads.
"""

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import Randomness
from fieldkit.storage.database import Database
from fieldkit.storage.journal import Change, Journal
from fieldkit.storage.kinds import TABLES

SEED, BATCH = 20261121, 1000
_MOST = 256
"""Copies: each is told by one byte more, at the end of an id or a digest."""

Case = Callable[[str, int, random.Random], Iterable[Change]]
"""What is written of a case: its id, its number, chance."""

_BYTE = "printf('%02x', {copy})"
_ID = f"CASE WHEN length({{name}}) < 32 THEN {{name}} ELSE {{name}} || {_BYTE} END"
_FIELD = (
    "CASE WHEN field LIKE 'referral/%' AND length(field) > 41 "
    f"THEN substr(field, 1, 41) || {_BYTE} || substr(field, 42) ELSE field END"
)
_CHANGED = {
    **dict.fromkeys(("entry", "id"), "{name} + {copy} * {rows}"),
    **dict.fromkeys(("case_id", "about", "subject", "referral", "instance_id"), _ID),
    **dict.fromkeys(("digest", "payload"), f"CAST({{name}} || unhex({_BYTE}) AS BLOB)"),
    "field": _FIELD,
}
"""How a column of a copy is made; every other is as it was."""


def write(
    journal: Journal, actor: str, cases: range, randomness: Randomness, case: Case, seed: int = SEED
) -> list[str]:
    """So many cases, numbered; their ids."""
    chance, made = random.Random(seed), list[str]()
    for first in range(cases.start, cases.stop, BATCH):
        changes: list[Change] = []
        for number in range(first, min(first + BATCH, cases.stop)):
            made.append(new_id(randomness))
            changes += case(made[-1], number, chance)
        journal.append_many(actor, changes)
    return made


def multiply(database: Database, times: int) -> None:
    """Everything about cases and places that is held now, so many times in all. The queue of people waiting stays
    as it was."""
    assert 1 <= times <= _MOST
    rows = database.number("SELECT MAX(id) FROM entries")
    numbers = database.number("SELECT MAX(number) FROM entries")
    tables = ("entries", "payloads", *TABLES, "replacements")
    with _bare(database, tables):
        for copy in range(1, times):
            with database.transaction(), database.much_at_once():
                for table in tables:
                    _lay_again(database, table, copy, rows, numbers)


@contextmanager
def _bare(database: Database, tables: Sequence[str]) -> Iterator[None]:
    """Without indexes and triggers meanwhile: an index that is made at the end is made in its order."""
    made = database.rows(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL "
        "AND tbl_name IN (SELECT value FROM json_each(?))",
        (json.dumps(tables),),
    )
    with database.transaction():
        for kind, name, _ in made:
            database.execute(f"DROP {kind} {name}")
    yield
    with database.transaction(), database.much_at_once():
        for _, _, sql in made:
            database.execute(sql)


def _lay_again(database: Database, table: str, copy: int, rows: int, numbers: int) -> None:
    names = [row[1] for row in database.rows(f"PRAGMA table_info({table})")]
    made = []
    for name in names:
        how = "number + {copy} * {numbers}" if (table, name) == ("entries", "number") else _CHANGED.get(name)
        made.append(how.format(name=name, copy=copy, rows=rows, numbers=numbers) if how else name)
    of = {"entries": "id", "payloads": ""}.get(table, "entry")
    kinds = "('device.certified', 'person.added', 'setting.changed')"
    where = (
        f"digest IN (SELECT payload FROM entries WHERE id <= {rows} AND kind NOT IN {kinds})"
        if table == "payloads"
        else f"{of} IN (SELECT id FROM entries WHERE id <= {rows} AND kind NOT IN {kinds})"
    )
    database.execute(
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(made)} FROM {table} WHERE {where}"
    )
