"""How long looking somebody up takes, letter by letter, among a million names that nobody has."""

import itertools
import random
from collections.abc import Iterator

from benchmarks.figures import Report, in_turn
from fieldkit.languages.names import skeleton
from fieldkit.services import search
from fieldkit.services.vault import OpenVault

SEED = 20261121
BEGIN = ("Ab", "Da", "Fa", "Gi", "Ha", "Ib", "Ke", "Le", "Ma", "Na", "Os", "Ra", "Sa", "Te", "Yu", "Za")
MIDDLE = ("bi", "da", "ga", "ha", "ki", "la", "lle", "mi", "mma", "ne", "ra", "sse", "ta", "wo", "zi")
END = ("d", "f", "la", "m", "na", "r", "s", "t", "ye", "")
ROUNDS = 400


def fill(vault: OpenVault, count: int) -> tuple[str, ...]:
    """Give each case of the vault its share of `count` names, as a projection does. Some of the names."""
    chance = random.Random(SEED)
    database = vault.database
    cases = database.rows("SELECT entry, case_id FROM cases ORDER BY entry")
    share = -(-count // len(cases))
    told: list[str] = []
    with database.transaction():
        for first in range(0, len(cases), 500):
            rows = [
                (entry, place, case, name, skeleton(name))
                for entry, case in cases[first : first + 500]
                for place, name in zip(range(share), _names(chance), strict=False)
            ]
            database.execute_each(
                "INSERT INTO names (entry, place, case_id, name, skeleton) VALUES (?, ?, ?, ?, ?)", rows
            )
            told.append(rows[0][3])
    database.checkpoint()
    return tuple(told)


def measure(vault: OpenVault, told: tuple[str, ...]) -> Report:
    """`search` for the beginnings of names, one letter more each time, beside reading one row by its key."""
    chance = random.Random(SEED + 1)
    typed = itertools.cycle(
        name[:length]
        for name in chance.sample(told, min(60, len(told)))
        for length in range(1, len(name) + 1)
    )
    keys = vault.database.rows("SELECT entry, place FROM names LIMIT 1")[0]
    one = "SELECT name FROM names WHERE entry = ? AND place = ?"
    found = in_turn(
        ROUNDS,
        {
            "search": lambda: search.look_up(vault, next(typed)),
            "bare_lookup": lambda: vault.database.one(one, keys),
        },
    )
    return {name: taken.as_json() for name, taken in found.items()}


def _names(chance: random.Random) -> Iterator[str]:
    while True:
        yield " ".join(_word(chance) for _ in range(chance.choice((2, 2, 3))))


def _word(chance: random.Random) -> str:
    middle = "".join(chance.choice(MIDDLE) for _ in range(chance.choice((1, 1, 2))))
    return chance.choice(BEGIN) + middle + chance.choice(END)
