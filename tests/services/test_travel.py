"""What may leave a post: every kind of entry there is stands in the table, or goes as a link."""

import pytest

from fieldkit.domain.entries import Entry, subject
from fieldkit.domain.ports import JsonObject, JsonValue
from fieldkit.services import travel
from fieldkit.services.recipients import HEADQUARTERS
from fieldkit.services.travel import ABOUT_A_PERSON, ABOUT_THE_POST, Leave
from fieldkit.services.vault import OpenVault
from fieldkit.storage.journal import Change
from fieldkit.storage.kinds import READERS
from tests.stories.offices import open_post

AGREED, REFUSED, SILENT = "a1" * 16, "b2" * 16, "c3" * 16
STAYS = frozenset(
    {
        "document.issued",
        "document.revoked",
        "thinking.recorded",
        "holding.placed",
        "holding.visited",
        "permit.recorded",
        "permit.ended",
        "origin.recorded",
        "child.called",
        "guardian.kept",
        "duty.kept",
        "team.kept",
        "household.recorded",
        "household.joined",
        "group.recorded",
        "group.informed",
        "group.routed",
        "case.taken_over",
        "alert.received",
        "submission.kept",
        "correction.proposed",
        "correction.kept",
        "clip.recorded",
        "receipt.accepted",
        "backup.made",
    }
)
"""Written so that it stays: what headquarters has no use for."""
OF_HEADQUARTERS = frozenset(
    {
        "outbox.opened",
        "task.given",
        "referral.result",
        "message.sent",
        "bundle.imported",
        "device.certified",
        "device.revoked",
        "difference.settled",
        "office.may_read",
        "office.may_read_ended",
    }
)
"""Written at headquarters only; a post that had one would not send it."""
KINDS = [*sorted(READERS), "something.newer"]


def test_every_kind_is_in_the_table_or_known_to_stay() -> None:
    """A new kind of entry complains here until somebody has decided whether it travels."""
    assert set(READERS) == ABOUT_THE_POST | ABOUT_A_PERSON | OF_HEADQUARTERS | STAYS
    assert not (ABOUT_THE_POST | ABOUT_A_PERSON) & (OF_HEADQUARTERS | STAYS)


def said(case: str, recipient: str, agreed: bool) -> Change:
    return Change(subject("case", case), "agreement.recorded", {"recipient": recipient, "agreed": agreed})


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> OpenVault:
    """A post where one person said yes, one said no, one was asked about somebody else only."""
    post = open_post(tmp_path_factory.mktemp("asked") / "vault", "Asking post (invented)")
    answers = [said(AGREED, HEADQUARTERS, True), said(REFUSED, HEADQUARTERS, False)]
    post.journal.append_many("officer", [*answers, said(SILENT, "asylum_authority", True)])
    return post


def travels(vault: OpenVault, about: str, kind: str) -> bool:
    """Whether the content of an entry of a kind about a subject would travel."""
    entry = Entry(
        vault.stream, 9, "0" * 64, "2026-03-02T07:40:00+03:00", "officer", about, kind, (), "0" * 64
    )
    return Leave(vault).may_travel(entry)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_about_a_person_travels_only_with_a_yes(asked: OpenVault, kind: str) -> None:
    assert travels(asked, subject("case", AGREED), kind) == (kind in ABOUT_A_PERSON)
    for case in (REFUSED, SILENT, "d4" * 16):
        assert not travels(asked, subject("case", case), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_about_the_post_travels_and_what_is_not_known_stays(asked: OpenVault, kind: str) -> None:
    assert travels(asked, subject("setting", "d4" * 16), kind) == (kind in ABOUT_THE_POST)


@pytest.mark.parametrize("agreed", [{}, {HEADQUARTERS: False}, {HEADQUARTERS: "yes"}, {"other": True}, "yes"])
def test_a_survey_without_a_plain_yes_stays(asked: OpenVault, agreed: JsonValue) -> None:
    assert not survey_travels(asked, agreed)
    assert survey_travels(asked, {HEADQUARTERS: True})


def survey_travels(vault: OpenVault, agreed: JsonValue) -> bool:
    payload: JsonObject = {
        "form": "small",
        "version": "1",
        "xml": "<data/>",
        "instance_id": "uuid:1",
        "facts": {},
        "marks": {},
        "sections": [],
        "interpreted": "",
        "languages": {"officer": "en", "person": "en"},
        "survey": True,
        "agreed": agreed,
        "travel": [],
    }
    change = Change(subject(travel.SURVEY, "e5" * 16), "submission.finished", payload)
    (entry,) = vault.journal.append_many("officer", [change])
    return Leave(vault).may_travel(entry)
