"""A case goes from one post to another, of another organisation, and somebody there takes it over."""

from dataclasses import replace
from pathlib import Path

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.locks import Lock, What
from fieldkit.services import contacts, early_alert, hand_over, letters, measures, origins, refer
from fieldkit.services.case_file import read_case
from fieldkit.services.errors import DeskFault
from fieldkit.sync.shares import Kind, LetterFault, seal_letter
from tests.stories.desks import Desks, only_as
from tests.stories.letters import (
    ASYLUM,
    POST_TO_POST,
    TOLD,
    a_body,
    agreed,
    know_each_other,
    looked,
)
from tests.stories.offices import everything_held
from tests.stories.people import AGREED, AN_ADULT, FEAR, IN_PRIVATE, NO_URGENT_NEED, screened, screened_again


def handed_over(desks: Desks) -> tuple[str, bytes]:
    """The river post hands somebody over to the lake post; the case here and the letter."""
    river, lake = desks.training, desks.lake
    to, _ = know_each_other(river, lake)
    case = screened(river, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR).case
    agreed(river, case, POST_TO_POST)
    sent = hand_over.hand_over(river, looked(river, to, case), TOLD, desks.stick)
    return case, letters.read_file(desks.stick / sent.file)


def test_a_case_is_taken_over_and_the_receipt_comes_home(desks: Desks) -> None:
    case, letter = handed_over(desks)
    river, lake = desks.training, desks.lake
    (going,) = hand_over.handed_over(river)
    assert going.confirmed is None and going.to == lake.name

    arrived = hand_over.look(lake, letter)
    assert arrived.number == read_case(river.journal, case).number
    assert lake.queries.case_count() == 0
    taken = hand_over.take_over(lake, arrived)
    assert taken.number != arrived.number
    receipt = letters.read_file(desks.stick / hand_over.write_receipt(lake, taken.share, desks.stick))

    confirmed = hand_over.accept_receipt(river, receipt).confirmed
    assert confirmed is not None
    assert (confirmed.by, confirmed.day) == (lake.name, lake.world.today().isoformat())
    before = len(river.journal.about(f"case/{case}"))
    hand_over.accept_receipt(river, receipt)
    assert len(river.journal.about(f"case/{case}")) == before


def test_the_other_post_makes_a_case_of_its_own_with_what_was_allowed(desks: Desks) -> None:
    case, letter = handed_over(desks)
    river, lake = desks.training, desks.lake
    taken = hand_over.take_over(lake, hand_over.look(lake, letter))
    assert taken.case != case
    told = {answer["name"]: answer["words"] for answer in hand_over.told_elsewhere(lake, taken.case)}
    assert told["name_told"] == "Amaru Testperson"
    assert "fear_return" not in told and "reasons" not in told
    held = everything_held(lake)
    assert case.encode() not in held
    mine = {digest for _, digest in river.journal.about(f"case/{case}")}
    assert mine.isdisjoint({digest for _, digest in lake.journal.about(f"case/{taken.case}")})


def test_what_is_sealed_there_is_sealed_here(desks: Desks) -> None:
    """Only whom this post has cleared reads it, and that they read it is written down."""
    river, lake = desks.training, desks.lake
    to, _ = know_each_other(river, lake, ASYLUM)
    case = screened(river, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR).case
    sent = hand_over.hand_over(river, looked(river, to, case), TOLD, desks.stick)
    taken = hand_over.take_over(lake, hand_over.look(lake, letters.read_file(desks.stick / sent.file)))
    told = {answer["name"] for answer in hand_over.told_elsewhere(lake, taken.case)}
    assert {"sex", "fear_return"} <= told
    assert "sealed.read" in {entry.kind for entry, _ in lake.journal.about(f"case/{taken.case}")}
    assert b"fear_return" not in everything_held(lake)
    only_as(lake, Role.OFFICER)
    told = {answer["name"] for answer in hand_over.told_elsewhere(lake, taken.case)}
    assert "sex" in told and "fear_return" not in told


def test_what_was_a_sign_there_is_a_sign_here_and_a_no_there_answers_nothing_here(desks: Desks) -> None:
    _, letter = handed_over(desks)
    lake = desks.lake
    taken = hand_over.take_over(lake, hand_over.look(lake, letter))
    found = {one.category: one for one in refer.suggestions(lake, taken.case)}
    assert found["C01"].verdict == "yes" and found["C01"].because == hand_over.BECAUSE
    assert read_case(lake.journal, taken.case).answers().values == {}
    assert read_case(lake.journal, taken.case).confirmed() == {}


def test_what_only_the_other_laptop_knows_is_kept_and_no_need_is_no_sign(desks: Desks) -> None:
    """C77 is a category of a newer laptop. That nothing was found there is nothing that was found here."""
    _, letter = handed_over(desks)
    arrived = replace(hand_over.look(desks.lake, letter), categories=("C26", "C77"))
    taken = hand_over.take_over(desks.lake, arrived)
    found = {one.category: one.verdict for one in refer.suggestions(desks.lake, taken.case)}
    assert found["C77"] == "yes" and "C26" not in found


def test_a_child_and_a_country_that_the_other_post_heard_of_are_guarded_here_too(desks: Desks) -> None:
    """A child with the mother is in no category of children alone; here the talk begins anew, and says "adult"."""
    river, lake = desks.training, desks.lake
    to, _ = know_each_other(river, lake)
    child = {**AN_ADULT, "age_years": "15", "alone": "no", "with_whom": "parent"}
    case = screened(river, NO_URGENT_NEED, IN_PRIVATE, AGREED, child, FEAR).case
    agreed(river, case, POST_TO_POST)
    sent = hand_over.hand_over(river, looked(river, to, case), TOLD, desks.stick)
    taken = hand_over.take_over(lake, hand_over.look(lake, letters.read_file(desks.stick / sent.file)))
    screened_again(lake, taken.case, NO_URGENT_NEED, IN_PRIVATE, AGREED, {**AN_ADULT, "nationality": "KE"})
    assert Lock.CHILD_HELD in {one.lock for one in measures.shut(lake, taken.case, What.DETENTION)}
    assert {"ER", "KE"} <= origins.origins(lake, taken.case).countries
    assert early_alert.four_things(lake, taken.case, "+44 1632 960555").number == taken.number, (
        "a call is due too"
    )


def test_an_agreement_given_there_binds_nobody_here(desks: Desks) -> None:
    _, letter = handed_over(desks)
    taken = hand_over.take_over(desks.lake, hand_over.look(desks.lake, letter))
    for recipient in desks.lake.codebook.recipients:
        assert taken.case not in desks.lake.queries.agreed(recipient)


def test_the_same_letter_makes_one_case(desks: Desks) -> None:
    _, letter = handed_over(desks)
    arrived = hand_over.look(desks.lake, letter)
    hand_over.take_over(desks.lake, arrived)
    for again in (
        lambda: hand_over.look(desks.lake, letter),
        lambda: hand_over.take_over(desks.lake, arrived),
    ):
        with pytest.raises(DeskFault, match=r"hand_over\.already"):
            again()
    assert desks.lake.queries.case_count() == 1


def test_only_the_post_it_was_for_can_open_it(desks: Desks) -> None:
    _, letter = handed_over(desks)
    with pytest.raises(LetterFault, match=r"letter\.not_for_us"):
        hand_over.look(desks.training, letter)


def test_a_letter_from_somebody_unknown_is_not_believed(desks: Desks) -> None:
    _, letter = handed_over(desks)
    lake = desks.lake
    (river,) = contacts.signing(lake)
    contacts.stop(lake, river.id)
    with pytest.raises(LetterFault, match=r"letter\.unknown_sender"):
        hand_over.look(lake, letter)
    assert lake.queries.case_count() == 0


def test_a_contact_that_was_taken_off_the_list_keeps_its_name(desks: Desks) -> None:
    handed_over(desks)
    river = desks.training
    (lake,) = contacts.signing(river)
    contacts.stop(river, lake.id)
    assert hand_over.handed_over(river)[0].to == desks.lake.name


def test_a_receipt_of_another_post_confirms_nothing(desks: Desks) -> None:
    handed_over(desks)
    river = desks.training
    (going,) = hand_over.handed_over(river)
    stranger, mine = contacts.own_keys(desks.real), contacts.own_keys(river)
    fields = {"id": going.share, "by": "Lake post (invented)", "day": "2026-03-02"}
    forged = seal_letter(Kind.RECEIPT, fields, "-", key=stranger.signing, recipient=mine.sealing.recipient)
    with pytest.raises(DeskFault, match=r"hand_over\.receipt_unknown"):
        hand_over.accept_receipt(river, forged)
    assert hand_over.handed_over(river)[0].confirmed is None


def test_a_damaged_letter_changes_nothing(desks: Desks) -> None:
    _, letter = handed_over(desks)
    for at in range(0, len(letter), len(letter) // 60):
        broken = bytearray(letter)
        broken[at] ^= 1
        with pytest.raises(LetterFault):
            hand_over.look(desks.lake, bytes(broken))
    for cut in (0, 1, 100, len(letter) - 1):
        with pytest.raises(LetterFault):
            hand_over.look(desks.lake, letter[:cut])
    assert desks.lake.queries.case_count() == 0


def test_somebody_without_this_program_gets_no_hand_over(desks: Desks) -> None:
    post = desks.training
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR).case
    agreed(post, case, POST_TO_POST)
    with pytest.raises(DeskFault, match=r"hand_over\.not_a_post"):
        shown = looked(post, a_body(post, POST_TO_POST).contact, case)
        hand_over.hand_over(post, shown, TOLD, desks.stick)


def test_a_stick_that_is_not_there_hands_nothing_over(desks: Desks) -> None:
    river = desks.training
    to, _ = know_each_other(river, desks.lake)
    case = screened(river, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR).case
    agreed(river, case, POST_TO_POST)
    with pytest.raises(PersonFault, match=r"exchange\.no_folder"):
        hand_over.hand_over(river, looked(river, to, case), TOLD, Path(desks.stick / "pulled"))
    assert hand_over.handed_over(river) == ()


def test_a_hand_over_is_for_those_who_talk_with_people(desks: Desks) -> None:
    _, letter = handed_over(desks)
    only_as(desks.lake, Role.ADMINISTRATOR)
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        hand_over.look(desks.lake, letter)
