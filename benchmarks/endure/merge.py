"""R8: five devices, two people each, random histories; the laws of `journal.md` hold after every step.

    python3 run.py endure merge [--n 1000] [--json]

A history is drawn by hypothesis: people edit (some from a screen that is old by now), settle conflicts, hand
streams on in parcels that arrive in any order, twice, in part or never, with and without payloads; payloads are
erased everywhere or purged in one place; devices are restored from old copies, noticed (a new stream) or not (a
fork). People settle what differs on their screen; at the end one device settles everything, and when all have its
decisions nothing differs anywhere.
Controls: a journal that forgets what an entry replaces, and one that does not write down what differs, must both be
found out.
"""

import random
from collections import Counter
from pathlib import Path
from typing import Any, ClassVar
from unittest.mock import patch

import hypothesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from benchmarks.endure import core
from benchmarks.endure.core import Figures
from benchmarks.endure.merge_model import Made, Parcel, Place, Shelf, in_conflict, parcel_of
from fieldkit.domain.entries import Entry, Payload, entry_bytes, subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import JsonObject
from fieldkit.services.backup import BEGAN, STREAM_SUBJECT
from fieldkit.storage import journal as journals
from fieldkit.storage import projections
from fieldkit.storage.database import Database
from fieldkit.storage.errors import JournalFault
from fieldkit.storage.journal import Change, Journal, State, identity
from tests.storage import desks
from tests.storage.desks import Desk

NAME, USUAL = "merge", 1000
DEVICES, PEOPLE = 5, 2
STEPS = 30
CONTROL_HISTORIES = 40
CONTROLS = ((journals, "project_links"), (projections, "_look_for_disputes"))
PLACES: tuple[Place, ...] = tuple((f"service/{n * 32}", name) for n in "ab" for name in ("name", "phone"))

Devices = st.integers(0, DEVICES - 1)
People = st.integers(0, PEOPLE - 1)
Places = st.sampled_from(PLACES)
Values = st.sampled_from("xyz")
Anything = st.integers(0, 1000)


def main(words: list[str]) -> int:
    """Run it as the command line asks."""
    return core.main(words, NAME, USUAL, protocol)


def protocol(n: int, rng: random.Random) -> Figures:
    """`n` histories, then the control."""
    Histories.counts = Counter()
    broken = _broken(n, rng, shrink=True)
    counts = Counter(Histories.counts)
    controls = [_control(min(n, CONTROL_HISTORIES), rng, *where) for where in CONTROLS]
    return {
        "broken_laws": int(broken is not None),
        "what": broken or "",
        "histories": counts["told"],
        "steps": counts["steps"],
        "forks_seen": counts["forks"],
        "holes_seen": counts["holes"],
        "settled": counts["settled"],
        "control_failed": all(controls),
    }


def _control(histories: int, rng: random.Random, module: Any, name: str) -> bool:
    """Whether a journal is found out in which something that `projections` does is left undone."""
    with patch.object(module, name, lambda *_: None):
        return _broken(histories, rng, shrink=False) is not None


def _broken(histories: int, rng: random.Random, *, shrink: bool) -> str | None:
    """What hypothesis found wrong, with the shortest history that shows it."""
    chosen = settings(
        max_examples=histories,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink) if shrink else (Phase.generate,),
    )
    try:
        run_state_machine_as_test(hypothesis.seed(rng.randrange(2**32))(Histories), settings=chosen)
    except Exception as error:
        return "\n".join([f"{type(error).__name__}: {error}", *getattr(error, "__notes__", ())])
    return None


class Device:
    """A real journal, and beside it what it must hold."""

    def __init__(self, folder: Path, number: int) -> None:
        self._folder, self._number, self._lives = folder, number, 1
        self.desk: Desk = desks.fresh(folder, f"device-{number}")
        self.people = [new_id(self.desk.randomness) for _ in range(PEOPLE)]
        self.shelf = Shelf()
        self.screens: dict[int, tuple[Place, frozenset[str]]] = {}
        self.copy: tuple[bytes, Shelf] | None = None

    @property
    def database(self) -> Database:
        """Its database."""
        return self.desk.database

    def standing(self, place: Place) -> frozenset[str]:
        """The entries whose values stand in a field, as the real projections say."""
        return frozenset(value.entry for value in projections.standing(self.database, *place))

    def back_up(self) -> None:
        """Keep a copy of the whole vault."""
        self.database.checkpoint()
        self.copy = (self.database.path.read_bytes(), self.shelf.copy())

    def restore(self, *, noticed: bool) -> Entry | None:
        """Go back to the copy; erasures are applied before all. Noticed, it goes on with a stream of its own whose
        first entry, which is given, names the one it continues."""
        assert self.copy is not None
        erased = self.shelf.erased
        path, stream = self.database.path, self.desk.journal.stream
        self.database.close()
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        path.write_bytes(self.copy[0])
        self._lives += 1
        self.desk = Desk(Database.open(path, desks.KEY), f"device-{self._number} life {self._lives}")
        self.shelf, self.screens = self.copy[1].copy(), {}
        began = self._begins_anew(stream) if noticed else None
        if not noticed:
            world = (self.desk.clock, self.desk.randomness)
            self.desk.journal = Journal(self.database, stream, *world)
        self.desk.journal.erase(sorted(erased))
        for name in erased:
            self.shelf.erase(name)
        return began

    def _begins_anew(self, stream: str) -> Entry:
        """As a restored vault does it (`services.backup.new_stream`)."""
        journal, parent = self.desk.journal, self.desk.journal.head(stream)
        about = subject(STREAM_SUBJECT, journal.stream)
        told: JsonObject = {
            "because": "restored",
            "digest": parent.digest,
            "number": parent.number,
            "stream": stream,
        }
        began = journal.begin(self.people[0], Change(about, BEGAN, told), parent)
        assert began.previous == parent.digest
        return began


class Histories(RuleBasedStateMachine):
    """One history. The steps are people's; the checks compare with the model."""

    counts: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.counts["told"] += 1
        self._folder = core.scratch_folder()
        self.devices = [Device(Path(self._folder.name), number) for number in range(DEVICES)]
        self.made: dict[str, Made] = {}
        self.parcels: list[Parcel] = []
        self.forked = False

    @initialize(written=st.lists(st.tuples(Devices, People, Places, Values), min_size=6, max_size=12))
    def begins(self, written: list[tuple[int, int, Place, str]]) -> None:
        """Hypothesis leaves steps out of some histories; without writing there would be none."""
        for device, person, place, value in written:
            self._write(self.devices[device], person, place, value)
        for here in self.devices:
            here.back_up()

    @rule(device=Devices, person=People, place=Places)
    def opens_an_editor(self, device: int, person: int, place: Place) -> None:
        here = self.devices[device]
        here.screens[person] = (place, here.standing(place))

    @rule(device=Devices, person=People, place=Places, value=Values)
    def writes(self, device: int, person: int, place: Place, value: str) -> None:
        """From the editor that is open, else from one opened now: then what stands is settled by it."""
        self._write(self.devices[device], person, place, value)

    def _write(self, here: Device, person: int, place: Place, value: str) -> None:
        place, seen = here.screens.pop(person, (place, here.standing(place)))
        self._append(here, person, place, value, seen)

    @rule(device=Devices, person=People, which=Anything)
    def settles(self, device: int, person: int, which: int) -> None:
        """Somebody decides between the values that differ on their screen."""
        here = self.devices[device]
        shown = conflicts(here)
        if shown:
            self._settle(here, person, shown[which % len(shown)], which)

    def _settle(self, here: Device, person: int, found: projections.Conflict, which: int) -> None:
        chosen = found.values[which % len(found.values)].value
        seen = frozenset(value.entry for value in found.values)
        self._append(here, person, (found.subject, found.field), chosen, seen)
        self.counts["settled"] += 1

    def _append(self, here: Device, person: int, place: Place, value: str, seen: frozenset[str]) -> None:
        entry = here.desk.journal.append(
            actor=here.people[person],
            subject=place[0],
            kind="service.recorded",
            payload={"fields": {place[1]: value}},
            replaces=sorted(seen),
        )
        self._wrote(here, entry, place, value, seen)

    def _wrote(self, here: Device, entry: Entry, place: Place, value: str, seen: frozenset[str]) -> None:
        payload = here.desk.journal.payload(entry.payload)
        assert payload is not None
        made = Made(
            identity(entry),
            entry.stream,
            entry.number,
            entry.previous,
            entry_bytes(entry),
            payload,
            place,
            value,
            seen,
        )
        self.made[made.identity] = made
        here.shelf.wrote(made)
        self._check(here)

    @rule(
        device=Devices,
        which=Anything,
        first=Anything,
        bare=st.lists(st.integers(0, 9), max_size=3),
        at_once=st.none() | Devices,
    )
    def packs(self, device: int, which: int, first: int, bare: list[int], at_once: int | None) -> None:
        """Part of a stream it holds goes on its way, from any number on; or straight to somebody."""
        shelf = self.devices[device].shelf
        streams = sorted(stream for stream, held in shelf.streams.items() if held)
        if streams:
            stream = streams[which % len(streams)]
            start = 1 + first % len(shelf.streams[stream]) if first % 2 else 1
            self.parcels.append(parcel_of(shelf, self.made, stream, start, bare))
            if at_once is not None:
                self._take(self.devices[at_once], self.parcels[-1])
                self._check(self.devices[at_once])

    @precondition(lambda self: self.parcels)
    @rule(device=Devices, which=Anything, again=st.booleans())
    def arrives(self, device: int, which: int, again: bool) -> None:
        """A parcel arrives; it may arrive once more, somewhere."""
        at = which % len(self.parcels)
        parcel = self.parcels[at] if again else self.parcels.pop(at)
        self._take(self.devices[device], parcel)
        self._check(self.devices[device])

    @precondition(lambda self: self.parcels)
    @rule(which=Anything)
    def is_lost(self, which: int) -> None:
        self.parcels.pop(which % len(self.parcels))

    @rule(device=Devices, which=Anything)
    def erases(self, device: int, which: int) -> None:
        here = self.devices[device]
        held = sorted(here.shelf.held)
        if held:
            here.desk.journal.erase([held[which % len(held)]])
            here.shelf.erase(held[which % len(held)])
            self._check(here)

    @rule(device=Devices, which=Anything)
    def purges(self, device: int, which: int) -> None:
        """What goes here stays everywhere else, as the others' own checks say."""
        here = self.devices[device]
        held = sorted(here.shelf.held)
        if held:
            here.desk.journal.purge([held[which % len(held)]])
            here.shelf.purge(held[which % len(held)])
            for other in self.devices:
                self._check(other)

    @rule(giver=Devices, taker=Devices)
    def visits(self, giver: int, taker: int) -> None:
        """Everything one holds goes straight to another."""
        shelf, here = self.devices[giver].shelf, self.devices[taker]
        for stream in sorted(stream for stream, held in shelf.streams.items() if held):
            if giver != taker:
                self._take(here, parcel_of(shelf, self.made, stream, 1, ()))
        self._check(here)

    @rule(device=Devices)
    def is_copied(self, device: int) -> None:
        self.devices[device].back_up()

    @rule(
        device=Devices, witness=Devices, noticed=st.booleans(), place=Places, values=st.tuples(Values, Values)
    )
    def is_restored(
        self, device: int, witness: int, noticed: bool, place: Place, values: tuple[str, str]
    ) -> None:
        """Somebody writes, somebody else takes it along, the disk dies, the copy is laid back, work goes on."""
        here = self.devices[device]
        self._write(here, 0, place, values[0])
        self.visits(device, witness)
        began = here.restore(noticed=noticed)
        if began is not None:
            self._wrote(here, began, (began.subject, ""), "", frozenset())
        self.forked |= not noticed
        self._write(here, 1, place, values[1])

    # --- the laws -------------------------------------------------------------------------------------

    def _take(self, here: Device, parcel: Parcel) -> None:
        """Nothing but what the model says is refused, with what is missing; nothing of it is kept then."""
        expected = here.shelf.refuses(parcel)
        first = parcel.items[0]
        items: list[tuple[bytes, Payload | None]] = [
            (made.content, None if made.identity in parcel.bare else made.payload) for made in parcel.items
        ]
        try:
            new = here.desk.take(first.stream, items)
        except JournalFault as fault:
            assert fault.code == expected, (fault.code, expected)
            if expected == "journal.hole":
                held = len(here.shelf.streams.get(first.stream, []))
                assert fault.data == {"first": held + 1, "last": first.number - 1}
            self.counts["forks"] += expected in ("journal.fork", "journal.broken")
            self.counts["holes"] += expected == "journal.hole"
            return
        assert expected is None, expected
        assert new == here.shelf.take(parcel)

    def _check(self, here: Device) -> None:
        """Nothing is lost, values stand as they must, each conflict is shown once."""
        self.counts["steps"] += 1
        standing = here.shelf.standing(self.made)
        for place in PLACES:
            found = {(one.value, one.entry) for one in projections.standing(here.database, *place)}
            assert found == standing.get(place, frozenset()), place
        shown = [((c.subject, c.field), frozenset(v.value for v in c.values)) for c in conflicts(here)]
        assert len(shown) == len(dict(shown)), "a conflict is shown twice"
        assert dict(shown) == in_conflict(standing)
        assert projections.conflict_count(here.database) == len(shown)
        heads = {stream: head.digest for stream, head in here.desk.journal.heads().items()}
        assert heads == {stream: held[-1] for stream, held in here.shelf.streams.items() if held}

    def teardown(self) -> None:
        try:
            for here in self.devices:
                self._check_whole(here)
            self._exchange_everything()
            for here in self.devices:
                self._check_whole(here)
            self._compare()
            if not self.forked:
                self._settle_everything()
        finally:
            for here in self.devices:
                here.database.close()
            self._folder.cleanup()

    def _check_whole(self, here: Device) -> None:
        """The chain holds, every payload is where it must be, rebuilt is the same as grown."""
        for stream, held in here.shelf.streams.items():
            if not held:
                continue
            verified = here.desk.journal.verify(stream)
            assert verified.sound, verified.faults
            assert [identity(entry) for entry, _ in here.desk.journal.entries(stream)] == held
            names = {self.made[one].payload.digest for one in held}
            counts = (
                len(names & here.shelf.held),
                len(names & here.shelf.withheld),
                len(names & here.shelf.erased),
                len(names & here.shelf.purged),
            )
            assert (verified.held, verified.withheld, verified.erased, verified.purged) == counts
        for name in here.shelf.erased:
            assert here.desk.journal.state(name) is State.ERASED
            assert here.desk.journal.payload(name) is None, "an erased payload came back"
        grown = desks.projected(here.database)
        projections.rebuild(here.database)
        assert desks.projected(here.database) == grown, "rebuilt is not what had grown"

    def _exchange_everything(self) -> None:
        """Everybody hands everything on, twice: then all hold the same, unless a fork keeps them apart. What was
        purged somewhere is erased everywhere before, so that all can be compared."""
        for here in self.devices:
            gone = (other.shelf.erased | other.shelf.purged for other in self.devices)
            for name in sorted(set().union(*gone)):
                here.desk.journal.erase([name])
                here.shelf.erase(name)
        for _ in range(2):
            for giver in self.devices:
                for stream in sorted(stream for stream, held in giver.shelf.streams.items() if held):
                    parcel = parcel_of(giver.shelf, self.made, stream, 1, ())
                    for taker in self.devices:
                        if taker is not giver:
                            self._take(taker, parcel)

    def _compare(self) -> None:
        groups: dict[Any, list[Device]] = {}
        for here in self.devices:
            entries = frozenset(one for held in here.shelf.streams.values() for one in held)
            groups.setdefault((entries, frozenset(here.shelf.held)), []).append(here)
        assert self.forked or len(groups) == 1, "the same was handed to all, and they do not hold the same"
        for same in groups.values():
            tables = [desks.projected(here.database) for here in same]
            assert all(table == tables[0] for table in tables), "the same payloads, other projections"

    def _settle_everything(self) -> None:
        """One device decides on all that differs; when the others have its decisions nothing differs anywhere."""
        first = self.devices[0]
        for number, found in enumerate(conflicts(first)):
            self._settle(first, 0, found, number)
        self._exchange_everything()
        for here in self.devices:
            assert conflicts(here) == (), "a decision did not travel"


def conflicts(here: Device) -> tuple[projections.Conflict, ...]:
    """As the program shows them."""
    return projections.conflicts(here.database)
