"""Laws of what is sealed: who may seal, who may open, and that a key somebody took along opens nothing any more."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.crypto.keys import DatabaseKey, Keyring
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.entries import SALT_BYTES, Payload, canonical
from fieldkit.storage import sealed
from fieldkit.storage.attachments import Attachments, submission_holder
from fieldkit.storage.errors import ClassFault, StorageMistake
from fieldkit.storage.sealed import Sealed
from tests.storage.desks import KEY, Desk
from tests.worlds import CountedRandomness

HEALTH, VIOLENCE = SealedClass.HEALTH, SealedClass.VIOLENCE
AMINA, BILAL, CARINE = "a1" * 16, "b2" * 16, "c3" * 16
RING = replace(Keyring.new(CountedRandomness("ring")), database=KEY)
WITHOUT = RING.for_classes([VIOLENCE])
CANARY = "canaryword"


def payload(text: str = CANARY, salt: int = 1) -> Payload:
    return Payload(bytes([salt]) * SALT_BYTES, canonical({"facts": {"x": [text]}}))


def laid(desk: Desk) -> Payload:
    """Amina holds every key, Bilal that of violence; one payload is sealed as health."""
    sealed.enter(desk.database, AMINA, RING)
    sealed.enter(desk.database, BILAL, WITHOUT)
    made = payload()
    with desk.database.transaction():
        Sealed(desk.database, WITHOUT).hold(made, HEALTH)
    return made


def test_whoever_records_may_seal_and_only_the_cleared_may_read(desk: Desk) -> None:
    made = laid(desk)
    assert Sealed(desk.database, RING).open(made.digest) == made
    assert Sealed(desk.database, WITHOUT).open(made.digest) is None
    assert Sealed(desk.database, Keyring(KEY)).open(made.digest) is None
    assert Sealed(desk.database, WITHOUT).readable == {VIOLENCE}
    assert Sealed(desk.database, WITHOUT).class_of(made.digest) is HEALTH


def test_the_people_to_ask_are_those_who_hold_the_key(desk: Desk) -> None:
    laid(desk)
    assert sealed.holders(desk.database, HEALTH) == (AMINA,)
    assert sealed.holders(desk.database, VIOLENCE) == (AMINA, BILAL)


def test_a_yes_and_a_no_are_sealed_at_one_length() -> None:
    lengths = {len(sealed.padded(payload(text))) for text in ("yes", "no", "declined", "a sentence " * 20)}
    assert lengths == {sealed.LEAST}


@given(st.text(max_size=3000), st.binary(min_size=SALT_BYTES, max_size=SALT_BYTES))
def test_padding_is_taken_off_again(text: str, salt: bytes) -> None:
    made = Payload(salt, canonical({"said": text}))
    assert sealed._payload(sealed.padded(made)) == made


def test_a_key_is_given_to_somebody_who_takes_it_at_the_next_sign_in(desk: Desk) -> None:
    made = laid(desk)
    sealed.grant(desk.database, RING, BILAL, [HEALTH])
    ring = sealed.granted(desk.database, WITHOUT, BILAL)
    sealed.take(desk.database, BILAL)
    assert Sealed(desk.database, ring).open(made.digest) == made
    assert sealed.granted(desk.database, WITHOUT, BILAL) == WITHOUT
    assert BILAL in sealed.holders(desk.database, HEALTH)


def test_who_gets_a_ring_without_the_former_one_is_not_said_to_hold_what_only_that_one_opened(
    desk: Desk,
) -> None:
    laid(desk)
    sealed.grant(desk.database, RING, BILAL, [HEALTH])
    sealed.enter_anew(desk.database, BILAL, WITHOUT.for_classes(()))
    assert sealed.holders(desk.database, VIOLENCE) == (AMINA,)
    assert sealed.granted(desk.database, WITHOUT, BILAL) == WITHOUT, "sealed to a key that nobody has"
    sealed.enter(desk.database, BILAL, replace(RING.for_classes(()), own=WITHOUT.own))
    sealed.grant(desk.database, RING, BILAL, [VIOLENCE])
    assert BILAL in sealed.holders(desk.database, VIOLENCE), "who holds it gives it again"


def test_nobody_gives_what_they_do_not_hold(desk: Desk) -> None:
    laid(desk)
    with pytest.raises(StorageMistake, match=r"sealed\.not_held"):
        sealed.grant(desk.database, WITHOUT, AMINA, [HEALTH])
    with pytest.raises(StorageMistake, match=r"sealed\.no_own_key"):
        sealed.grant(desk.database, RING, CARINE, [HEALTH])


def test_the_key_of_somebody_who_left_opens_nothing_of_the_new_vault(desk: Desk) -> None:
    made = laid(desk)
    sealed.grant(desk.database, RING, BILAL, [HEALTH])
    leavers_ring = sealed.granted(desk.database, WITHOUT, BILAL)
    assert sealed.withdraw(desk.database, BILAL) == {HEALTH, VIOLENCE}
    assert sealed.due(desk.database) == {HEALTH, VIOLENCE}
    new = RING.renewed(CountedRandomness("new"), sealed.due(desk.database))
    assert sealed.rewrap(desk.database, RING, new) == {HEALTH, VIOLENCE}
    assert sealed.due(desk.database) == frozenset()
    assert Sealed(desk.database, leavers_ring).open(made.digest) is None
    assert Sealed(desk.database, leavers_ring).readable == frozenset()
    assert Sealed(desk.database, new).open(made.digest) == made
    assert BILAL not in sealed.holders(desk.database, HEALTH)
    assert sealed.granted(desk.database, leavers_ring, BILAL) == leavers_ring


def test_those_who_stay_find_the_new_key_at_their_next_sign_in(desk: Desk) -> None:
    made = laid(desk)
    sealed.enter(desk.database, CARINE, staying := RING.for_classes([HEALTH]))
    new = RING.renewed(CountedRandomness("new"), [HEALTH])
    sealed.rewrap(desk.database, RING, new)
    assert Sealed(desk.database, staying).open(made.digest) is None
    assert Sealed(desk.database, sealed.granted(desk.database, staying, CARINE)).open(made.digest) == made


def test_a_class_whose_key_is_not_at_hand_stays_and_stays_due(desk: Desk) -> None:
    made = laid(desk)
    sealed.withdraw(desk.database, BILAL, [HEALTH, VIOLENCE])
    admin = Keyring(KEY, {}, WITHOUT.own)
    assert sealed.rewrap(desk.database, admin, admin.renewed(CountedRandomness("new"))) == frozenset()
    assert sealed.due(desk.database) == {VIOLENCE}
    assert Sealed(desk.database, RING).open(made.digest) == made


def test_a_database_with_every_key_but_the_class_key_shows_no_word_of_it(desk: Desk) -> None:
    laid(desk)
    tables = [row[0] for row in desk.database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    held = b"".join(
        value if isinstance(value, bytes) else str(value).encode()
        for table in tables
        for row in desk.database.rows(f'SELECT * FROM "{table}"')
        for value in row
    )
    assert CANARY.encode() not in held
    assert CANARY in json.dumps(payload().value()), "the word would be found where it stands open"
    assert DatabaseKey(KEY.raw) == KEY


def test_a_due_class_is_renewed_when_somebody_who_holds_it_signs_in(desk: Desk) -> None:
    made = laid(desk)
    sealed.enter(desk.database, CARINE, staying := RING.for_classes([HEALTH]))
    sealed.withdraw(desk.database, CARINE, [HEALTH])
    assert sealed.due(desk.database) == {HEALTH}
    bilal = sealed.completed(desk.database, WITHOUT, BILAL)
    assert bilal == WITHOUT and sealed.due(desk.database) == {HEALTH}, "he does not hold it"
    amina = sealed.completed(desk.database, RING, AMINA)
    assert sealed.due(desk.database) == frozenset()
    assert amina.classes[HEALTH] != RING.classes[HEALTH]
    assert {name for name in SealedClass if amina.classes[name] != RING.classes[name]} == {HEALTH}
    assert Sealed(desk.database, amina).open(made.digest) == made
    assert Sealed(desk.database, staying).open(made.digest) is None
    assert sealed.granted(desk.database, RING, AMINA).classes == amina.classes, (
        "a cut before her slot was written costs nothing: the key lies ready"
    )


def test_a_vault_from_before_gets_its_keys_once(desk: Desk) -> None:
    first = sealed.completed(desk.database, Keyring(KEY), AMINA)
    assert set(first.classes) == set(SealedClass) and first.own is not None
    sealed.enter(desk.database, AMINA, first)
    assert sealed.completed(desk.database, first, AMINA) == first
    second = sealed.completed(desk.database, Keyring(KEY), BILAL)
    assert second.classes == {} and second.own is not None, "others are given theirs"


def test_files_too_are_sealed_again_under_a_new_key(desk: Desk) -> None:
    sealed.enter(desk.database, AMINA, RING)
    content = CANARY.encode() * 50_000
    draft = desk.drafts.start(
        person=AMINA, form="f", version="1", officer_language="en", person_language="ti"
    )
    held = Attachments(desk.database, desk.randomness, RING).keep(
        draft, content, media_type="application/pdf", ending="pdf"
    )
    with desk.database.transaction():
        Attachments(desk.database, desk.randomness, RING).hand_over(
            draft, "uuid:1", {held.name}, {held.name: HEALTH}
        )
    new = RING.renewed(CountedRandomness("new"), [HEALTH])
    assert sealed.rewrap(desk.database, RING, new) == {HEALTH}
    holder = submission_holder("uuid:1")
    assert Attachments(desk.database, desk.randomness, new).content(holder, held.name) == content
    with pytest.raises(ClassFault, match=r"sealed\.not_cleared"):
        Attachments(desk.database, desk.randomness, RING).content(holder, held.name)


def test_the_journal_keeps_nothing_of_a_sealed_kind_open(desk: Desk) -> None:
    with pytest.raises(StorageMistake, match=r"sealed\.left_open"):
        desk.journal.append(actor=AMINA, subject="case/" + "c1" * 16, kind="submission.sealed", payload={})
    assert desk.journal.head(desk.journal.stream).number == 0
