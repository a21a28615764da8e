"""Papers that are made for a person: what stands on them, who may make them, and what a check of their code
says."""

from collections.abc import Callable

import pytest

from fieldkit.domain.document import Code, Document
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.ids import spoken_number
from fieldkit.domain.locks import GATE, What
from fieldkit.services import (
    assistance,
    devices,
    enrolment,
    follow_up,
    interpreters,
    issued,
    issued_pages,
    measures,
    paper_codes,
    procedure_steps,
    refer,
)
from fieldkit.services.interpreters import Told
from fieldkit.services.issued import Gone, PaperKind, Wish
from fieldkit.services.judge import Answers
from fieldkit.services.paper_codes import Result
from fieldkit.services.vault import OpenVault
from tests.stories.desks import Desks, text_of
from tests.stories.offices import clock_of
from tests.stories.people import AGREED, AN_ADULT, FEAR, IN_PRIVATE, NO_URGENT_NEED, screened, screened_again

BOTH = ("ti", "en")


def somebody(vault: OpenVault) -> str:
    return screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR).case


def refuses(attempt: Callable[[], object], code: str) -> None:
    with pytest.raises(PersonFault) as fault:
        attempt()
    assert fault.value.code == code


def registered(vault: OpenVault, case: str) -> str:
    return issued.issue(vault, case, Wish(PaperKind.REGISTRATION, BOTH, safe_to_carry=True))


def code_of(vault: OpenVault, case: str, document: str) -> str:
    page = issued_pages.page(vault, case, document, safe_to_carry=True)
    lines = [
        line for line in text_of(page).splitlines() if len(line) <= 32 and line.isalnum() and line.isupper()
    ]
    assert any(isinstance(block, Code) for block in page.blocks)
    return " ".join(lines)


# --- proof of registration ------------------------------------------------------------------------------


def test_a_code_that_is_scanned_says_valid_and_nothing_of_the_person(desks: Desks) -> None:
    vault = desks.training
    case = somebody(vault)
    code = code_of(vault, case, registered(vault, case))
    held = paper_codes.check(vault, code.lower())
    assert held.result is Result.VALID
    assert (held.number, held.until) == (spoken_number(case), "2026-04-01")
    before = vault.journal.head(vault.stream).number
    paper_codes.check(vault, code)
    assert vault.journal.head(vault.stream).number == before, "a check leaves no trace"


def test_a_code_says_over_after_its_last_day_and_called_back_when_it_was(desks: Desks) -> None:
    vault = desks.training
    case = somebody(vault)
    first = registered(vault, case)
    code = code_of(vault, case, first)
    clock_of(vault).turn(days=31)
    assert paper_codes.check(vault, code).result is Result.OVER
    newer = registered(vault, case)
    assert paper_codes.check(vault, code).result is Result.CALLED_BACK
    assert paper_codes.check(vault, code_of(vault, case, newer)).result is Result.VALID
    refuses(lambda: issued_pages.page(vault, case, first, safe_to_carry=True), "paper.called_back")
    again = code_of(vault, case, newer)
    assert again == code_of(vault, case, newer), "printed again it is the same paper"
    issued.call_back(vault, case, newer, Gone.LOST, "in the sea")
    assert paper_codes.check(vault, again).result is Result.CALLED_BACK


def test_a_code_with_one_sign_changed_is_not_ours(desks: Desks) -> None:
    vault = desks.training
    case = somebody(vault)
    code = "".join(code_of(vault, case, registered(vault, case)).split())
    for place in (5, 12, 16, 60, 110):
        other = "A" if code[place] != "A" else "B"
        changed = code[:place] + other + code[place + 1 :]
        assert paper_codes.check(vault, changed).result in (Result.NOT_OURS, Result.NOT_READABLE)
    for text in ("", "FKP1", "https://example.invalid", code[:-1], code + "A", "FKP1" + "1" * 117):
        assert paper_codes.check(vault, text).result in (Result.NOT_OURS, Result.NOT_READABLE)


def test_a_stranger_s_paper_is_not_ours(desks: Desks) -> None:
    case = somebody(desks.lake)
    code = code_of(desks.lake, case, registered(desks.lake, case))
    assert paper_codes.check(desks.training, code).result is Result.NOT_OURS


def test_another_post_of_the_same_headquarters_checks_it_by_the_trust_list(desks: Desks) -> None:
    post = desks.enrolled
    case = somebody(post)
    code = code_of(post, case, registered(post, case))
    office = desks.office.vault
    assert paper_codes.check(office, code).result is Result.VALID
    with pytest.MonkeyPatch.context() as patch:
        keys = enrolment.office_keys(office)
        listed = devices._now(office, keys, 1)
        patch.setattr(enrolment, "held_list", lambda _vault: listed)
        assert paper_codes.check(desks.training, code).result is Result.VALID


def test_without_an_authority_there_is_no_proof_of_registration(desks: Desks) -> None:
    vault = desks.real
    case = somebody(vault)
    refuses(lambda: registered(vault, case), "paper.not_allowed")
    refuses(lambda: issued.allow(vault, " ", 30), "paper.allowed_by")
    refuses(lambda: issued.allow(vault, "Registry (invented)", 0), "paper.days")
    issued.allow(vault, "Registry (invented)", 10)
    page = issued_pages.page(vault, case, registered(vault, case), safe_to_carry=True)
    assert "Registry (invented)" in text_of(page)


# --- other papers ---------------------------------------------------------------------------------------


def made(vault: OpenVault, case: str, wish: Wish) -> Document:
    document = issued.issue(vault, case, wish)
    return issued_pages.page(vault, case, document, safe_to_carry=wish.safe_to_carry)


def test_a_hand_over_record_shows_when_each_thing_happened(desks: Desks) -> None:
    vault = desks.training
    case = somebody(vault)
    service = refer.services_for(vault, "C01")[0]
    refer.refer(vault, case, "C01", service.id, safe_to_carry=True)
    clock_of(vault).turn(minutes=20)
    said = text_of(made(vault, case, Wish(PaperKind.HAND_OVER, ("en",), service=service.id)))
    assert service.name_on_paper in said
    assert "Referred: " in said and "07:40" in said
    assert "08:00" in said


def test_a_receipt_lists_what_is_kept_and_a_visit_its_hours(desks: Desks) -> None:
    vault = desks.training
    case = somebody(vault)
    kept = Wish(PaperKind.KEPT, BOTH, safe_to_carry=True, lines=("a passport (invented)", " "))
    assert "1. " in text_of(made(vault, case, kept))
    visit = Wish(PaperKind.ATTENDANCE, BOTH, safe_to_carry=True, begin="09:00", end="9:45")
    assert "9:45" in text_of(made(vault, case, visit))
    refuses(lambda: issued.issue(vault, case, Wish(PaperKind.KEPT, BOTH, safe_to_carry=True)), "paper.empty")
    wrong = Wish(PaperKind.ATTENDANCE, BOTH, safe_to_carry=True, begin="9", end="25:00")
    refuses(lambda: issued.issue(vault, case, wrong), "paper.hours")


def test_of_a_plan_that_is_stopped_there_is_no_paper(desks: Desks) -> None:
    vault = desks.training
    case = screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT).case
    known = Answers.said
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            Answers, "said", lambda held, name: ("nothing_found",) if name in GATE else known(held, name)
        )
        assert measures.plan(vault, case, What.RETURN, "no visa")
        (plan,) = measures.plans(vault, case)
        wish = Wish(PaperKind.PLAN, ("en",), measure=plan.measure)
        document = issued.issue(vault, case, wish)
        screened_again(vault, case, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR)
        refuses(lambda: issued.issue(vault, case, wish), "lock.fear")
        refuses(lambda: issued_pages.page(vault, case, document), "lock.fear")


# --- following up, help, steps, interpreters ------------------------------------------------------------


def test_a_referral_is_followed_up_until_its_end_is_heard(desks: Desks) -> None:
    vault = desks.training
    hurt = screened(vault, {**NO_URGENT_NEED, "urgent_medical": "yes"}, IN_PRIVATE, AGREED, AN_ADULT).case
    service = refer.services_for(vault, "C11")[0]
    first = refer.refer(vault, hurt, "C11", service.id, safe_to_carry=True)
    refer.refer(vault, hurt, "C11", service.id, declined=True, safe_to_carry=True)
    clock_of(vault).turn(days=2)
    (row,) = follow_up.to_follow_up(vault)
    assert (row.referral, row.days, row.overdue) == (first, 2, True)
    follow_up.record(vault, hurt, first, "acknowledged")
    (row,) = follow_up.to_follow_up(vault)
    assert (row.state, row.overdue) == ("acknowledged", False)
    follow_up.record(vault, hurt, first, "served", "seen by a nurse")
    assert not follow_up.to_follow_up(vault)
    assert [one.state for one in follow_up.heard(vault, hurt)] == ["acknowledged", "served"]
    refuses(lambda: follow_up.record(vault, hurt, first, "cleared"), "follow.state")
    refuses(lambda: follow_up.record(vault, hurt, "0" * 32, "served"), "refer.unknown")


def test_help_is_written_down_offered_and_received(desks: Desks) -> None:
    vault = desks.training
    case = somebody(vault)
    for kind in assistance.KINDS:
        assistance.record(vault, case, kind, "offered")
    assistance.record(vault, case, "food", "received")
    assistance.record(vault, case, "food", "offered")
    assistance.record(vault, case, "medical", "declined")
    held = assistance.standing(vault, case)
    assert (held["food"], held["medical"], held["shelter"]) == ("received", "declined", "offered")
    refuses(lambda: assistance.record(vault, case, "result of a test", "received"), "help.unknown")


def test_the_steps_of_a_procedure_are_done_one_by_one_or_it_is_said_why_not(desks: Desks) -> None:
    vault = desks.training
    case = somebody(vault)
    steps = procedure_steps.steps(vault, case, "C01")
    assert steps and all(one.state == procedure_steps.OPEN for one in steps)
    procedure_steps.record(vault, case, "C01", 1, done=True)
    refuses(lambda: procedure_steps.record(vault, case, "C01", 2, done=False), "measure.reason_missing")
    procedure_steps.record(vault, case, "C01", 2, done=False, reason="nobody answers")
    procedure_steps.record(vault, case, "C01", 2, done=True)
    assert [one.state for one in procedure_steps.steps(vault, case, "C01")][:2] == ["done", "done"]
    refuses(lambda: procedure_steps.record(vault, case, "C01", 99, done=True), "step.unknown")


def test_who_has_not_signed_the_undertaking_does_not_interpret(desks: Desks) -> None:
    vault = desks.training
    case = somebody(vault)
    name = interpreters.keep(vault, Told("I-07", ("ti",)))
    assert not interpreters.speaking(vault, "ti")
    said = {"agreed": True, "stranger": True}
    refuses(lambda: interpreters.record_agreed(vault, case, name, **said), "interpreter.no_undertaking")
    assert "I tell nobody what I hear here" in text_of(interpreters.undertaking(vault, ("en",)))
    interpreters.keep(vault, Told("I-07", ("ti",), undertaking=vault.world.today()), name)
    assert [one.code for one in interpreters.speaking(vault, "ti")] == ["I-07"]
    assert interpreters.record_agreed(vault, case, name, **said)
    assert not interpreters.record_agreed(vault, case, name, agreed=True, stranger=False)


def test_what_was_erased_is_called_back(desks: Desks) -> None:
    vault = desks.training
    case = somebody(vault)
    code = code_of(vault, case, registered(vault, case))
    with vault.database.transaction():
        vault.database.execute("DELETE FROM issued")  # what is left of it when its entry was erased
    assert paper_codes.check(vault, code).result is Result.CALLED_BACK
