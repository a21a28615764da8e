"""What would out somebody (`protection.md` 4): at headquarters, in old files, corrected, in a first talk."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.access import Role
from fieldkit.domain.classes import SealedClass
from fieldkit.languages import catalogues
from fieldkit.services import (
    closing,
    confidential,
    correcting,
    finished,
    finishing,
    intake,
    office_answers,
    refer,
    sealed,
    second_person,
    training,
)
from fieldkit.services.vault import OpenVault, SignIn
from fieldkit.storage import drafts, queries_desk
from fieldkit.storage.journal import State
from fieldkit.storage.projections import rebuild
from fieldkit.storage.verification import verify
from fieldkit.ui.presenters.sealed_office import SealedCasePage, SealedFiguresPage
from tests.conftest import PHRASE
from tests.stories import sealed_office
from tests.stories.desks import only_as, sits_down
from tests.stories.people import AGREED, IN_PRIVATE, NO_URGENT_NEED, NOT_AGREED, led, screened, somebody
from tests.stories.sealed_office import NOOR, Headquarters
from tests.stories.test_protection_who_may_open import TELLING, lies_open

SOGI = SealedClass.SOGI
TOLD = {"private_write": "yes", "private_call_me": "Nur Quexolotl", "private_refer": "yes"}


@pytest.fixture
def post(tmp_path: Path, headquarters: Headquarters) -> Iterator[OpenVault]:
    made = sealed_office.post_of(headquarters, tmp_path / "post", "Confidence post (invented)")
    training.record(made, made.person.id, "private_talk", date(2026, 1, 15), "Invented Institute")
    yield made
    made.close()


def noor_may_read(headquarters: Headquarters, post: OpenVault) -> None:
    """A coordinator is cleared for the class, and the post has heard of it."""
    headquarters.clear(NOOR, SOGI)
    headquarters.publish()
    headquarters.tell(post)


def helped(post: OpenVault) -> str:
    """Screened, and later a talk in private; confirmed and referred."""
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Luma Invented")).case
    led(only_as(post, Role.COUNSELLOR), "private_talk", IN_PRIVATE, AGREED, TOLD, case=case)
    refer.confirm(post, case, "C13", "C13-1")
    refer.refer(post, case, "C13", "S06", safe_to_carry=False)
    sealed_office.everybody_at(post)
    return case


def test_headquarters_reads_and_counts_it_only_where_somebody_is_cleared(
    headquarters: Headquarters, post: OpenVault, tmp_path: Path
) -> None:
    noor_may_read(headquarters, post)
    case = helped(post)
    sealed_office.carry(post, headquarters, tmp_path)
    words = catalogues.load("en", "interface")

    coordinator = headquarters.in_as("Coordinator")  # administrator too, and cleared for nothing
    assert [word for word in TELLING if word in lies_open(coordinator, case)] == []
    seen = office_answers.of_case(coordinator, case)
    assert (seen.told, seen.categories) == ((), ())
    assert SOGI in {one.name for one in seen.hidden}
    assert office_answers.categories(coordinator) == {}

    noor = headquarters.in_as(NOOR)
    assert office_answers.of_case(noor, case).categories == ((SOGI, "C13"),)
    assert office_answers.categories(noor) == {SOGI: (("C13", 1),)}
    lines = [line.answer for _, told in SealedCasePage(noor, case, words).classes() for line in told]
    assert "Asks for help in confidence" in lines
    assert SealedFiguresPage(noor, words).decided(SOGI) == (("Asks for help in confidence", "1"),)


def test_without_a_yes_to_headquarters_it_goes_there_as_a_link(
    headquarters: Headquarters, post: OpenVault, tmp_path: Path
) -> None:
    noor_may_read(headquarters, post)
    case = helped(post)
    closing.close_category(post, case, "C13", closing.Because.HELPED, "safe now (invented)")
    closed = [entry for entry, _ in post.journal.about(f"case/{case}") if entry.kind == "outcome.closed"]
    other = led(only_as(post, Role.COUNSELLOR), "private_talk", IN_PRIVATE, NOT_AGREED, TOLD).case
    refer.confirm(post, other, "C13", "C13-1")
    sealed_office.everybody_at(post)
    sealed_office.carry(post, headquarters, tmp_path)
    vault = headquarters.vault
    assert {vault.journal.state(entry.payload) for entry in closed} == {State.SEALED}
    unasked = [entry for entry, _ in vault.journal.about(f"case/{other}")]
    assert unasked and {vault.journal.state(entry.payload) for entry in unasked} == {State.WITHHELD}


def test_what_an_earlier_version_wrote_openly_is_sealed_at_the_next_sign_in(
    post: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(confidential, "CONFIDENTIAL_CATEGORIES", {})
        earlier.setattr(confidential, "CONFIDENTIAL_FORMS", {})
        case = helped(post)
    assert set(TELLING[:2]) | {TELLING[-1]} <= {word for word in TELLING if word in lies_open(post, case)}
    heads, folder, person, world = post.journal.heads(), post.folder, post.person.id, post.world
    post.close()
    again = SignIn(folder, world, FOR_TESTS).open(person, PHRASE)
    try:
        assert [word for word in TELLING if word in lies_open(again, case)] == []
        assert again.journal.heads().keys() == heads.keys()
        assert again.journal.find(heads[again.stream].digest) is not None, (
            "it moved; the record is what it was"
        )
        assert queries_desk.waits(again.database, f"case/{case}") is None
        rebuild(again.database)
        assert [word for word in TELLING if word in lies_open(again, case)] == []
        assert verify(again.database, again.stream).sound
        file = sealed.case_file(again, case)
        assert "C13" in file.confirmed() and [one.service for one in file.referrals()] == ["S06"]
        forms = [one.form for one in finished.of_case(again, case)]
        assert forms == ["screening", "private_talk"]
    finally:
        again.close()


def test_a_talk_that_is_sealed_is_corrected_as_any_other(post: OpenVault) -> None:
    case = helped(post)
    talk = next(one for one in finished.of_case(post, case) if one.form == "private_talk")
    interview = correcting.correct(post, talk.subject, talk.instance_id)
    ref = next(item.ref for item in interview.all_questions() if item.name == "private_call_me")
    interview.answer(ref, "Nur Quexolotl the second")
    interview.give_reason(ref, "said it more slowly (invented)")
    intake.finish(post, interview)
    standing = [one for one in finished.of_case(post, case) if one.form == "private_talk" and one.stands]
    assert [one.payload["facts"]["private_call_me"] for one in standing] == [["Nur Quexolotl the second"]]
    assert [word for word in TELLING if word in lies_open(post, case)] == []


def test_a_correction_of_it_in_a_closed_case_waits_for_a_second_person_without_saying_what_it_is(
    post: OpenVault,
) -> None:
    case = helped(post)
    closing.close_case(post, case, closing.Because.HELPED, "all is done (invented)")
    talk = next(one for one in finished.of_case(post, case) if one.form == "private_talk")
    interview = correcting.correct(post, talk.subject, talk.instance_id)
    ref = next(item.ref for item in interview.all_questions() if item.name == "private_call_me")
    interview.answer(ref, "Quexolotl the third")
    interview.give_reason(ref, "heard wrongly (invented)")
    proposal = intake.finish(post, interview).proposal
    assert [word for word in TELLING if word in lies_open(post, case)] == []
    sits_down(post, "Supervisor (invented)", *(set(Role) - {Role.COORDINATOR}))
    training.record(post, post.person.id, "private_talk", date(2026, 1, 15), "Invented Institute")
    (waits,) = second_person.waiting(post, talk.subject)
    assert (waits.form, second_person.opened(post, waits).form) == ("", "private_talk")
    second_person.agree(post, proposal, "I was there (invented)")
    standing = [one for one in finished.of_case(post, case) if one.form == "private_talk" and one.stands]
    assert [one.payload["facts"]["private_call_me"] for one in standing] == [["Quexolotl the third"]]
    assert [word for word in TELLING if word in lies_open(post, case)] == []


def test_a_first_talk_of_this_kind_opens_a_case_that_does_not_name_it(post: OpenVault) -> None:
    done: finishing.Finished = led(only_as(post, Role.COUNSELLOR), "private_talk", IN_PRIVATE, AGREED, TOLD)
    assert [word for word in TELLING if word in lies_open(post, done.case)] == []
    assert queries_desk.waits(post.database, f"case/{done.case}") is not None, (
        "somebody still goes on with it"
    )
    refer.confirm(post, done.case, "C13", "C13-1")
    refer.refer(post, done.case, "C13", "S06", safe_to_carry=False)
    assert queries_desk.waits(post.database, f"case/{done.case}") is None


def test_an_unfinished_talk_of_this_kind_is_named_to_nobody_but_whoever_leads_it(
    post: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    counsellor = only_as(post, Role.COUNSELLOR)
    with monkeypatch.context() as earlier:
        earlier.setattr(drafts, "CONFIDENTIAL_FORMS", {})
        begun = intake.begin(counsellor, "private_talk", officer_language="en", person_language="en")
    later = intake.begin(counsellor, "private_talk", officer_language="en", person_language="en")

    def listed() -> str:
        return str(post.database.rows("SELECT * FROM drafts"))

    assert "private_talk" in listed(), "as an earlier version kept it"
    post.drafts.seal_telling_names(post.person.id)  # as every sign-in does
    assert "private_talk" not in listed() and later.form.version not in listed()
    titles = {row.id: row.title for row in intake.drafts(post)}
    assert titles[begun.draft_id] == titles[later.draft_id] == "A talk in private"
    assert intake.resume(post, begun.draft_id).form.version == later.form.version
    intake.resume(post, later.draft_id)
    post.drafts = drafts.Drafts(post.database, post.world.clock, post.world.randomness, bytes(32))
    stranger = post.drafts.read(begun.draft_id)
    assert stranger is not None and (stranger.form, stranger.version) == ("", "")
