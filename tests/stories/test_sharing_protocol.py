"""Sharing with one named recipient (R-166): what goes, what does not, and who decides."""

import json
import subprocess
from dataclasses import replace

import pytest

from fieldkit.crypto.signature import minisign_public_text
from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault
from fieldkit.services import closing, contacts, directory, refer, sharing
from fieldkit.services.closing import Because
from fieldkit.services.errors import DeskFault
from fieldkit.services.sharing import Said
from tests.stories.desks import Desks, only_as
from tests.stories.letters import (
    ASYLUM,
    DANGER,
    POST_TO_POST,
    RETURN,
    TOLD,
    a_body,
    agreed,
    looked,
    opened_by_hand,
)
from tests.stories.offices import clock_of
from tests.stories.people import AGREED, AN_ADULT, FEAR, HURT, IN_PRIVATE, NO_URGENT_NEED, Told, led, screened


def test_a_look_shows_exactly_what_goes_and_what_stays(desks: Desks) -> None:
    post = desks.training
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR, HURT).case
    shown = looked(post, a_body(post, ASYLUM).contact, case)
    (one,) = shown.goes
    said = {field.name: field.words for field in one.fields}
    assert said["sex"] == "Man or boy"
    assert said["name_told"] == "Amaru Testperson"
    asked = {field.name: field.question for field in one.fields}
    assert asked["sex"].endswith("?")
    protocol = set(shown.protocol.fields)
    assert {field.name for field in one.fields} | {left.name for left in one.left_out} == protocol
    assert "harm" not in protocol and "control_signs" not in protocol
    assert set(one.categories) <= shown.protocol.categories


def test_the_recipient_opens_it_with_stock_tools_and_nobody_else_does(desks: Desks) -> None:
    post = desks.training
    body = a_body(post, ASYLUM)
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR).case
    shown = looked(post, body.contact, case)
    sent = sharing.share(post, shown, TOLD, desks.stick)
    place = opened_by_hand(
        desks.stick.parent / desks.stick.name / sent.file, body.key, desks.stick / "opened"
    )
    letter = json.loads((place / "letter.json").read_bytes())
    assert letter["cases"] == [one.as_sent() for one in shown.goes]
    assert letter["purpose"] == "referral"
    text = (place / "letter.txt").read_text(encoding="utf-8")
    assert "Amaru Testperson" in text
    assert "Training post (invented)" in text
    public = minisign_public_text(contacts.own_keys(post).signing.public).splitlines()[1]
    assert public in text
    subprocess.run(
        ["minisign", "-V", "-P", public, "-m", "letter.json"], cwd=place, check=True, capture_output=True
    )


def test_the_same_people_make_the_same_document(desks: Desks) -> None:
    """Only the id of the letter differs, so that two letters can be compared."""
    post = desks.training
    body = a_body(post, ASYLUM)
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR).case
    letters = []
    for turn in ("one", "two"):
        sent = sharing.share(post, looked(post, body.contact, case), TOLD, desks.stick)
        place = opened_by_hand(desks.stick / sent.file, body.key, desks.stick / turn)
        letters.append(json.loads((place / "letter.json").read_bytes()))
    assert letters[0].pop("id") != letters[1].pop("id")
    assert letters[0] == letters[1]


def test_that_something_was_shared_is_kept_without_what_was_said(desks: Desks) -> None:
    post = desks.training
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR).case
    sharing.share(post, looked(post, a_body(post, ASYLUM).contact, case), TOLD, desks.stick)
    (entry,) = [entry for entry, _ in post.journal.about(f"case/{case}") if entry.kind == "case.shared"]
    payload = post.journal.payload(entry.payload)
    assert payload is not None and b"Amaru" not in payload.content and b'"male"' not in payload.content
    (kept,) = sharing.shares(post, case)
    assert (kept.protocol, kept.agreement, kept.told) == (ASYLUM, "yes", True)
    assert "name_told" in kept.fields


def test_nothing_goes_after_the_last_day(desks: Desks) -> None:
    post = desks.training
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR).case
    to = a_body(post, ASYLUM).contact
    assert not looked(post, to, case).cases[0].refused
    clock_of(post).turn(days=800)
    shown = looked(post, to, case)
    assert shown.cases[0].refused == ("share.expired",) and shown.cases[0].fields == ()
    with pytest.raises(DeskFault, match=r"share\.expired"):
        sharing.share(post, shown, TOLD, desks.stick)
    assert list(desks.stick.iterdir()) == []


def test_nothing_goes_for_needs_that_the_protocol_does_not_name(desks: Desks) -> None:
    post = desks.training
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT).case
    shown = looked(post, a_body(post, ASYLUM).contact, case)
    assert "share.other_category" in shown.cases[0].refused


def test_one_excluded_need_keeps_the_whole_case_here(desks: Desks) -> None:
    post = desks.training
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR).case
    agreed(post, case, POST_TO_POST)
    to = a_body(post, POST_TO_POST).contact
    assert not looked(post, to, case).cases[0].refused
    refer.choose(post, case, "C13", "said so in private")
    assert "share.excluded_category" in looked(post, to, case).cases[0].refused


def test_help_that_was_given_ends_no_exclusion(desks: Desks) -> None:
    """The need was found, and the other post is not told of it, also when somebody closed it."""
    post = desks.training
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR).case
    agreed(post, case, POST_TO_POST)
    to = a_body(post, POST_TO_POST).contact
    refer.choose(post, case, "C09", "she told me")
    closing.close_category(post, case, "C09", Because.HELPED, "she is with the doctor")
    assert looked(post, to, case).cases[0].refused == ("share.excluded_category",)


def test_a_sealed_class_goes_only_where_named_and_only_by_somebody_cleared(desks: Desks) -> None:
    post = desks.training
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR).case
    agreed(post, case, POST_TO_POST)
    asylum, plain = a_body(post, ASYLUM).contact, a_body(post, POST_TO_POST).contact
    assert "fear_return" in {field.name for field in looked(post, asylum, case).goes[0].fields}
    left = {one.name: one.why for one in looked(post, plain, case).goes[0].left_out}
    assert left["health_needs"] == sharing.SEALED
    only_as(post, Role.OFFICER)
    shown = looked(post, asylum, case).goes[0]
    assert "fear_return" not in {field.name for field in shown.fields}
    assert ("fear_return", sharing.NOT_CLEARED) in {(one.name, one.why) for one in shown.left_out}


def test_without_agreement_only_by_the_named_rule_with_a_reason_and_told(desks: Desks) -> None:
    post = desks.training
    urgent = {**NO_URGENT_NEED, "urgent_medical": "yes"}
    no = {**AGREED, "share_health": "no"}
    case = screened(post, urgent, IN_PRIVATE, no, AN_ADULT).case
    shown = looked(post, a_body(post, DANGER).contact, case)
    assert shown.goes
    for said, code in ((Said(reason="bleeding"), "not_told"), (Said(told=True), "no_reason")):
        with pytest.raises(DeskFault, match=rf"share\.{code}"):
            sharing.share(post, shown, said, desks.stick)
    assert list(desks.stick.iterdir()) == []
    sharing.share(post, shown, Said(told=True, reason="bleeding"), desks.stick)
    assert sharing.shares(post, case)[0].agreement == "danger_to_life"


def test_what_changed_since_it_was_shown_is_shown_again(desks: Desks) -> None:
    post = desks.training
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR).case
    shown = looked(post, a_body(post, ASYLUM).contact, case)
    other = replace(shown, cases=(replace(shown.cases[0], fields=shown.cases[0].fields[:1]),))
    with pytest.raises(DeskFault, match=r"share\.changed"):
        sharing.share(post, other, TOLD, desks.stick)


def test_a_contact_is_kept_by_an_administrator_and_only_with_a_protocol(desks: Desks) -> None:
    post = desks.training
    offered = contacts.typed("Invented Body", contacts.own_keys(desks.lake).sealing.recipient)
    assert len(offered.summary.words) == 10
    with pytest.raises(DeskFault, match=r"contact\.protocol"):
        contacts.keep(post, offered, "P99")
    kept = contacts.keep(post, offered, ASYLUM)
    contacts.stop(post, kept.id)
    with pytest.raises(DeskFault, match=r"share\.unknown_contact"):
        contacts.find(post, kept.id)
    only_as(post, Role.OFFICER)
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        contacts.keep(post, offered, ASYLUM)


def test_invented_recipients_stand_only_in_a_vault_for_training(desks: Desks) -> None:
    assert all("invented" in one.name for one in contacts.all_contacts(desks.training))
    assert contacts.all_contacts(desks.training)
    assert contacts.all_contacts(desks.real) == ()
    assert contacts.all_protocols(desks.real) == ()
    assert directory.all_services(desks.real) == ()


WISHES_TO_GO_BACK: Told = {
    "return_told": "stay asylum",
    "return_pressure": "none",
    "return_own_choice": "yes",
    "return_may_withdraw": "yes",
    "return_wish_now": "yes",
    "fear_return": "no",
    "asks_protection": "no",
}


def test_one_agency_tells_the_other_of_a_wish_to_go_back_after_a_yes_to_it_by_name(desks: Desks) -> None:
    """R-132, N-082: the least, to the return service alone; a yes to others is none to it."""
    post = desks.training
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT).case
    led(post, "voluntary_return", IN_PRIVATE, AGREED, WISHES_TO_GO_BACK, case=case)
    body = a_body(post, RETURN)
    shown = looked(post, body.contact, case)
    with pytest.raises(DeskFault):
        sharing.share(post, shown, TOLD, desks.stick)
    agreed(post, case, RETURN)
    shown = looked(post, body.contact, case)
    (one,) = shown.goes
    names = {field.name for field in one.fields}
    assert {"return_wish_now", "return_may_withdraw", "name_told"} <= names
    assert names.isdisjoint(
        {"nationality", "reasons", "fear_return", "return_why", "return_pressure", "age_years"}
    )
    assert sharing.share(post, shown, TOLD, desks.stick).file
    assert [kept.protocol for kept in sharing.shares(post, case)] == [RETURN]


def test_nothing_of_somebody_who_is_afraid_goes_to_the_return_service(desks: Desks) -> None:
    """R-132: whoever may need protection is heard first, whatever the wish and whatever the yes."""
    post = desks.training
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR).case
    led(post, "voluntary_return", IN_PRIVATE, AGREED, WISHES_TO_GO_BACK, case=case)
    agreed(post, case, RETURN)
    assert looked(post, a_body(post, RETURN).contact, case).goes == ()
