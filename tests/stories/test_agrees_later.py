"""Somebody says no to headquarters, and another day says yes."""

from pathlib import Path

import pytest

from fieldkit.domain.errors import FieldkitError
from fieldkit.services import (
    asking_again,
    enrolment,
    exchange,
    importing,
    report,
    requests_of_people,
    statements,
)
from fieldkit.services.travel import Leave
from fieldkit.services.vault import OpenVault
from fieldkit.storage.journal import State
from tests.stories import offices
from tests.stories.offices import Office, carry, everything_held
from tests.stories.people import AGREED, FEAR, IN_PRIVATE, NO_URGENT_NEED, NOT_AGREED, screened, somebody


@pytest.fixture
def post(tmp_path: Path, office: Office) -> OpenVault:
    made = offices.open_post(tmp_path / "vault", f"Second Thoughts {tmp_path.name} (invented)"[:100])
    offices.enrol(made, office)
    return made


def receipt(office: Office, post: OpenVault) -> None:
    """What headquarters holds is confirmed: the next export begins above it."""
    device = enrolment.held_certificate(post)[2].device
    assert statements.accept(post, statements.to_send(office.vault, device)).refused == ()


def states(office: Office, post: OpenVault, case: str) -> list[State]:
    about = post.journal.about(f"case/{case}")
    return [office.vault.journal.state(entry.payload) for entry, _ in about]


@pytest.mark.parametrize("confirmed", [False, True], ids=["no receipt yet", "after a receipt"])
def test_what_travelled_as_links_is_sent_once_the_person_agrees(
    post: OpenVault, office: Office, tmp_path: Path, confirmed: bool
) -> None:
    private = screened(post, NO_URGENT_NEED, IN_PRIVATE, NOT_AGREED, somebody("Gana Testperson"), FEAR)
    carry(post, office, tmp_path)
    if confirmed:
        receipt(office, post)
    assert set(states(office, post, private.case)) == {State.WITHHELD}
    assert private.number not in {row.number for row in report.cases(office.vault)}

    assert asking_again.refused(post, private.case) == ("child_protection", "headquarters")
    asking_again.agrees_now(post, private.case, "headquarters")
    (name,) = exchange.export(post, tmp_path).files
    looked = importing.look(office.vault, tmp_path / name)
    assert bool(looked.later) == confirmed, "above a receipt everything is carried again anyway"
    assert looked.first > 1 or not confirmed
    taken = importing.import_bundle(office.vault, tmp_path / name)
    assert taken.filled > 3
    assert taken.cases_new == 1
    assert private.number in {row.number for row in report.cases(office.vault)}
    for entry, _ in post.journal.about(f"case/{private.case}"):
        expected = State.HELD if Leave(post).may_travel(entry) else State.WITHHELD
        assert office.vault.journal.state(entry.payload) is expected
    assert b"Gana Testperson" not in everything_held(office.vault)
    assert office.vault.journal.verify(post.stream).sound

    again = importing.import_bundle(office.vault, tmp_path / name)
    assert again.already
    post.close()


def test_until_headquarters_confirms_it_the_late_content_comes_with_every_export(
    post: OpenVault, office: Office, tmp_path: Path
) -> None:
    private = screened(post, NO_URGENT_NEED, IN_PRIVATE, NOT_AGREED, somebody("Haro Testperson"), FEAR)
    carry(post, office, tmp_path)
    receipt(office, post)
    asking_again.agrees_now(post, private.case, "headquarters")
    exchange.export(post, tmp_path)  # and this stick fell into the river
    (name,) = exchange.export(post, tmp_path).files
    assert importing.import_bundle(office.vault, tmp_path / name).filled > 3
    receipt(office, post)
    screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Ibo Testperson"))
    (name,) = exchange.export(post, tmp_path).files
    assert importing.look(office.vault, tmp_path / name).later == 0, "it is there"
    post.close()


def test_who_said_no_and_goes_on_saying_no_is_never_sent(
    post: OpenVault, office: Office, tmp_path: Path
) -> None:
    private = screened(post, NO_URGENT_NEED, IN_PRIVATE, NOT_AGREED, somebody("Juna Testperson"), FEAR)
    carry(post, office, tmp_path)
    receipt(office, post)
    asking_again.agrees_now(post, private.case, "child_protection")
    carry(post, office, tmp_path)
    assert set(states(office, post, private.case)) == {State.WITHHELD}
    with pytest.raises(FieldkitError, match=r"home\.not_asked"):
        asking_again.agrees_now(post, private.case, "child_protection")
    post.close()


def test_who_takes_it_back_again_is_not_sent_any_more(
    post: OpenVault, office: Office, tmp_path: Path
) -> None:
    private = screened(post, NO_URGENT_NEED, IN_PRIVATE, NOT_AGREED, somebody("Kiro Testperson"), FEAR)
    carry(post, office, tmp_path)
    receipt(office, post)
    asking_again.agrees_now(post, private.case, "headquarters")
    requests_of_people.withdraw(post, private.case, {"headquarters"})
    carry(post, office, tmp_path)
    assert set(states(office, post, private.case)) == {State.WITHHELD}
    post.close()


def test_what_is_gone_at_the_post_is_missing_at_headquarters_and_not_withheld(
    post: OpenVault, office: Office, tmp_path: Path
) -> None:
    told = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Lomo Testperson"), FEAR)
    lost = next(
        entry for entry, _ in post.journal.about(f"case/{told.case}") if entry.kind == "submission.finished"
    )
    post.journal.purge([lost.payload])
    (name,) = exchange.export(post, tmp_path).files
    looked = importing.look(office.vault, tmp_path / name)
    assert looked.gone == {lost.number}
    before = report.counts(office.vault).withheld.value
    taken = importing.import_bundle(office.vault, tmp_path / name)
    assert taken.missing == 1
    assert office.vault.journal.state(lost.payload) is State.MISSING
    assert report.counts(office.vault).withheld.value == (before or 0) + taken.withheld
    post.close()
