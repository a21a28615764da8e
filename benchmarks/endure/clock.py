"""R15: the clock is set ten years back or forward, the zone changes: nobody is locked out, nothing goes or moves.

    python3 run.py endure clock [--n 100] [--json]

Before every round both desks' clocks are set anew; then people sign in (some after wrong phrases), finish one talk,
leave another open and go on with it under yet another clock; now and then a bundle is carried. Control: entries
ordered by what the clock said must come out in another order than they were made.
"""

import random
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from pathlib import Path

from benchmarks.endure import core, desks
from benchmarks.endure.core import Figures
from benchmarks.endure.kill import set_scene
from benchmarks.endure.kill_jobs import OFFICE, POST, STICK
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.errors import FieldkitError
from fieldkit.services import exchange, importing, intake
from fieldkit.services.vault import OpenVault, SignIn, at_door
from fieldkit.services.world import World
from fieldkit.storage.door import LONGEST_WAIT
from tests.conftest import PHRASE
from tests.stories import people
from tests.worlds import MORNING, CountedRandomness, HandClock

NAME, USUAL = "clock", 100
MOST_WRONG = 6
CARRIED_EVERY = 5
ZONES = (-12, -3.5, 0, 3, 5.75, 14)  # hours from UTC


def main(words: list[str]) -> int:
    """Run it as the command line asks."""
    return core.main(words, NAME, USUAL, protocol)


def protocol(n: int, rng: random.Random) -> Figures:
    """`n` rounds at one post and its headquarters."""
    with core.scratch() as folder:
        morning = Morning(set_scene(folder / "scene", "clock"), rng)
        for number in range(n):
            morning.round(number)
    return {
        "locked_out": len(morning.locked_out),
        "purged": len(morning.gone),
        "reordered": len(morning.moved),
        "lost": len(morning.lost),
        "what": (morning.locked_out + morning.gone + morning.moved + morning.lost)[:5],
        "carried": morning.carried,
        "control_failed": morning.would_move > 0,
    }


class Morning:
    """Rounds at a post, each under another clock."""

    def __init__(self, scene: Path, rng: random.Random) -> None:
        self._scene, self._rng = scene, rng
        self._ticks = 0.0
        self._made: list[str] = []
        self._payloads = 0
        self.locked_out: list[str] = []
        self.gone: list[str] = []
        self.moved: list[str] = []
        self.lost: list[str] = []
        self.carried = self.would_move = 0

    def round(self, number: int) -> None:
        """One."""
        try:
            with ExitStack() as closing:
                post = self._signed_in(POST, f"post {number}", closing)
                self._talk(post)
                if number % CARRIED_EVERY == 0:
                    self._carry(post, self._signed_in(OFFICE, f"office {number}", closing))
                self._look(post)
        except FieldkitError as error:
            self.locked_out.append(f"round {number}: {error}")

    def _set(self) -> datetime:
        """Some moment within ten years, in some zone."""
        zone = timezone(timedelta(hours=self._rng.choice(ZONES)))
        year = MORNING.year + self._rng.choice((-10, 0, 10))
        shift = timedelta(minutes=self._rng.randint(-600_000, 600_000))
        return (MORNING.replace(year=year) + shift).astimezone(zone)

    def _signed_in(self, name: str, seed: str, closing: ExitStack) -> OpenVault:
        folder = self._scene / name
        world = World(HandClock(self._set()), CountedRandomness(seed), lambda: self._ticks)
        door = at_door(folder)
        assert door is not None
        sign_in = SignIn(folder, world, FOR_TESTS)
        for _ in range(self._rng.randrange(MOST_WRONG)):
            self._refused(sign_in, door.people[0].id)
        self._ticks += LONGEST_WAIT  # no wait is longer, whatever the clock on the wall says
        vault = sign_in.open(door.people[0].id, PHRASE)
        closing.callback(vault.close)
        return vault

    def _refused(self, sign_in: SignIn, person: str) -> None:
        self._ticks += self._rng.choice((0, 1, 30))
        try:
            sign_in.open(person, "not this phrase at all").close()
            self.lost.append("a wrong phrase opened the vault")
        except FieldkitError as error:
            if error.code not in ("vault.wrong_phrase", "vault.wait"):
                raise

    def _talk(self, post: OpenVault) -> None:
        for draft in post.drafts.list(post.person.id):  # begun under another clock
            interview = intake.resume(post, draft.id)
            if not interview.session.value(people.ref_of(interview, "name_told")):
                self.lost.append("an answer of a draft")
            self._made.append(intake.finish(post, interview).case)
        self._made.append(people.screened(post, *desks.TELLS).case)
        people.answer_all(people.begin(post), *desks.TELLS[:4])

    def _carry(self, post: OpenVault, office: OpenVault) -> None:
        (name,) = exchange.export(post, self._scene / STICK).files
        importing.import_bundle(office, self._scene / STICK / name)
        self.carried += 1
        self._look_at_order(office, post.stream)
        self.lost += desks.unsound(office)

    def _look(self, post: OpenVault) -> None:
        self.lost += desks.unsound(post)
        self._look_at_order(post, post.stream)
        held = post.database.number("SELECT COUNT(*) FROM payloads")
        if held < self._payloads or post.database.number("SELECT COUNT(*) FROM absences"):
            self.gone.append("payloads")
        self._payloads = held
        if len(post.drafts.list(post.person.id)) != 1:
            self.gone.append("a draft")

    def _look_at_order(self, vault: OpenVault, stream: str) -> None:
        entries = [entry for entry, _ in vault.journal.entries(stream) if entry.kind == "case.opened"]
        made = [entry.subject_id for entry in entries]
        if made != self._made:
            self.moved.append("cases in the journal")
        by_clock = sorted(entries, key=lambda entry: datetime.fromisoformat(entry.at))
        self.would_move += [entry.subject_id for entry in by_clock] != self._made
