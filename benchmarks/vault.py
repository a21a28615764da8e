"""How fast a vault is, each figure beside its peer in the same run.

    python3 run.py bench vault [--json] [--cases 100000] [--n 2000] [--folder DIR]

- `autosave`: an answer written into a draft (`Drafts.log`, on disk when it returns) beside `bare_commit`, one row
  into one table of the same database by the same driver and settings. `autosave_ratio` is p95 by p95.
- `append`: an entry with its projection, beside the same commit.
- `open`: from a key ring to a signed-in vault with 100,000 cases and its first list of cases; `derive` is what the
  phrase costs at the real price, which is not in it.
- `verify_links`: 100,000 links of the chain, beside `bare_read`, which only fetches the same rows.

- `search`: what the screen does after each letter of a name, among 1,000,000 invented names, beside `bare_lookup`,
  which reads one row of them by its key.

The last line is JSON.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

from benchmarks import vault_names
from benchmarks.figures import Goal, Report, Samples, in_turn, tell
from fieldkit.crypto.primitives import FOR_TESTS, SALT_BYTES, STANDARD, argon2id
from fieldkit.services.new_vault import NewVault, create_vault
from fieldkit.services.vault import Desk, OpenVault, SignIn
from fieldkit.services.world import World
from fieldkit.storage import verification
from fieldkit.storage.database import Database
from fieldkit.storage.drafts import Done, DraftOp
from fieldkit.storage.journal import Change
from fieldkit.ui.world import real_world

PHRASE = "vessel room friend occur push shock"
BATCH = 1000
FIRST_LIST = 1000
"""Cases that the first list shows."""

GOALS = (
    Goal("autosave_ratio", "p95", 1.3),
    Goal("append_ratio", "p95", 1.5),
    Goal("open", "p95_ms", 150),
    Goal("verify_links", "median_ms", 250),
    Goal("search", "p95_ms", 30),
)


def main(words: list[str]) -> int:
    """Print a table and JSON. Returns 0 when every goal is met, else 1."""
    parser = argparse.ArgumentParser(prog="run.py bench vault")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--names", type=int, default=1_000_000, help="0 leaves the search out")
    parser.add_argument("--n", type=int, default=2000, help="commits of each kind")
    parser.add_argument("--folder", type=Path, help="on the disk that is measured; else the temporary one")
    options = parser.parse_args(words)
    place = Path(tempfile.mkdtemp(dir=options.folder))
    try:
        report = measure(place, options.cases, options.n, options.names)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return tell(report, GOALS, as_json=options.json)


def measure(place: Path, cases: int, commits: int, names: int = 0) -> Report:
    """All figures, in milliseconds."""
    world = real_world()
    vault = _vault(place / "vault", world)
    try:
        _fill(vault, cases)
        report = _commits(vault, commits)
        follow = in_turn(
            7,
            {
                "verify_links": lambda: verification.follow(vault.database, vault.stream),
                "bare_read": lambda: vault.database.rows("SELECT number, digest, content FROM entries"),
            },
        )
        report |= {name: taken.as_json() for name, taken in follow.items()}
        person = vault.person.id
    finally:
        vault.close()
    report |= _opening(place / "vault", person, world)
    return report | (_search(place / "vault", person, world, names) if names else {})


def _search(folder: Path, person: str, world: World, names: int) -> Report:
    vault = SignIn(folder, world, FOR_TESTS).open(person, PHRASE)
    try:
        return vault_names.measure(vault, vault_names.fill(vault, names))
    finally:
        vault.close()


def _vault(folder: Path, world: World) -> OpenVault:
    new = NewVault(Desk.POST, "River post (invented)", "Officer One", "en", PHRASE)
    return create_vault(folder, new, world, FOR_TESTS)


def _fill(vault: OpenVault, cases: int) -> None:
    for first in range(0, cases, BATCH):
        changes = [
            Change(f"case/{number:032x}", "case.opened", {"number": f"7KQ2-{number:06}", "form": "screening"})
            for number in range(first, min(first + BATCH, cases))
        ]
        vault.journal.append_many(vault.person.id, changes)
    vault.database.checkpoint()


def _commits(vault: OpenVault, commits: int) -> Report:
    """Autosave and append beside a bare commit. The bare one writes as many bytes as an answer has."""
    drafts, database = vault.drafts, vault.database
    draft = drafts.start(
        person=vault.person.id, form="screening", version="1", officer_language="en", person_language="ti"
    )
    with database.transaction():
        database.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, at TEXT, ref TEXT, value TEXT)")
    number = 0

    def bare() -> None:
        with database.transaction():
            database.execute(
                "INSERT INTO bare (at, ref, value) VALUES (?, ?, ?)",
                ("2026-11-21T08:00:00+03:00", "/data/journey/reason", "war work"),
            )

    def autosave() -> None:
        drafts.log(draft, DraftOp(Done.SET, "/data/journey/reason", "war work"))

    def append() -> None:
        nonlocal number
        number += 1
        vault.journal.append(
            actor=vault.person.id,
            subject=f"case/{number:032x}",
            kind="outcome.confirmed",
            payload={"category": "C01", "rule": None, "reason": "she asked", "rules_version": "1"},
        )

    samples = in_turn(commits, {"bare_commit": bare, "autosave": autosave, "append": append})
    with database.transaction():
        database.execute("DROP TABLE bare")
    database.checkpoint()
    report = {name: taken.as_json() for name, taken in samples.items()}
    for name in ("autosave", "append"):
        ours, peer = samples[name], samples["bare_commit"]
        report[f"{name}_ratio"] = {
            "median": round(ours.median / peer.median, 2),
            "p95": round(ours.p95 / peer.p95, 2),
        }
    return report


def _opening(folder: Path, person: str, world: World) -> Report:
    opening, derive, bare = Samples(), Samples(), Samples()

    def open_and_list() -> None:
        vault = SignIn(folder, world, FOR_TESTS).open(person, PHRASE)
        vault.queries.cases(FIRST_LIST)
        opened.append(vault)

    opened: list[OpenVault] = []
    for _ in range(9):
        opening.time(open_and_list)
        vault = opened.pop()
        key, path = vault._keys.database, vault.database.path
        vault.close()
        bare.time(lambda path=path, key=key: Database.open(path, key).close())  # type: ignore[misc]
        derive.time(lambda: argon2id(PHRASE.encode(), bytes(SALT_BYTES), STANDARD.cost))
    return {"open": opening.as_json(), "bare_open": bare.as_json(), "derive": derive.as_json()}
