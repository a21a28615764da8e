"""Protection rule 3: agreement. Somebody tries to take a yes that was not given, or to make help depend on it."""

from contextlib import suppress

import pytest

from fieldkit.content.form_roles import FormKind
from fieldkit.domain.access import Role
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.errors import FieldkitError, PersonFault
from fieldkit.domain.outcome import Mark
from fieldkit.domain.ports import JsonObject
from fieldkit.services import (
    administer,
    civil_sheets,
    counsel,
    enrolment,
    exchange,
    homeward,
    intake,
    refer,
    sharing,
    team,
)
from fieldkit.services.case_file import read_case
from fieldkit.services.errors import DeskFault
from fieldkit.services.gates import SectionKind, SectionState
from fieldkit.services.interview import Interview
from fieldkit.services.sharing import Said
from fieldkit.services.team import TeamList
from fieldkit.services.vault import OpenVault
from fieldkit.storage.journal import State
from tests.forms.xlsforms import survey, xlsx
from tests.stories import sealed_office
from tests.stories.desks import Desks, only_as
from tests.stories.letters import ASYLUM, CHILD, TOLD, a_body, a_child_alone, looked
from tests.stories.offices import carry, clock_of, everything_held
from tests.stories.people import (
    AGREED,
    FEAR,
    HURT,
    IN_PRIVATE,
    NO_URGENT_NEED,
    NOT_AGREED,
    answer_all,
    begin,
    ref_of,
    screened,
    screened_again,
    somebody,
)
from tests.stories.sealed_office import NOOR

RECIPIENTS = ("share_headquarters", "share_asylum", "share_child_protection", "share_health")
NO_TO_ALL = {"told_record": "yes", **dict.fromkeys(RECIPIENTS, "no")}


def profiling_is_open(interview: Interview) -> bool:
    gates = [view.gate.state for view in interview.sections() if view.kind is SectionKind.CORE]
    assert len(set(gates)) == 1
    return gates[0] is SectionState.OPEN


def test_nothing_is_ticked_in_advance(desks: Desks) -> None:
    interview = begin(desks.training)
    recipients = {recipient.id for recipient in desks.training.codebook.recipients.values()}
    assert dict(interview.agreements()) == dict.fromkeys(recipients)
    again = intake.resume(desks.training, interview.draft_id)
    assert set(again.agreements().values()) == {None}
    assert interview.session.facts(RECIPIENTS) == {}


def test_no_form_brings_a_yes_along(desks: Desks) -> None:
    """A form from elsewhere ticks "yes, share it" in advance; whoever leads the talk leaves it as it is."""
    columns = ("type", "name", "label", "default", "bind::fk:recipient")
    share = ("select_one yes_no", "share", "May we share your answers?", "yes", "headquarters")
    form = xlsx(
        survey=(columns, ("text", "told", "What do you think?", "", ""), share),
        choices=(("list_name", "name", "label"), ("yes_no", "yes", "Yes"), ("yes_no", "no", "No")),
        settings=(("form_title", "namespaces"), ("Ticked", 'fk="https://fieldkit.org/xforms"')),
    )
    report = administer.install_form(desks.training, form, "ticked.xlsx")
    interview = intake.begin(desks.training, report.form_id, officer_language="en", person_language="en")
    assert interview.session.value("/data/share") == "", "nor is it shown as ticked"
    assert dict(interview.agreements()) == {"headquarters": None}
    interview.answer("/data/share", "yes")
    assert dict(interview.agreements()) == {"headquarters": True}
    interview.answer("/data/share", "")
    assert dict(interview.agreements()) == {"headquarters": None}


def test_profiling_opens_with_the_last_answer_and_not_before(desks: Desks) -> None:
    interview = begin(desks.training)
    answer_all(interview, NO_URGENT_NEED, IN_PRIVATE)
    for question, said in {"told_record": "yes", **dict.fromkeys(RECIPIENTS, "no")}.items():
        assert not profiling_is_open(interview)
        with pytest.raises(PersonFault, match=r"intake\.section_closed"):
            interview.answer(ref_of(interview, "name_told"), "Amaru Testperson")
        interview.answer(ref_of(interview, question), said)
    assert profiling_is_open(interview)


def test_whoever_was_not_told_what_must_be_recorded_is_not_profiled(desks: Desks) -> None:
    for told in ("no", Mark.SKIPPED):
        interview = begin(desks.training)
        answer_all(interview, NO_URGENT_NEED, IN_PRIVATE, {**AGREED, "told_record": told})
        assert not profiling_is_open(interview)


def test_help_depends_on_no_agreement(desks: Desks) -> None:
    said_no = screened(desks.training, NO_URGENT_NEED, IN_PRIVATE, NO_TO_ALL, somebody("Hana Invented"), FEAR)
    said_yes = screened(desks.training, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Issa Invented"), FEAR)
    assert refer.suggestions(desks.training, said_no.case) == refer.suggestions(desks.training, said_yes.case)
    referral = refer.refer(desks.training, said_no.case, "C01", "S02", safe_to_carry=True)
    paper = refer.slip(desks.training, said_no.case, referral)
    assert counsel.print_pages(paper, desks.training.world).pages == 1


def test_nobody_says_no_to_child_protection_in_a_childs_place(desks: Desks) -> None:
    alone = {**NO_URGENT_NEED, "urgent_child_alone": "yes"}
    case = screened(desks.training, alone, IN_PRIVATE, AGREED).case
    assert "C06" in {one.category for one in refer.suggestions(desks.training, case)}
    with pytest.raises(DeskFault, match=r"refer\.child_is_handed_over"):
        refer.refer(desks.training, case, "C06", "S03", declined=True, safe_to_carry=False)
    assert read_case(desks.training.journal, case).referrals() == ()
    refer.refer(desks.training, case, "C06", "S03", safe_to_carry=False)
    assert [made.service for made in read_case(desks.training.journal, case).referrals()] == ["S03"]


def test_no_answer_and_a_declined_answer_are_a_no(desks: Desks) -> None:
    for ending in (Mark.DECLINED, Mark.SKIPPED, Mark.UNKNOWN):
        interview = begin(desks.training)
        answer_all(interview, NO_URGENT_NEED, IN_PRIVATE, {**AGREED, "share_headquarters": ending})
        done = intake.finish(desks.training, interview)
        assert done.case not in desks.training.queries.agreed("headquarters")


def test_a_no_to_headquarters_means_that_nothing_of_the_person_travels(desks: Desks) -> None:
    name = desks.somebody_called("Zarifa")
    done = screened(desks.enrolled, NO_URGENT_NEED, IN_PRIVATE, NOT_AGREED, somebody(name), FEAR)
    refer.confirm(desks.enrolled, done.case, "C01", "C01-1")
    arrived = carry(desks.enrolled, desks.office, desks.stick)
    assert arrived.withheld == len(desks.enrolled.journal.about(f"case/{done.case}"))
    assert arrived.cases_new == 0
    held = everything_held(desks.office.vault)
    assert name.encode() not in held
    assert done.number.encode() not in held


def test_headquarters_says_yes_for_nobody(desks: Desks) -> None:
    """Whoever took over headquarters' laptop writes into the outbox of a post that somebody agreed."""
    post, hq = desks.enrolled, desks.office.vault
    done = screened(post, NO_URGENT_NEED, IN_PRIVATE, NOT_AGREED, somebody("Zaki Invented"), FEAR)
    carry(post, desks.office, desks.stick)
    device = enrolment.held_certificate(post)[2].device
    yes: JsonObject = {"recipient": "headquarters", "agreed": True}
    about = f"case/{done.case}"
    homeward.outboxes(hq).write(device, hq.person.id, about, "agreement.recorded", yes)
    (sent,) = homeward.send_back(hq, [device], stick := desks.stick)
    with suppress(FieldkitError):
        homeward.take_in(post, stick / sent.file)
    assert {entry.stream for entry, _ in post.journal.about(about)} == {post.stream}


def test_a_yes_shares_what_headquarters_has_a_use_for_and_no_more(desks: Desks) -> None:
    post, name = desks.enrolled, desks.somebody_called("Wardi")
    done = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody(name), FEAR, HURT)
    carry(post, desks.office, desks.stick)
    assert done.number.encode() in everything_held(desks.office.vault)
    assert name.encode() not in everything_held(desks.office.vault)
    facts = {fact.name for fact in post.codebook.facts.values() if "headquarters" in fact.recipients}
    sent = desks.office.vault.database.rows(
        "SELECT DISTINCT facts.name FROM facts JOIN entries ON entries.id = facts.entry WHERE entries.subject = ?",
        (f"case/{done.case}",),
    )
    assert "sex" in {row[0] for row in sent} <= facts
    sealed = {fact.name for fact in post.codebook.facts.values() if fact.sensitivity.is_sealed}
    assert not sealed & {row[0] for row in sent}, (
        "no key of headquarters covers what is sealed: it stays here"
    )


def test_whoever_takes_the_yes_back_sends_nothing_more(desks: Desks) -> None:
    post, before, after = desks.enrolled, desks.somebody_called("Yara"), desks.somebody_called("Yara")
    done = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody(before))
    assert carry(post, desks.office, desks.stick).cases_new == 1
    screened_again(post, done.case, NO_URGENT_NEED, IN_PRIVATE, NOT_AGREED, somebody(after), FEAR)
    assert done.case not in post.queries.agreed("headquarters")
    carry(post, desks.office, desks.stick)
    assert after.encode() not in everything_held(desks.office.vault)


def test_a_yes_that_was_taken_back_keeps_what_is_sealed_here_too(desks: Desks) -> None:
    headquarters = sealed_office.found(desks.stick)
    headquarters.clear(NOOR, SealedClass.ASYLUM)
    headquarters.publish()
    post = sealed_office.post_of(headquarters, desks.stick / "post", "Sealing post (invented)")
    done = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, FEAR)
    screened_again(post, done.case, NO_URGENT_NEED, IN_PRIVATE, NOT_AGREED)
    sealed_office.carry(post, headquarters, desks.stick)
    assert State.SEALED not in sealed_office.states(headquarters.vault, done.case)
    post.close()
    headquarters.vault.close()


def test_between_two_answers_the_more_protective_counts_whoever_wrote_last(desks: Desks) -> None:
    done = screened(desks.training, NO_URGENT_NEED, IN_PRIVATE, NOT_AGREED, somebody("Kadir Invented"))
    screened_again(desks.training, done.case, NO_URGENT_NEED, IN_PRIVATE, AGREED)
    assert done.case not in desks.training.queries.agreed("headquarters")


def test_a_survey_that_never_asked_stays_at_the_post(desks: Desks) -> None:
    said = desks.somebody_called("This answer stays")
    fill_survey(desks.enrolled, said)
    arrived = carry(desks.enrolled, desks.office, desks.stick)
    assert arrived.withheld == 1
    assert said.encode() not in everything_held(desks.office.vault)


def fill_survey(vault: OpenVault, said: str) -> None:
    """A question from a coordinator's own form, answered by somebody."""
    report = administer.install_form(
        vault, xlsx(survey=survey(("text", "told", "What do you think?"))), "a.xlsx"
    )
    (form,) = (form for form in intake.offered_forms(vault) if form.id == report.form_id)
    assert form.kind is FormKind.SURVEY
    interview = intake.begin(vault, form.id, officer_language="en", person_language="en")
    interview.answer(ref_of(interview, "told"), said)
    intake.finish(vault, interview)


def test_nothing_is_shared_with_somebody_the_person_did_not_agree_to(desks: Desks) -> None:
    post = desks.training
    for said in ({"share_asylum": "no"}, {"share_asylum": Mark.SKIPPED}):
        case = screened(
            post, NO_URGENT_NEED, IN_PRIVATE, {**AGREED, **said}, somebody("Nuru Invented"), FEAR
        ).case
        shown = looked(post, a_body(post, ASYLUM).contact, case)
        assert shown.cases[0].refused == ("share.not_agreed",) and shown.cases[0].fields == ()
        with pytest.raises(DeskFault, match=r"share\.not_agreed"):
            sharing.share(post, shown, TOLD, desks.stick)
        assert list(desks.stick.iterdir()) == []


def test_a_no_to_a_recipient_stays_when_somebody_writes_a_yes_beside_it(desks: Desks) -> None:
    post = desks.training
    no = {**AGREED, "share_asylum": "no"}
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, no, somebody("Tala Invented"), FEAR).case
    sharing.record_agreement(post, case, ASYLUM, agreed=True)
    assert looked(post, a_body(post, ASYLUM).contact, case).cases[0].refused == ("share.not_agreed",)


def test_a_child_is_handed_to_child_protection_whatever_stands_in_the_way(desks: Desks) -> None:
    """No yes, not told yet, the protocol over, another need named: the least still goes."""
    post = desks.training
    case = a_child_alone(post)
    refer.choose(post, case, "C13", "said so in private")
    to = a_body(post, CHILD, "Invented Child Protection").contact
    whole = {field.name for field in looked(post, to, case, said=Said()).goes[0].fields}
    clock_of(post).turn(days=800)
    shown = looked(post, to, case, said=Said())
    assert shown.cases[0].refused == ()
    least = {field.name for field in shown.goes[0].fields}
    assert {"sex", "urgent_child_alone"} <= least < whole
    sharing.share(post, shown, Said(), desks.stick)
    (kept,) = sharing.shares(post, case)
    assert (kept.agreement, kept.told) == ("child_protection", False)


def test_what_left_is_recorded_without_its_content(desks: Desks) -> None:
    name = "Lale Invented"
    screened(desks.enrolled, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody(name))
    exported = exchange.export(desks.enrolled, desks.stick)
    (entry, *_) = [
        entry
        for entry, _ in desks.enrolled.journal.entries(desks.enrolled.stream, exported.entries)
        if entry.kind == "bundle.exported"
    ]
    payload = desks.enrolled.journal.payload(entry.payload)
    assert payload is not None
    assert name.encode() not in payload.content


def test_a_death_is_written_for_the_authority_only_when_whoever_told_it_said_so(desks: Desks) -> None:
    """R-011: the sheet for the register of deaths."""
    vault = desks.training
    offered = []
    for may_know in ("family", "family local"):
        interview = intake.begin(vault, "deceased_missing", officer_language="en", person_language="en")
        answer_all(interview, IN_PRIVATE, AGREED)
        interview.add_row("/data/lost_people/lost")
        interview.answer("/data/lost_people/lost[1]/lost_state", "died")
        answer_all(interview, {"lost_tell": may_know})
        offered.append(civil_sheets.deaths(vault, intake.finish(vault, interview).case))
    assert [len(one) for one in offered] == [0, 1]


def test_a_number_is_spoken_only_before_bodies_the_person_said_yes_to(desks: Desks) -> None:
    vault = desks.training
    number = read_case(vault.journal, screened(vault, IN_PRIVATE, AGREED, NO_URGENT_NEED).case).number
    assert team.may_be_spoken(vault, number.lower(), ["asylum_authority", "health_service"]).may
    told = team.may_be_spoken(vault, number, ["asylum_authority", "child_protection"])
    assert (told.may, told.not_agreed) == (False, ("child_protection",))
    silent = read_case(vault.journal, screened(vault, NO_URGENT_NEED).case).number
    assert not team.may_be_spoken(vault, silent, ["health_service"]).may, "silence is no yes"
    for asked, bodies, code in (
        (number, [], r"team\.no_body"),
        ("ZZZZ-ZZZZ", ["health_service"], r"team\.no_case"),
    ):
        with pytest.raises(DeskFault, match=code):
            team.may_be_spoken(vault, asked, bodies)
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        team.may_be_spoken(only_as(vault, Role.ADMINISTRATOR), number, ["health_service"])


def test_no_number_of_a_case_comes_into_a_list_that_leaves(desks: Desks) -> None:
    vault = desks.training
    number = read_case(vault.journal, screened(vault, IN_PRIVATE, AGREED, NO_URGENT_NEED).case).number
    task = {"what": "Ask for beds", "who": "Health service (invented)", "until": "2026-03-05"}
    for hidden in (
        number,
        number.lower(),
        number.replace("-", " "),
        number.replace("-", ""),
        f"({number}).",
        "7KQ2-M0XD",
    ):
        with pytest.raises(DeskFault, match=r"team\.number"):
            team.keep(vault, TeamList.TASKS, {**task, "what": f"Ask for a bed for {hidden} today"})
    assert team.keep(vault, TeamList.TASKS, {**task, "what": "Call 1632-9603, room 2026-0305"}), (
        "a telephone is none"
    )
