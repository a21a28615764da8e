"""Kill the program at any moment: every answer that was acknowledged is there, and nothing is half there.

A child process interviews without end: it logs an answer, says so, and now and then finishes the interview as
one entry. The parent reads some acknowledgements and kills it in the middle of whatever it is doing.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from fieldkit.crypto.keys import DatabaseKey
from fieldkit.storage import migrations
from fieldkit.storage.database import Database
from fieldkit.storage.drafts import Done, DraftOp, Drafts
from fieldkit.storage.journal import Journal
from fieldkit.storage.lockfile import VaultLock
from tests.worlds import CountedRandomness, HandClock

KEY = DatabaseKey(bytes(range(32)))
PERSON = "a1" * 16
STREAM = "d0" * 16
ANSWERS_AN_INTERVIEW = 5
ROUNDS = 12


def journal_and_drafts(database: Database, seed: str) -> tuple[Journal, Drafts]:
    clock, randomness = HandClock(), CountedRandomness(seed)
    return Journal(database, STREAM, clock, randomness), Drafts(database, clock, randomness)


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def interview_for_ever(path: Path, seed: str) -> None:
    """The child: what it says has been acknowledged."""
    with VaultLock(path.parent):
        database = Database.open(path, KEY)
        journal, drafts = journal_and_drafts(database, seed)
        while True:
            draft = drafts.start(
                person=PERSON, form="screening", version="1", officer_language="en", person_language="ti"
            )
            for number in range(ANSWERS_AN_INTERVIEW):
                seq = drafts.log(draft, DraftOp(Done.SET, f"/data/q{number}", f"answer {number}"))
                say("answer", draft, seq)
            with database.transaction():
                entry = journal.append(
                    actor=PERSON,
                    subject=f"case/{draft}",
                    kind="case.opened",
                    payload={"number": draft[:8]},
                )
                drafts.discard(draft)
            say("finished", draft, entry.number)


class Heard:
    """What the parent heard before it killed."""

    def __init__(self) -> None:
        self.answers: dict[str, int] = {}
        self.finished: dict[str, int] = {}

    def line(self, line: str) -> None:
        what, draft, number = line.split()
        if what == "answer":
            self.answers[draft] = int(number)
        else:
            self.finished[draft] = int(number)


def kill_after(path: Path, acknowledgements: int, seed: str, heard: Heard) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.stories.test_kill", str(path), seed],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    with child:
        assert child.stdout is not None
        for _ in range(acknowledgements):
            heard.line(child.stdout.readline())
        child.kill()
        for line in child.stdout:  # said before the kill, read after it: acknowledged all the same
            if line.endswith("\n"):
                heard.line(line)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    path = tmp_path / "records.db"
    database = Database.create(path, KEY)
    migrations.run(database)
    database.close()
    return path


def test_nothing_acknowledged_is_lost_by_twelve_kills(vault: Path) -> None:
    heard = Heard()
    for kill in range(ROUNDS):
        # 7 and the 6 acknowledgements of an interview: each place in it is hit twice.
        kill_after(vault, acknowledgements=7 * kill + 1, seed=f"kill {kill}", heard=heard)
        with VaultLock(vault.parent):
            database = Database.open(vault, KEY)
            check(database, heard)
            database.close()
    assert len(heard.finished) >= ROUNDS


def check(database: Database, heard: Heard) -> None:
    journal, drafts = journal_and_drafts(database, "check")
    verified = journal.verify(STREAM)
    assert verified.sound
    assert verified.held == verified.last >= max(heard.finished.values(), default=0)
    finished = {entry.subject_id: entry.number for entry, _ in journal.entries(STREAM)}
    assert heard.finished.items() <= finished.items(), "every finished interview that was told of is there"
    projected = {row[0] for row in database.rows("SELECT case_id FROM cases")}
    assert projected == set(finished), "no entry without its projection, none the other way round"
    open_drafts = {draft.id for draft in drafts.list(PERSON)}
    assert open_drafts.isdisjoint(finished), "an interview is a draft or an entry, never both"
    for draft, acknowledged in heard.answers.items():
        assert draft in open_drafts or draft in finished
        if draft in open_drafts:
            history = drafts.history(draft)
            assert [logged.seq for logged in history] == list(range(1, len(history) + 1))
            assert len(history) >= acknowledged
            assert all(logged.op.value == f"answer {n}" for n, logged in enumerate(history))
    assert database.rows("PRAGMA integrity_check") == [("ok",)]


if __name__ == "__main__":
    interview_for_ever(Path(sys.argv[1]), sys.argv[2])
