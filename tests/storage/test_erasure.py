"""What goes stays gone: payloads, files, projections, sealed or open; the chain says where they are."""

import pytest

from fieldkit.storage import erasure, kinds
from fieldkit.storage.attachments import Attachments, submission_holder
from fieldkit.storage.erasure import ERASED, PURGED
from fieldkit.storage.journal import State
from fieldkit.storage.projections import rebuild
from tests.storage.desks import CASE, OFFICER, Desk, projected
from tests.storage.payloads import PAYLOADS, SUBMISSION
from tests.worlds import CountedRandomness

HOLDER = submission_holder("uuid:1")


def finished(desk: Desk) -> tuple[str, ...]:
    """A finished interview with a file; the digests of its two halves."""
    names = []
    for kind, payload in (
        ("submission.finished", SUBMISSION),
        ("submission.kept", PAYLOADS["submission.kept"]),
    ):
        entry = desk.journal.append(actor=OFFICER, subject=CASE, kind=kind, payload=payload)
        names.append(entry.payload)
    files = Attachments(desk.database, CountedRandomness())
    files.put(HOLDER, "ab12.png", b"a drawing", media_type="image/png")
    return tuple(names)


@pytest.mark.parametrize("state", [PURGED, ERASED])
def test_records_go_with_their_files_and_all_that_was_made_of_them(desk: Desk, state: str) -> None:
    before = projected(desk.database)
    names = finished(desk)
    assert erasure.take_away(desk.database, names, state) == 2
    assert desk.database.number("SELECT COUNT(*) FROM attachments") == 0
    assert desk.database.number("SELECT COUNT(*) FROM attachment_parts") == 0
    assert projected(desk.database) == before
    assert {desk.journal.state(name) for name in names} == {State(state)}
    verified = desk.journal.verify(desk.journal.stream)
    assert verified.sound
    assert (verified.purged, verified.erased) == ((2, 0) if state == PURGED else (0, 2))
    rebuild(desk.database)
    assert projected(desk.database) == before


def test_what_was_purged_can_still_be_erased_and_what_was_erased_stays_so(desk: Desk) -> None:
    names = finished(desk)
    erasure.take_away(desk.database, names, PURGED)
    assert erasure.take_away(desk.database, names, ERASED) == 0
    assert {desk.journal.state(name) for name in names} == {State.ERASED}
    assert erasure.take_away(desk.database, names, PURGED) == 0
    assert {desk.journal.state(name) for name in names} == {State.ERASED}


def test_a_digest_is_kept_although_nothing_was_ever_held_under_it(desk: Desk) -> None:
    name = "ab" * 32
    assert erasure.take_away(desk.database, [name], ERASED) == 0
    assert desk.journal.state(name) is State.ERASED
    assert name in erasure.erased(desk.database)
    assert erasure.take_away(desk.database, ["cd" * 32], PURGED) == 0
    assert desk.journal.state("cd" * 32) is State.MISSING, "nothing is purged that is not here"


def test_files_of_an_erased_interview_are_never_written_again(desk: Desk) -> None:
    names = finished(desk)
    assert not erasure.is_erased_holder(desk.database, HOLDER)
    erasure.take_away(desk.database, names, ERASED)
    assert erasure.is_erased_holder(desk.database, HOLDER)
    files = Attachments(desk.database, CountedRandomness())
    files.put(HOLDER, "ab12.png", b"a drawing", media_type="image/png")  # as an old page would bring it back
    assert erasure.drop_erased_files(desk.database) == 1
    assert files.of(HOLDER) == ()


def test_everything_that_names_a_case_is_about_it(desk: Desk) -> None:
    """Also what is kept under a subject of its own and names the case inside."""
    case = CASE.partition("/")[2]
    own = desk.journal.append(
        actor=OFFICER, subject=CASE, kind="case.opened", payload=PAYLOADS["case.opened"]
    )
    paper = desk.journal.append(
        actor=OFFICER,
        subject="paper/" + "0d" * 16,
        kind="document.printed",
        payload={**PAYLOADS["document.printed"], "case": case},
    )
    desk.journal.append(
        actor=OFFICER,
        subject="paper/" + "0e" * 16,
        kind="document.printed",
        payload=PAYLOADS["document.printed"],
    )
    assert erasure.about(desk.database, CASE) == (own.payload, paper.payload)
    assert erasure.about(desk.database, CASE, but={"case.opened"}) == (paper.payload,)


def test_every_projection_that_names_a_case_is_asked() -> None:
    with_case = {table for table, columns in kinds.TABLES.items() if "case_id" in columns}
    assert set(erasure._OF_CASES) == with_case


def test_drafts_go_by_their_case(desk: Desk) -> None:
    for case in ("c1" * 16, "c2" * 16, ""):
        with desk.database.transaction():
            desk.database.execute(
                "INSERT INTO drafts VALUES (?, ?, ?, 'screening', '1', 'now', 'en', 'ti', '', '')",
                (f"d{case}", OFFICER, case),
            )
    assert erasure.take_drafts(desk.database, "c1" * 16) == 1
    assert erasure.take_drafts(desk.database, "") == 0, "a draft without a case belongs to none"
    assert desk.database.number("SELECT COUNT(*) FROM drafts") == 2
