"""Protection rule 4: who may open what. Somebody without the training tries the handle."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fieldkit.content import form_roles
from fieldkit.crypto.sealing import SealingKey
from fieldkit.domain import locks
from fieldkit.domain.access import Role
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.errors import PersonFault
from fieldkit.files import resources
from fieldkit.languages import catalogues
from fieldkit.services import (
    administer,
    closing,
    complaints,
    contacts,
    counselling,
    differences,
    directory,
    enrolment,
    finished,
    follow_up,
    importing,
    intake,
    leaflets_for,
    learning,
    measures,
    office_answers,
    office_clearance,
    procedure_steps,
    refer,
    report,
    sealed,
    training,
)
from fieldkit.services.case_file import read_case
from fieldkit.services.counselling import Talk, Through, Topic, Understood
from fieldkit.services.learning import Lessons
from fieldkit.services.vault import OpenVault
from fieldkit.storage.kinds import TABLES
from fieldkit.storage.kinds_sealed import READ
from fieldkit.ui.presenters.case import CaseFilePage
from fieldkit.ui.presenters.homeward import WriteHome
from fieldkit.ui.presenters.measures import MeasuresPage
from fieldkit.ui.presenters.outcome import Outcome
from fieldkit.ui.presenters.referral import ReferralPage
from fieldkit.ui.presenters.sealed import whom_to_ask
from tests.forms.xlsforms import xlsx
from tests.stories import sealed_office
from tests.stories.desks import Desks, only_as, sits_down
from tests.stories.offices import carry
from tests.stories.people import AGREED, FEAR, IN_PRIVATE, NO_URGENT_NEED, begin, led, screened, somebody
from tests.stories.sealed_office import NOOR

COMMON_CORE = frozenset(
    {
        *("screening", "profile", "extra_continental", "extras_gulf_of_aden", "extras_americas"),
        *("extras_west_africa", "extras_caribbean", "extras_southern_route", "extras_central_asia"),
        "extras_asia_pacific",
    }
)
"""The first screening with its further parts: the profile, arrival from far away, what a region asks besides."""
FOR_THE_UNTRAINED = COMMON_CORE | {
    *("arrival", "group_event", "trafficking_quick", "child_first", "pre_removal_gate", "deceased_missing"),
    *("awareness_session", "site_checklist"),  # about the post, naming nobody
}
ON_PAPER = frozenset({"complaint_paper"})
"""Printed blank and never opened here."""


def test_whoever_is_no_counsellor_any_more_does_not_go_on_with_a_counsellors_talk(desks: Desks) -> None:
    """The draft is their own, and stays; what was said in it is not for an officer."""
    vault = only_as(desks.training, Role.COUNSELLOR)
    begun = intake.begin(vault, "stateless", officer_language="en", person_language="en")
    with pytest.raises(PersonFault, match=r"form\.not_for_role"):
        intake.resume(only_as(vault, Role.OFFICER), begun.draft_id)
    assert intake.resume(only_as(vault, Role.COUNSELLOR), begun.draft_id).form.id == "stateless"


def test_every_form_names_its_roles_and_the_untrained_open_only_theirs(desks: Desks) -> None:
    for form, access in form_roles.load(resources()).items():
        assert access.roles, f"{form} names nobody"
        if access.may_open(frozenset({Role.OFFICER})):
            assert form in FOR_THE_UNTRAINED | ON_PAPER, f"{form} is for trained staff"
    for offered in intake.offered_forms(only_as(desks.training, Role.OFFICER)):
        assert offered.allowed == (offered.id in FOR_THE_UNTRAINED | ON_PAPER)


def test_a_form_for_counsellors_stays_closed_to_an_officer(desks: Desks) -> None:
    table = form_roles.load(resources())
    trained = {"screening": replace(table["screening"], roles=frozenset({Role.COUNSELLOR}))}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(form_roles, "load", lambda _: trained)
        with pytest.raises(PersonFault, match=r"form\.not_for_role"):
            begin(only_as(desks.training, Role.OFFICER))
        assert begin(only_as(desks.training, Role.COUNSELLOR)).form.id == "screening"
    assert [row.form for row in intake.drafts(desks.training)] == ["screening"]


def test_the_long_talks_stay_closed_to_an_officer_and_to_whoever_was_not_trained(desks: Desks) -> None:
    post = desks.training
    long_talks = (
        "trafficking_full",
        "child_registration",
        "violence",
        "torture_trauma",
        "private_talk",
        "tracing",
    )
    for form in long_talks:
        with pytest.raises(PersonFault, match=r"form\.not_for_role|form\.not_trained"):
            led(only_as(post, Role.OFFICER), form)
    with pytest.raises(PersonFault, match=r"form\.not_trained"):
        led(only_as(post, Role.COUNSELLOR), "trafficking_full")
    keeper = only_as(post, Role.ADMINISTRATOR)
    training.record(keeper, post.person.id, "trafficking", post.world.today(), "Invented Institute")
    with pytest.raises(PersonFault, match=r"form\.not_for_role"):
        led(only_as(post, Role.OFFICER), "trafficking_full")
    assert led(only_as(post, Role.COUNSELLOR), "trafficking_full").case


def test_a_quiz_alone_opens_no_form(desks: Desks) -> None:
    """Somebody who knows the answer to every question was still trained by nobody."""
    post = only_as(desks.training, Role.CHILD_PROTECTION)
    for module in Lessons(post, "en").course.modules:
        learning.pass_module(post, module.id, {one.id: one.right for one in module.questions})
    assert "children" in {one.module for one in learning.passed(post, post.person.id)}
    for form in ("best_interest_assessment", "tracing", "violence", "trafficking_full"):
        with pytest.raises(PersonFault, match=r"form\.not_trained"):
            led(post, form)
    training.record(
        only_as(post, Role.ADMINISTRATOR),
        post.person.id,
        "children",
        post.world.today(),
        "Invented Institute",
    )
    assert led(only_as(post, Role.CHILD_PROTECTION), "best_interest_assessment").case


def test_who_looks_after_the_laptop_does_not_interview(desks: Desks) -> None:
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        begin(only_as(desks.training, Role.ADMINISTRATOR))
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        begin(desks.office.vault)


def test_an_officer_changes_neither_forms_nor_directory_nor_headquarters(desks: Desks) -> None:
    officer, services = only_as(desks.training, Role.OFFICER), directory.all_services(desks.training)
    office_file = enrolment.office_file(desks.office.vault).content
    before = officer.journal.heads()
    refuses(lambda: administer.install_form(officer, xlsx(), "a.xlsx"))
    refuses(lambda: directory.record_service(officer, replace(services[0], sample=False)))
    refuses(lambda: enrolment.trust_office(officer, office_file))
    refuses(lambda: report.cases(officer))
    refuses(lambda: report.counts(officer))
    refuses(lambda: importing.look(officer, Path("anything.fkb")))
    assert officer.journal.heads() == before


def test_headquarters_does_not_decide_over_a_case(desks: Desks) -> None:
    done = screened(desks.training, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Mina Invented"), FEAR)
    coordinator: OpenVault = only_as(desks.training, Role.COORDINATOR)
    before = coordinator.journal.heads()
    refuses(lambda: refer.confirm(coordinator, done.case, "C01", "C01-1"))
    refuses(lambda: refer.leave_for_review(coordinator, done.case, "C01", "C01-1", "no"))
    refuses(lambda: refer.choose(coordinator, done.case, "C20", "because"))
    refuses(lambda: refer.refer(coordinator, done.case, "C01", "S02", safe_to_carry=True))
    refuses(lambda: refer.slip(coordinator, done.case, "any"))
    assert coordinator.journal.heads() == before


def test_a_complaint_is_never_taken_in_an_officers_session(desks: Desks) -> None:
    post = desks.training
    contacts.keep(post, contacts.typed("Invented Ombudsman", SealingKey.generate().recipient))
    for roles in ({Role.OFFICER}, {Role.OFFICER, Role.COUNSELLOR}, {Role.ADMINISTRATOR}):
        only_as(post, *roles)
        offered = complaints.offer(post)
        assert offered.why_not == "complaint.officers_session"
        assert [service.phone for service in offered.services]
        with pytest.raises(PersonFault, match=r"access\.not_allowed|complaint\.officers_session"):
            complaints.seal(post, "Somebody took my money.")
    only_as(post, Role.COUNSELLOR)
    complaints.seal(post, "Somebody took my money.")


def test_the_database_key_alone_shows_nothing_of_what_was_said_in_private(desks: Desks) -> None:
    post = desks.training
    told = {"anything_else": "Quexolotl-Invented"}
    screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Mina Invented"), FEAR, told)
    held = [str(row[0]) for row in post.database.rows("SELECT CAST(content AS TEXT) FROM payloads")]
    assert any("Mina Invented" in one for one in held), "the search looks where it should"
    assert not any("Quexolotl" in one for one in held)
    assert post.database.one("SELECT 1 FROM facts WHERE name = 'fear_return'") is None


def test_what_somebody_asked_in_a_counselling_talk_is_sealed_too(desks: Desks) -> None:
    post = only_as(desks.training, Role.COUNSELLOR)
    done = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Mina Invented"))
    asked = Talk((Topic.NEXT,), "en", Through.NOBODY, Understood.YES, questions=("Quexolotl-Invented?",))
    counselling.keep_talk(post, asked, done.case)
    held = [str(row[0]) for row in post.database.rows("SELECT CAST(content AS TEXT) FROM payloads")]
    assert any('"next"' in one for one in held), "the topic is open, and the search looks where it should"
    assert not any("Quexolotl" in one for one in held)
    assert counselling.talks(post, done.case)[0].questions == asked.questions


def test_an_officer_cannot_read_again_what_they_wrote_down(desks: Desks) -> None:
    post = only_as(desks.training, Role.OFFICER)
    done = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Mina Invented"), FEAR)
    (one,) = finished.of_case(post, done.case)
    assert "fear_return" not in one.payload["facts"]
    assert sealed.answers(post, read_case(post.journal, done.case)).said("fear_return") == ()
    assert "fear_return" in finished.of_case(only_as(post, Role.COUNSELLOR), done.case)[0].payload["facts"]


def test_whoever_reads_what_is_sealed_stands_in_the_case(desks: Desks) -> None:
    post = only_as(desks.training, Role.COUNSELLOR)
    done = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Mina Invented"), FEAR)
    finished.of_case(post, done.case)
    reads = list(read_case(post.journal, done.case).of_kind(READ))
    assert [read.entry.actor for read in reads] == [post.person.id]
    assert all(set(read.payload) == {"classes"} for read in reads), (
        "who, of whom, what kind; never what it said"
    )


def refuses(step: Callable[[], object]) -> None:
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        step()


def test_a_category_that_would_out_somebody_is_shown_to_cleared_people_only(desks: Desks) -> None:
    """K-11: C13 rests on a talk that is sealed. Nobody else meets it on screen, paper, list or in a figure."""
    post = desks.training
    for topic in training.topics(post):
        training.record(post, post.person.id, topic, date(2026, 1, 15), "Invented Institute")
    only_as(post, Role.COUNSELLOR)
    case = led(
        post, "private_talk", IN_PRIVATE, AGREED, {"private_write": "yes", "private_refer": "yes"}
    ).case
    refer.confirm(post, case, "C13", "C13-1")
    assert "C13" in shown_of(post, case), "the counsellor who may read the talk works with it"
    sits_down(post, "Officer Two (invented)", Role.OFFICER, Role.ADMINISTRATOR)
    assert "C13" not in shown_of(post, case)
    assert Outcome(post, case, "en").hidden, "that something is sealed is said, and whom to ask"
    assert not refer.no_specific_need_allowed(post, case), "what protects counts whoever looks"
    assert locks.Lock.COUNTRY in {one.lock for one in measures.shut(post, case, locks.What.CONSULATE, "KE")}
    own = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED).case
    refer.choose(post, own, "C13", "asked for it, alone with me")
    assert "C13" in shown_of(post, own), "who wrote it down goes on helping until they sign out"
    sits_down(post, "Officer Three (invented)", Role.OFFICER, Role.ADMINISTRATOR)
    assert "C13" not in shown_of(post, own)
    refer.choose(post, own, "C10", "said so")
    assert "C10" in shown_of(post, own)


def test_headquarters_lists_and_counts_no_category_that_would_out_somebody(desks: Desks) -> None:
    post = desks.enrolled
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Luma Invented")).case
    refer.choose(post, case, "C13", "asked for it")
    refer.choose(post, case, "C10", "said so")
    carry(post, desks.office, desks.stick)
    (row,) = [one for one in report.cases(desks.office.vault) if one.case == case]
    assert "C10" in row.confirmed and "C13" not in (*row.confirmed, *row.suggested)
    assert not WriteHome(desks.office.vault, case, "en").name("C13"), "nor beside a referral of theirs"
    table = report.counts(desks.office.vault)
    assert "C13" not in (*table.categories, *table.totals, *(name for _, name in table.cells))


def shown_of(vault: OpenVault, case: str) -> str:
    """The codes of everything that screens and papers say of a case's categories."""
    outcome = Outcome(vault, case, "en")
    rows = (*outcome.suggested, *outcome.cannot_tell, *outcome.sealed)
    words = catalogues.load("en", "interface")
    plans = MeasuresPage(vault, case, words)
    stopped = plans.shut(locks.What.CONSULATE, "KE")
    return " ".join(
        (
            *(one.category for one in rows),
            *(one.category for one in outcome.chosen),
            *outcome.to_refer,
            *(one.category for one in CaseFilePage(vault, case, words).categories),
            *ReferralPage(vault, case, "C01", "en").categories,
            *("C13" for one in stopped if set(plans.missing(one)) & {outcome.name("C13")}),
            *("C13" for one in leaflets_for.leaflets_for(vault, case, "en") if one.id == "L14"),
            *(one.name for one in differences.differences(vault, f"case/{case}")),
        )
    )


def test_a_colleague_s_unfinished_interview_is_not_mine(desks: Desks) -> None:
    interview = begin(desks.training)
    desks.training.person = replace(desks.training.person, id="c0" * 16)
    assert intake.drafts(desks.training) == ()
    for step in (intake.resume, intake.discard):
        with pytest.raises(PersonFault, match=r"intake\.no_draft"):
            step(desks.training, interview.draft_id)


def test_at_headquarters_only_who_was_cleared_by_name_reads_and_only_until_that_ends(desks: Desks) -> None:
    headquarters = sealed_office.found(desks.stick)
    headquarters.clear(NOOR, SealedClass.ASYLUM)
    headquarters.publish()
    post = sealed_office.post_of(headquarters, desks.stick / "post", "Sealing post (invented)")
    done = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, FEAR)
    sealed_office.carry(post, headquarters, desks.stick)
    post.close()

    def reads(label: str) -> bool:
        vault = headquarters.in_as(label)
        return ("fear_return", ("yes",)) in {
            (one.fact, one.values) for one in office_answers.of_case(vault, done.case).told
        }

    assert reads(NOOR)
    assert not reads("Coordinator")
    office_clearance.end(headquarters.vault, headquarters.ids[NOOR], SealedClass.ASYLUM, "other work")
    assert not reads(NOOR), "though nobody has made a new key yet"
    headquarters.vault.close()


def in_confidence(post: OpenVault) -> str:
    """A case that a counsellor leads as far as somebody who helps, without a word of why in the open."""
    for topic in training.topics(post):
        training.record(post, post.person.id, topic, date(2026, 1, 15), "Invented Institute")
    counsellor = only_as(post, Role.COUNSELLOR)
    told = {"private_write": "yes", "private_call_me": "Nur Quexolotl", "private_refer": "yes"}
    case = led(counsellor, "private_talk", IN_PRIVATE, AGREED, told).case
    refer.confirm(counsellor, case, "C13", "C13-1")
    made = refer.refer(counsellor, case, "C13", "S06", safe_to_carry=False)
    refer.change_referral(counsellor, case, made, "a friend carries it (invented)", safe_to_carry=True)
    follow_up.record(counsellor, case, made, "served", "was there on Monday (invented)")
    procedure_steps.record(counsellor, case, "C13", 1, done=True)
    return case


def lies_open(vault: OpenVault, case: str) -> str:
    """All that the database key alone tells of a case: every entry, payload and row that names it."""
    about = (f"case/{case}",)
    found = vault.database.rows("SELECT content FROM entries WHERE subject = ?", about)
    found += vault.database.rows(
        "SELECT payloads.content FROM entries JOIN payloads ON payloads.digest = entries.payload "
        "WHERE entries.subject = ?",
        about,
    )
    for table in TABLES:
        named = f"SELECT * FROM {table} WHERE entry IN (SELECT id FROM entries WHERE subject = ?)"
        found += vault.database.rows(named, about)
    return "\n".join(one.decode() if isinstance(one, bytes) else str(one) for row in found for one in row)


TELLING = (
    *("C13", "S06", "Quexolotl", "Monday", "a friend carries it"),
    *("private_refer", "private_call_me", "led_private"),
    '"form":"private_talk"',
)


def test_the_database_key_alone_does_not_tell_why_somebody_asked_for_help_in_confidence(desks: Desks) -> None:
    """Category, referral, place, steps and the name of the talk would each say what the sealed answers say."""
    post = desks.training
    case = in_confidence(post)
    said = lies_open(post, case)
    assert "case.opened" in said and "submission.finished" in said, "the search looks where it should"
    assert [word for word in TELLING if word in said] == []
    (referral,) = sealed.case_file(post, case).referrals()
    assert (referral.category, referral.service, referral.safe_to_carry) == ("C13", "S06", True)
    assert [one.state for one in follow_up.heard(post, case)] == ["served"]
    assert procedure_steps.steps(post, case, "C13")[0].state == procedure_steps.DONE
    closing.close_category(post, case, "C13", closing.Because.HELPED, "Quexolotl-Invented is safe")
    assert [word for word in TELLING if word in lies_open(post, case)] == []
    assert "C13" in sealed.case_file(post, case).closed_categories()


def test_whoever_cannot_read_it_is_told_whom_to_ask_and_nothing_they_do_undoes_it(desks: Desks) -> None:
    post = desks.training
    case = in_confidence(post)
    officer = sits_down(post, "Officer Two (invented)", Role.OFFICER, Role.SUPERVISOR)
    file = sealed.case_file(officer, case)
    assert file.referrals() == () and file.confirmed() == {}
    assert [
        (one.name, one.ask) for one in Outcome(officer, case, "en").hidden if one.name is SealedClass.SOGI
    ] == [(SealedClass.SOGI, ("Officer One",))]
    assert finished.of_case(officer, case) == ()
    assert not [said for said in file.of_kind(READ) if said.entry.actor == officer.person.id]
    shut = {one.lock: one.missing for one in measures.shut(officer, case, locks.What.CONSULATE, "KE")}
    assert "C13" in shut[locks.Lock.COUNTRY], "the lock counts it, and the screen does not name it"
    assert not refer.no_specific_need_allowed(officer, case)


def test_what_is_sealed_has_no_telling_name_for_whoever_may_not_read_it(desks: Desks) -> None:
    """K-11: whom to ask, not what about. A class that alone would out somebody is "something private"."""
    post = desks.training
    case = in_confidence(post)
    officer = sits_down(post, "Officer Two (invented)", Role.OFFICER)
    asked = dict(whom_to_ask(Outcome(officer, case, "en").hidden, catalogues.load("en", "interface")))
    assert asked.get("Something private") == "Ask: \u2068Officer One\u2069"
    assert not [told for told in asked if "loves" in told or "who they are" in told]


def test_a_case_is_not_closed_over_something_told_in_confidence_that_nobody_decided(desks: Desks) -> None:
    post = desks.training
    for topic in training.topics(post):
        training.record(post, post.person.id, topic, date(2026, 1, 15), "Invented Institute")
    told = {"private_write": "yes", "private_refer": "yes"}
    case = led(only_as(post, Role.COUNSELLOR), "private_talk", IN_PRIVATE, AGREED, told).case
    counsellor = post.person
    officer = sits_down(post, "Officer Two (invented)", Role.OFFICER)
    with pytest.raises(PersonFault, match=r"closing\.undecided"):
        closing.close_case(officer, case, closing.Because.ELSEWHERE, "moved on (invented)")
    post.person = counsellor
    refer.confirm(post, case, "C13", "C13-1")
    post.person = replace(counsellor, id="c1" * 16, roles=frozenset({Role.OFFICER}))
    closing.close_case(post, case, closing.Because.ELSEWHERE, "moved on (invented)")
    assert read_case(post.journal, case).is_closed
