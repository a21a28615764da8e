"""Two desks with real vaults: a post's journal arrives, is listed and counted, and never twice."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from fieldkit.crypto.keys import DatabaseKey
from fieldkit.domain.entries import Entry, Payload, digest
from fieldkit.domain.errors import FieldkitError
from fieldkit.domain.ports import JsonObject
from fieldkit.headquarters import queries
from fieldkit.headquarters.counting import Base
from fieldkit.headquarters.faults import HeadquartersFault
from fieldkit.headquarters.office import found_office
from fieldkit.headquarters.queries import CaseState
from fieldkit.headquarters.store import Imported, Store
from fieldkit.storage.database import Database
from fieldkit.storage.journal import Journal
from fieldkit.storage.migrations import run
from fieldkit.storage.quarantine import Why
from fieldkit.sync.faults import BundleFault
from fieldkit.sync.incoming import Hole
from fieldkit.sync.outgoing import Stored, gather, seal_outgoing
from fieldkit.sync.trust import DeviceIdentity, read_request, write_request
from tests.sync.builder import Drawn

MONDAY = datetime(2026, 11, 16, 23, 30, tzinfo=timezone(timedelta(hours=3)))
AMINA, BAHRU, CARLA = ("aa" * 16, "bb" * 16, "cc" * 16)
KEYS, STICK = found_office("Invented Border Service", Drawn("office"))


class Wall:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.moment = MONDAY

    def now(self) -> datetime:
        return self.moment


class Desk:
    """A vault with a journal."""

    def __init__(self, folder: Path, name: str) -> None:
        self.draw, self.clock = Drawn(name), Wall()
        self.database = Database.create(folder / f"{name}.db", DatabaseKey.new(self.draw))
        run(self.database)
        self.journal = Journal(self.database, self.draw.bytes(16).hex(), self.clock, self.draw)


class Headquarters(Desk):
    """A desk that certifies and imports."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "headquarters")
        self.store = Store(self.database, self.journal, KEYS)

    def take(self, bundle: bytes) -> Imported:
        return self.store.accept(self.store.look(bundle), "coordinator")

    def kinds(self) -> list[str]:
        return [entry.kind for entry, _ in self.journal.entries(self.journal.stream)]


class Post(Desk):
    """A desk that interviews and exports."""

    def __init__(self, folder: Path, name: str, headquarters: Headquarters) -> None:
        super().__init__(folder, name)
        self.identity = DeviceIdentity.new(self.journal.stream, self.draw)
        request = read_request(write_request(self.identity, KEYS.office, name))
        self.certificate = headquarters.store.certify(request, STICK, "coordinator")
        self.private: set[str] = set()

    def write(self, subject: str, kind: str, payload: JsonObject, replaces: tuple[str, ...] = ()) -> str:
        entry = self.journal.append(
            actor="officer", subject=subject, kind=kind, payload=payload, replaces=replaces
        )
        return digest(next(self.journal.entries(self.journal.stream, entry.number - 1, 1))[1])

    def open_case(self, case: str, **sections: str) -> None:
        self.write(f"case/{case}", "case.opened", {"form": "screening", "number": case[:4]})
        self.interview(case, sections)

    def interview(self, case: str, sections: dict[str, str], *replaces: str, survey: bool = False) -> str:
        payload: JsonObject = {
            "facts": {},
            "form": "screening",
            "instance_id": "uuid:invented",
            "interpreted": "nobody",
            "languages": {"officer": "en", "person": "so"},
            "sections": [_section(name, how) for name, how in sections.items()],
            "survey": survey,
            "version": "1",
            "xml": "<data/>",
        }
        return self.write(f"case/{case}", "submission.finished", payload, replaces)

    def outcome(self, case: str, how: str, category: str, *replaces: str, verdict: str = "yes") -> str:
        payload: JsonObject = {"category": category, "rule": "R1", "verdict": verdict}
        return self.write(f"case/{case}", f"outcome.{how}", payload, replaces)

    def stored(self, after: int = 0, until: int | None = None) -> Iterator[Stored]:
        for entry, content in self.journal.entries(self.journal.stream, after, until and until - after):
            yield content, self.journal.payload(entry.payload)

    def export(self, after: int = 0, until: int | None = None, *, agreed: bool = False) -> bytes:
        def may_travel(entry: Entry) -> bool:
            return agreed or entry.subject_id not in self.private

        [outgoing] = gather(self.stored(after, until), may_travel)
        return seal_outgoing(
            outgoing,
            key=self.identity.key,
            certificate=self.certificate,
            recipient=KEYS.office.recipient,
            versions={"rules": "2026-11"},
            randomness=self.draw,
        )


def _section(name: str, how: str) -> dict[str, str | bool | int]:
    return {
        "asked": how != "not_asked",
        "declined": 2 if how == "declined" else 0,
        "in_private": True,
        "interpreted": "nobody",
        "name": name,
        "not_asked": 1 if how == "in_part" else 0,
        "reviewed_text": True,
    }


@pytest.fixture
def headquarters(tmp_path: Path) -> Iterator[Headquarters]:
    desk = Headquarters(tmp_path)
    yield desk
    desk.database.close()


@pytest.fixture
def north(tmp_path: Path, headquarters: Headquarters) -> Iterator[Post]:
    desk = Post(tmp_path, "Invented Post North", headquarters)
    yield desk
    desk.database.close()


@pytest.fixture
def south(tmp_path: Path, headquarters: Headquarters) -> Iterator[Post]:
    desk = Post(tmp_path, "Invented Post South", headquarters)
    yield desk
    desk.database.close()


def refused(headquarters: Headquarters, bundle: bytes) -> FieldkitError:
    """The fault with which a bundle is refused; nothing in the vault changes."""
    before = (headquarters.journal.heads(), headquarters.kinds())
    with pytest.raises(FieldkitError) as caught:
        headquarters.take(bundle)
    assert (headquarters.journal.heads(), headquarters.kinds()) == before
    return caught.value


# Stories of what arrives


def test_a_posts_cases_are_listed_and_counted_by_category_and_day(
    headquarters: Headquarters, north: Post, south: Post
) -> None:
    north.open_case(AMINA, health="asked", fear="asked")
    suggestion = north.outcome(AMINA, "suggested", "C01")
    north.outcome(AMINA, "confirmed", "C01", suggestion)
    south.clock.moment = MONDAY + timedelta(days=1)
    south.open_case(BAHRU, health="asked", fear="not_asked")
    south.outcome(BAHRU, "suggested", "C05")
    south.outcome(BAHRU, "suggested", "C07", verdict="cannot tell")
    brought = headquarters.take(north.export())
    assert (brought.sender.post, brought.first, brought.last) == ("Invented Post North", 1, 4)
    assert (brought.entries_new, brought.entries_known, brought.cases_new) == (4, 0, 1)
    assert headquarters.take(south.export()).cases_new == 1
    assert [
        (row.post, row.opened, row.confirmed, row.suggested, row.state) for row in _cases(headquarters)
    ] == [
        ("Invented Post South", "2026-11-17", (), ("C05",), CaseState.SUGGESTED),
        ("Invented Post North", "2026-11-16", ("C01",), (), CaseState.CONFIRMED),
    ]
    table = queries.counts(headquarters.database, ["C26"])
    assert (table.days, table.categories) == (("2026-11-16", "2026-11-17"), ("C01", "C05", "C26"))
    monday, tuesday = (table.cells[day, "C01"] for day in table.days)
    assert (monday.confirmed.value, monday.suggested.value, monday.base) == (1, 1, Base(asked=1))
    assert (tuesday.confirmed.value, tuesday.base) == (None, Base(not_asked=1))
    assert table.cells["2026-11-17", "C05"].suggested.value == 1
    assert table.cases.value == 2


def test_everything_held_is_what_the_post_wrote(headquarters: Headquarters, north: Post) -> None:
    north.open_case(AMINA, health="asked")
    headquarters.take(north.export())
    stream = north.journal.stream
    assert list(headquarters.journal.entries(stream)) == list(north.journal.entries(stream))
    for entry, _ in north.journal.entries(stream):
        assert headquarters.journal.payload(entry.payload) == north.journal.payload(entry.payload)


def test_a_withheld_case_is_a_link_is_counted_as_such_and_comes_when_the_person_agrees(
    headquarters: Headquarters, north: Post
) -> None:
    north.open_case(AMINA, health="asked")
    north.open_case(BAHRU, health="asked")
    north.private.add(BAHRU)
    brought = headquarters.take(north.export())
    assert (brought.withheld, brought.hole, brought.cases_new) == (2, None, 1)
    assert [row.case for row in _cases(headquarters)] == [AMINA]
    assert queries.counts(headquarters.database).withheld.value == 2
    again = headquarters.take(north.export(agreed=True))
    assert (again.entries_new, again.filled, again.cases_new, again.already) == (0, 2, 1, False)
    assert {row.case for row in _cases(headquarters)} == {AMINA, BAHRU}
    assert queries.withheld(headquarters.database) == 0


def test_the_next_bundle_brings_what_is_new(headquarters: Headquarters, north: Post) -> None:
    north.open_case(AMINA, health="asked")
    headquarters.take(north.export())
    north.outcome(AMINA, "suggested", "C01")
    brought = headquarters.take(north.export())
    assert (brought.entries_new, brought.entries_known, brought.cases_new) == (1, 2, 0)


def test_imported_twice_changes_nothing(headquarters: Headquarters, north: Post) -> None:
    north.open_case(AMINA, health="asked")
    bundle = north.export()
    assert not headquarters.take(bundle).already
    before = (headquarters.journal.heads(), queries.counts(headquarters.database))
    again = headquarters.take(bundle)
    assert (again.already, again.entries_new, again.entries_known) == (True, 0, 2)
    assert (headquarters.journal.heads(), queries.counts(headquarters.database)) == before
    assert headquarters.kinds().count("bundle.imported") == 1


def test_looking_changes_nothing(headquarters: Headquarters, north: Post) -> None:
    north.open_case(AMINA, health="asked")
    before = headquarters.journal.heads()
    assert headquarters.store.look(north.export()).sender.post == "Invented Post North"
    assert headquarters.journal.heads() == before


# Stories of what is refused


def test_a_hole_is_reported_and_closed_by_the_earlier_bundle(headquarters: Headquarters, north: Post) -> None:
    north.open_case(AMINA, health="asked")
    north.open_case(BAHRU, health="asked")
    later = north.export(after=2)
    assert headquarters.store.look(later).hole == Hole(1, 2)
    fault = refused(headquarters, later)
    assert (fault.code, dict(fault.data)) == (
        "bundle.hole",
        {"first": 1, "last": 2, "post": "Invented Post North"},
    )
    headquarters.take(north.export(until=2))
    assert headquarters.take(later).entries_new == 2


def test_the_other_branch_of_a_copied_laptop_is_set_aside_whole_until_a_person_admits_it(
    headquarters: Headquarters, north: Post, tmp_path: Path
) -> None:
    north.open_case(AMINA, health="asked")
    clone = Desk(tmp_path, "clone")
    clone.journal = Journal(clone.database, north.journal.stream, clone.clock, clone.draw)
    with clone.database.transaction():
        clone.journal.accept(north.journal.stream, list(north.stored(until=1)))
    clone.journal.append(actor="thief", subject="case/dd", kind="note", payload={})
    headquarters.take(north.export())
    stream, before = north.journal.stream, headquarters.journal.heads()
    north.database, north.journal = clone.database, clone.journal
    bundle = north.export()
    looked = headquarters.store.look(bundle)
    assert (looked.forked, headquarters.store.why_apart(looked)) == (2, Why.FORKED)
    brought = headquarters.take(bundle)
    assert (brought.set_aside, brought.why, brought.entries_new) == (1, Why.FORKED, 0)
    assert headquarters.take(bundle).already, "coming again changes nothing"
    assert headquarters.journal.head(stream) == before[stream]
    assert headquarters.store.admit(stream, "coordinator", "the post explained it") == 1
    (branch,) = set(headquarters.journal.heads()) - {*before, headquarters.journal.stream}
    assert headquarters.journal.head(branch).number == 2, "both branches are kept, and neither is renumbered"
    assert headquarters.journal.head(stream) == before[stream]
    assert headquarters.journal.verify(branch).sound
    assert headquarters.journal.verify(stream).sound
    assert headquarters.store.quarantine.all() == ()
    clone.database.close()


def test_a_store_that_changed_between_looking_and_accepting_keeps_nothing_false(
    headquarters: Headquarters, north: Post
) -> None:
    north.open_case(AMINA, health="asked")
    first, whole = headquarters.store.look(north.export(until=1)), headquarters.store.look(north.export())
    assert headquarters.store.accept(whole, "coordinator").entries_new == 2
    assert headquarters.store.accept(first, "coordinator").already


@pytest.mark.parametrize("by", ["device", "stream"])
def test_what_a_revoked_laptop_wrote_later_is_set_aside(
    headquarters: Headquarters, north: Post, by: str
) -> None:
    north.open_case(AMINA, health="asked")
    headquarters.take(north.export())
    headquarters.store.revoke(getattr(north.identity, by), "left in a bus", "coordinator")
    north.open_case(BAHRU, health="asked")
    brought = headquarters.take(north.export())
    assert (brought.why, brought.entries_new, brought.set_aside) == (Why.REVOKED, 0, 2)
    assert [row.case for row in _cases(headquarters)] == [AMINA], "what came before stays"
    (aside,) = headquarters.store.quarantine.all()
    assert (aside.first, aside.last, aside.why) == (3, 4, Why.REVOKED)
    assert headquarters.kinds()[-1] == "bundle.set_aside"


def test_a_restored_headquarters_takes_a_revoked_laptop_s_entries_up_to_the_cut_off(
    headquarters: Headquarters, north: Post, tmp_path: Path
) -> None:
    north.open_case(AMINA, health="asked")
    headquarters.take(north.export())
    headquarters.store.revoke(north.identity.device, "left in a bus", "coordinator")
    north.open_case(BAHRU, health="asked")
    (tmp_path / "restored").mkdir()
    restored = Headquarters(tmp_path / "restored")
    with (
        restored.database.transaction()
    ):  # its own journal came back from a copy; what posts had sent did not
        own = headquarters.journal.stream
        restored.journal.accept(
            own,
            [
                (held, headquarters.journal.payload(one.payload))
                for one, held in headquarters.journal.entries(own)
            ],
        )
    brought = restored.take(north.export())
    assert (brought.entries_new, brought.set_aside) == (2, 2)
    assert [row.case for row in _cases(restored)] == [AMINA]
    restored.database.close()


def test_a_revocation_needs_a_reason_and_somebody_known_and_is_made_once(
    headquarters: Headquarters, north: Post
) -> None:
    def code(revoked: str, reason: str) -> str:
        with pytest.raises(HeadquartersFault) as caught:
            headquarters.store.revoke(revoked, reason, "coordinator")
        return caught.value.code

    assert code(north.identity.device, " ") == "revoke.reason_missing"
    assert code("ab" * 16, "lost") == "revoke.unknown"
    headquarters.store.revoke(north.identity.device, "lost", "coordinator")
    assert code(north.identity.device, "lost") == "revoke.already"
    request = read_request(write_request(north.identity, KEYS.office, "Invented Post North"))
    with pytest.raises(HeadquartersFault, match=r"headquarters\.revoked"):
        headquarters.store.certify(request, STICK, "coordinator")


def test_what_headquarters_erased_is_not_kept_aside_either(headquarters: Headquarters, north: Post) -> None:
    headquarters.store.revoke(north.identity.device, "lost", "coordinator")
    north.open_case(AMINA, health="asked")
    headquarters.take(north.export())
    stream = north.journal.stream
    first, second = (item[1] for item in headquarters.store.quarantine.items(stream))
    assert first is not None and second is not None
    headquarters.journal.erase([first.digest])
    assert [item[1] for item in headquarters.store.quarantine.items(stream)] == [None, second]
    headquarters.take(north.export())
    assert headquarters.store.quarantine.items(stream)[0][1] is None, "nor does it come back"


def test_an_import_that_fails_in_the_middle_keeps_nothing(
    headquarters: Headquarters, north: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    north.open_case(AMINA, health="asked")
    whole = headquarters.journal.accept

    def torn(stream: str, items: Iterator[tuple[bytes, Payload | None]], gone: frozenset[int]) -> int:
        whole(stream, items, gone)
        raise BundleFault("test.torn")

    monkeypatch.setattr(headquarters.journal, "accept", torn)
    assert refused(headquarters, north.export()).code == "test.torn"
    assert _cases(headquarters) == ()


# Stories of certificates


def test_certifying_the_same_laptop_again_gives_the_same_and_records_nothing(
    headquarters: Headquarters, north: Post
) -> None:
    request = read_request(write_request(north.identity, KEYS.office, "Invented Post North"))
    assert headquarters.store.certify(request, STICK, "coordinator") == north.certificate
    assert headquarters.kinds() == ["device.certified"]
    assert queries.certificates(headquarters.database) == (north.certificate,)


def test_no_laptop_is_certified_for_the_stream_of_another_or_of_headquarters(
    headquarters: Headquarters, north: Post
) -> None:
    for stream in (north.journal.stream, headquarters.journal.stream):
        taker = DeviceIdentity.new(stream, Drawn("taker"))
        request = read_request(write_request(taker, KEYS.office, "Taker"))
        with pytest.raises(HeadquartersFault, match=r"headquarters\.stream_taken"):
            headquarters.store.certify(request, STICK, "coordinator")
    assert headquarters.kinds() == ["device.certified"]


def test_a_headquarters_restored_from_an_old_backup_learns_its_devices_again(
    tmp_path: Path, north: Post
) -> None:
    (tmp_path / "restored").mkdir()
    restored = Headquarters(tmp_path / "restored")
    north.open_case(AMINA, health="asked")
    restored.take(north.export())
    assert [row.post for row in _cases(restored)] == ["Invented Post North"]
    assert restored.kinds() == ["device.certified", "bundle.imported"]
    restored.database.close()


# Stories of what counts


def test_a_replaced_confirmation_and_a_replaced_interview_no_longer_count(
    headquarters: Headquarters, north: Post
) -> None:
    north.open_case(AMINA)
    first = north.interview(CARLA, {"health": "not_asked"})
    north.interview(CARLA, {"health": "asked"}, first)
    confirmed = north.outcome(CARLA, "confirmed", "C03")
    north.outcome(CARLA, "not_confirmed", "C03", confirmed)
    headquarters.take(north.export())
    table = queries.counts(headquarters.database)
    assert table.sections["health"] == Base(asked=1, not_asked=1, definition="figure.section")
    assert "C03" not in table.categories


def test_two_people_who_disagree_leave_the_protective_answer_standing(
    headquarters: Headquarters, north: Post
) -> None:
    north.open_case(AMINA, health="asked")
    suggestion = north.outcome(AMINA, "suggested", "C03")
    north.outcome(AMINA, "not_confirmed", "C03", suggestion)
    north.outcome(AMINA, "confirmed", "C03", suggestion)
    headquarters.take(north.export())
    [row] = _cases(headquarters)
    assert (row.confirmed, row.suggested) == (("C03",), ())


def test_a_suggestion_that_nobody_confirmed_stays_listed(headquarters: Headquarters, north: Post) -> None:
    north.open_case(AMINA, health="asked")
    north.outcome(AMINA, "not_confirmed", "C03", north.outcome(AMINA, "suggested", "C03"))
    headquarters.take(north.export())
    [row] = _cases(headquarters)
    assert (row.suggested, row.state) == (("C03",), CaseState.SUGGESTED)


def test_a_section_that_was_asked_in_part_or_declined_in_part_was_not_asked(
    headquarters: Headquarters, north: Post
) -> None:
    north.open_case(AMINA, health="in_part", fear="declined")
    north.open_case(BAHRU, health="asked", fear="asked")
    headquarters.take(north.export())
    sections = queries.counts(headquarters.database).sections
    assert sections["health"] == Base(asked=1, not_asked=1, definition="figure.section")
    assert sections["fear"] == Base(asked=1, declined=1, definition="figure.section")


def test_a_survey_is_no_interview(headquarters: Headquarters, north: Post) -> None:
    north.interview(AMINA, {"health": "asked"}, survey=True)
    headquarters.take(north.export())
    assert queries.interviews(headquarters.database) == ()


def _cases(headquarters: Headquarters) -> tuple[queries.CaseRow, ...]:
    return queries.cases(headquarters.database)
