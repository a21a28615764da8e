"""What counsellors keep: counts that may travel, words that stay, and nothing about whom that nobody agreed to."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault
from fieldkit.services import counselling, informing
from fieldkit.services.counselling import (
    Comment,
    Given,
    Group,
    Reader,
    Session,
    Talk,
    Through,
    Topic,
    Understood,
)
from fieldkit.services.travel import Leave
from fieldkit.services.vault import OpenVault
from fieldkit.storage.database import DATABASE_FILE, Database
from fieldkit.storage.kinds_sealed import READ
from tests.stories.desks import only_as
from tests.stories.offices import open_post
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, NOT_AGREED, screened
from tests.stories.test_sealed_classes import everything_in

ASKED = "When may my sister come (invented)?"
TALK = Talk(
    (Topic.ASYLUM, Topic.FAMILY),
    "ti",
    Through.INTERPRETER,
    Understood.PARTLY,
    (Given("L01", "ti"), Given("L25", "en")),
    (ASKED,),
    "Comes back on Monday (invented)",
    date(2026, 3, 9),
)


@pytest.fixture
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    vault = open_post(tmp_path_factory.mktemp("counsel") / "vault", "Counselling post (invented)")
    only_as(vault, *Role)
    yield vault
    vault.close()


def what_leaves(vault: OpenVault) -> str:
    """The content of every entry that would go to headquarters now."""
    leave = Leave(vault)
    held = [entry for entry, _ in vault.journal.entries(vault.stream) if leave.may_travel(entry)]
    payloads = [vault.journal.payload(entry.payload) for entry in held]
    return json.dumps([one.value() for one in payloads if one is not None], ensure_ascii=False)


def test_a_talk_of_nobody_travels_as_counts_and_its_words_stay(post: OpenVault) -> None:
    counselling.keep_talk(post, TALK)
    leaves = what_leaves(post)
    assert '"topics": ["asylum", "family"]' in leaves and '"version"' in leaves
    assert "sister" not in leaves and "Monday" not in leaves


def test_a_talk_of_a_case_travels_only_when_the_person_agreed(post: OpenVault) -> None:
    agreed = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT).case
    refused = screened(post, NO_URGENT_NEED, IN_PRIVATE, NOT_AGREED, AN_ADULT).case
    before = what_leaves(post).count("interpreted")
    counselling.keep_talk(post, TALK, refused)
    assert what_leaves(post).count('"goes_on"') == 0
    counselling.keep_talk(post, TALK, agreed)
    leaves = what_leaves(post)
    assert leaves.count('"goes_on"') == 1 and leaves.count("interpreted") >= before
    assert "sister" not in leaves


def test_the_counsellor_reads_the_talks_of_a_case_again(post: OpenVault) -> None:
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT).case
    counselling.keep_talk(post, TALK, case)
    counselling.keep_talk(post, Talk((Topic.NEXT,), "en", Through.NOBODY, Understood.NOT_ASKED), case)
    first, second = counselling.talks(post, case)
    assert (
        first.questions == (ASKED,)
        and first.next_step.startswith("Comes back")
        and first.next_day == "2026-03-09"
    )
    assert first.leaflets == ("L01 1 ti", "L25 1 en") and first.understood == "partly"
    assert (second.questions, second.next_step) == ((), "")
    only_as(post, Role.OFFICER)
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        counselling.talks(post, case)


def test_what_a_person_asked_in_a_talk_is_sealed_by_key_and_who_reads_it_is_written_down(
    post: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT).case
    counselling.keep_talk(post, TALK, case)
    counselling.keep_talk(post, TALK)
    post.database.checkpoint()
    with closing(Database.open(post.folder / DATABASE_FILE, post.ring.database)) as opened:
        held = b"\n".join(everything_in(opened))
    assert b"interpreter" in held and b"asylum" in held, (
        "what is open is found: the search looks where it should"
    )
    assert ASKED.encode() not in held and TALK.next_step.encode() not in held
    kinds = [entry.kind for entry, _ in post.journal.about(f"case/{case}")]
    assert counselling.talks(post, case)[0].questions == (ASKED,)
    after = [entry.kind for entry, _ in post.journal.about(f"case/{case}")]
    assert after[len(kinds) :] == [READ]
    monkeypatch.setattr(OpenVault, "cleared", lambda vault, name: False)
    (talk,) = counselling.talks(post, case)
    assert (talk.questions, talk.next_step) == ((), "")
    assert talk.ask == (post.person.label,), "who is not cleared is told whom to ask"


def test_leaflets_of_a_talk_are_kept_with_version_and_draft_mark(post: OpenVault) -> None:
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT).case
    counselling.keep_talk(post, TALK, case)
    rows = post.database.rows(
        "SELECT leaflet, version, language, draft, how FROM information WHERE case_id = ? ORDER BY leaflet",
        (case,),
    )
    assert rows == [("L01", "1", "ti", 1, "counselling"), ("L25", "1", "en", 0, "counselling")]


def test_figures_count_work_and_not_asked_is_no_answer(post: OpenVault) -> None:
    counselling.keep_talk(post, TALK)
    counselling.keep_talk(post, Talk((Topic.NEXT,), "so", Through.NOBODY, Understood.NOT_ASKED))
    audience = {Group.WOMEN: 6, Group.MEN: 9, Group.NOT_SAID: 2, Group.BOYS: 0}
    counselling.keep_session(
        post, Session(Topic.RIGHTS, ("ar",), audience, (Given("L02", "ar", 15),), (ASKED,))
    )
    counselling.keep_informed(
        post, {"so": 3, "am": 2, "ti": 0}, (Given("L03", "ar", 5),), "Harbour (invented)"
    )
    told = informing.told(post)
    assert (told.talks, told.asked, told.sessions, told.audience) == (2, 1, 1, 17)
    assert told.understood == {"not_asked": 1, "partly": 1}
    assert told.informed == {"so": 3, "am": 2} and told.copies == {"L02": 15, "L03": 5}
    assert told.topics["asylum"] == 1 and informing.told(post, "2999-01-01").talks == 0
    leaves = what_leaves(post)
    assert '"audience": {"men": 9, "not_said": 2, "women": 6}' in leaves
    assert "sister" not in leaves, "what was asked in a group stays in words, and goes as a number"


def test_a_comment_says_which_version_and_never_who(post: OpenVault) -> None:
    counselling.keep_comment(
        post, Comment("L01", "ti", Reader.REFUGEE, Understood.NO, " The second line is hard. ")
    )
    (said,) = informing.comments(post, "L01")
    assert (said.version, said.language, said.reader, said.text) == (
        "1",
        "ti",
        "refugee",
        "The second line is hard.",
    )
    assert informing.comments(post, "L02") == ()
    assert "The second line is hard." in what_leaves(post)


@pytest.mark.parametrize(
    ("keep", "code"),
    [
        (lambda v: counselling.keep_talk(v, Talk((), "ti", Through.NOBODY, Understood.YES)), "no_topic"),
        (
            lambda v: counselling.keep_talk(v, Talk((Topic.NEXT,), "", Through.NOBODY, Understood.YES)),
            "no_language",
        ),
        (lambda v: counselling.keep_session(v, Session(Topic.NEXT, ("ar",), {})), "nobody_there"),
        (lambda v: counselling.keep_session(v, Session(Topic.NEXT, (), {Group.MEN: 1})), "no_language"),
        (lambda v: counselling.keep_informed(v, {"ar": 10_001}), "too_many"),
        (
            lambda v: counselling.keep_comment(v, Comment("L01", "ti", Reader.STAFF, Understood.NOT_ASKED)),
            "no_comment",
        ),
        (
            lambda v: counselling.keep_comment(
                v, Comment("L01", "ti", Reader.STAFF, Understood.YES, "x" * 4001)
            ),
            "too_long",
        ),
    ],
)
def test_what_is_incomplete_is_refused_and_nothing_is_written(
    post: OpenVault, keep: object, code: str
) -> None:
    before = post.journal.heads()
    with pytest.raises(PersonFault, match=rf"counselling\.{code}"):
        keep(post)  # type: ignore[operator]
    assert post.journal.heads() == before
