"""How fast the desk's lists are with 100,000 cases: the queue, the list of cases, the search.

    python3 run.py bench desk [--json] [--cases 100000] [--waiting 2000] [--n 200] [--folder DIR]

Every figure is what the screen does, from the query to the words of its rows, in milliseconds:

- `queue`: the first page of the people waiting, with how many wait and in which languages; `queue_language` and
  `queue_flag` the same, looked at by a language that few speak and by an emergency that few have;
- `queue_deep`: as many rows as "Show more" ever brings onto the screen;
- `due`: what is due, as the first screen counts it after something was written about one case; `due_whole` once a
  day, everything looked at (no goal: it is waited for with the first screen of a day);
- `case_list`: the first page of the finished interviews, with how many there are;
- `search`: what the screen does after each letter of a name, and `search_number` of a number.

`bare_lookup` reads one row of the same database by its key, in turn with the others in the same run. Cases come in
as entries of the journal, with the projections that every vault keeps; each waited once, and `--waiting` of them
still wait, a tenth with an emergency. One in forty is a child alone, one in ten of these without a guardian; every
third was referred, one in fifty of these without news; every twentieth has a paper with a last day.

The last line is JSON.
"""

import argparse
import itertools
import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from benchmarks import many_cases, vault_names
from benchmarks.figures import Goal, Report, Samples, in_turn, tell
from benchmarks.many_cases import SEED
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.ids import new_id, spoken_number
from fieldkit.domain.ports import Clock, JsonObject
from fieldkit.languages.catalogues import load
from fieldkit.services import search, what_is_due
from fieldkit.services.new_vault import NewVault, create_vault
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.services.waiting import Wanted
from fieldkit.storage.journal import Change
from fieldkit.ui.presenters.queue import MOST, Queue
from fieldkit.ui.world import real_world

PHRASE = "vessel room friend occur push shock"
PAGE, WHOLE = 50, 5
"""Rows of a page; times that everything due is looked at."""
LATER = timedelta(days=30)
"""After so long a child without a guardian is overdue."""
FEW, FEW_FLAG = "dv", "rescued"
"""A language and an emergency that one of five hundred has: the whole queue is looked through for them."""
LANGUAGES = ("so", "so", "so", "am", "am", "ar", "ti", "om", "fr")
GOALS = tuple(
    Goal(name, "p95_ms", 50)
    for name in (
        *("queue", "queue_language", "queue_flag", "queue_deep", "due"),
        *("case_list", "search", "search_number"),
    )
)


def main(words: list[str]) -> int:
    """Print a table and JSON. Returns 0 when every goal is met, else 1."""
    parser = argparse.ArgumentParser(prog="run.py bench desk")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--waiting", type=int, default=2_000, help="cases that still wait")
    parser.add_argument("--n", type=int, default=200, help="rounds")
    parser.add_argument("--folder", type=Path, help="on the disk that is measured; else the temporary one")
    options = parser.parse_args(words)
    place = Path(tempfile.mkdtemp(dir=options.folder))
    try:
        report = measure(place, options.cases, options.waiting, options.n)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return tell(report, GOALS, as_json=options.json)


def measure(place: Path, cases: int, waiting: int, rounds: int) -> Report:
    """All figures, in milliseconds."""
    new = NewVault(Desk.POST, "River post (invented)", "Officer One", "en", PHRASE)
    vault = create_vault(place / "vault", new, real_world(), FOR_TESTS)
    try:
        numbers = fill(vault, cases, waiting)
        names = vault_names.fill(vault, cases)
        return _measure(vault, numbers, names, rounds)
    finally:
        vault.close()


def fill(vault: OpenVault, cases: int, waiting: int) -> tuple[str, ...]:
    """So many cases, of which so many wait; some of their numbers."""

    def case(name: str, number: int, chance: random.Random) -> Iterator[Change]:
        return _case(name, number, chance, waits=number >= cases - waiting)

    made = many_cases.write(vault.journal, vault.person.id, range(cases), vault.world.randomness, case)
    vault.database.checkpoint()
    return tuple(map(spoken_number, made[::97]))


def _case(case: str, number: int, chance: random.Random, *, waits: bool) -> Iterator[Change]:
    about = f"case/{case}"
    at = f"2026-{1 + number % 12:02}-{1 + number % 28:02}T{number % 24:02}:{number % 60:02}:00+03:00"
    few = number % 500 == 1
    yield Change(
        about,
        "case.opened",
        {
            "number": spoken_number(case),
            "form": "arrival",
            "arrived": at,
            "language": FEW if few else chance.choice(LANGUAGES),
        },
    )
    if few or number % 10 == 0:
        flag = FEW_FLAG if few else "first_aid"
        yield Change(about, "household.joined", {"household": f"{number:032x}", "flags": [flag]})
    yield from _due(about, case, number)
    if not waits:
        yield Change(about, "waiting.ended", {"because": "helped", "reason": ""})


def _due(about: str, case: str, number: int) -> Iterator[Change]:
    """What may be due of a case: a child's guardian, news of a referral, a paper's last day."""
    if number % 40 == 0:
        told: JsonObject = {"category": "C06", "rule": None, "reason": "alone", "rules_version": "1"}
        yield Change(about, "outcome.confirmed", told)
        if number % 400:
            yield Change(about, "guardian.named", {"guardian": case, "day": "2026-11-01"})
    if number % 3 == 0:
        made: JsonObject = {
            "referral": case,
            "category": "C11",
            "service": "S01",
            "needs": [],
            "declined": False,
        }
        yield Change(about, "referral.made", {**made, "fields": ["number"], "safe_to_carry": True})
        if number % 150:
            yield Change(about, "referral.followed", {"referral": case, "state": "served", "text": ""})
    if number % 20 == 0:
        until = (date.today() + (LATER if number % 1000 == 0 else 10 * LATER)).isoformat()
        held: JsonObject = {"permit": case, "kind": "special_visa", "number": "", "since": "", "until": until}
        yield Change(about, "permit.recorded", held)


def _measure(vault: OpenVault, numbers: tuple[str, ...], names: tuple[str, ...], rounds: int) -> Report:
    words, chance = load("en", "interface"), random.Random(SEED + 1)
    typed = itertools.cycle(
        name[:length]
        for name in chance.sample(names, min(60, len(names)))
        for length in range(1, len(name) + 1)
    )
    number = itertools.cycle(numbers)
    key = vault.database.rows("SELECT entry FROM cases LIMIT 1")[0]

    def case_list() -> None:
        vault.queries.cases(limit=PAGE)
        vault.queries.case_count()
        vault.queries.surveys(limit=PAGE)

    found = in_turn(
        rounds,
        {
            "queue": lambda: Queue(vault, words, Wanted()),
            "queue_language": lambda: Queue(vault, words, Wanted(language=FEW)),
            "queue_flag": lambda: Queue(vault, words, Wanted(flag=FEW_FLAG)),
            "queue_deep": lambda: Queue(vault, words, Wanted(), MOST),
            "case_list": case_list,
            "search": lambda: search.look_up(vault, next(typed)),
            "search_number": lambda: search.look_up(vault, next(number)[:4]),
            "bare_lookup": lambda: vault.database.one("SELECT number FROM cases WHERE entry = ?", key),
        },
    )
    return {name: taken.as_json() for name, taken in {**found, **_count_what_is_due(vault, rounds)}.items()}


@dataclass(frozen=True)
class _LaterClock:
    """The clock of the post when the days are over."""

    clock: Clock

    def now(self) -> datetime:
        return self.clock.now() + LATER


def _count_what_is_due(vault: OpenVault, rounds: int) -> dict[str, Samples]:
    """After one entry about one case, which nobody waits for here; and everything, as once a day."""
    whole, after = Samples(), Samples()
    vault.world = replace(vault.world, clock=_LaterClock(vault.world.clock))
    for _ in range(WHOLE):
        vault.counted = None
        whole.time(lambda: what_is_due.counts(vault))
    cases = [row[0] for row in vault.database.rows("SELECT case_id FROM cases LIMIT ?", (rounds,))]
    for case in cases:
        told: JsonObject = {"guardian": new_id(vault.world.randomness), "day": "2026-11-20"}
        vault.journal.append(
            actor=vault.person.id, subject=f"case/{case}", kind="guardian.named", payload=told
        )
        after.time(lambda: what_is_due.counts(vault))
    return {"due": after, "due_whole": whole}
