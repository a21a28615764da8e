"""The decision who may receive what, as laws over every protocol and every case there could be."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.sharing import (
    LEAST_FOR_A_CHILD,
    OriginKind,
    Origins,
    Purpose,
    Rule,
    SharingProtocol,
    Standing,
    allowed_fields,
    refusals,
)

TODAY = date(2026, 3, 2)
KINDS = frozenset(OriginKind)
COUNTRIES = st.sampled_from(["UG", "KE", "ER", "ET", "none", "other", "unclear"])
NAMED = st.dictionaries(st.sampled_from(list(OriginKind)), st.frozensets(COUNTRIES, max_size=3))
CATEGORIES = st.frozensets(st.sampled_from(["C01", "C04", "C06", "C13"]), max_size=3)
FIELDS = ("name_told", "sex", "age_band", "feared_country", "speak_with")

ORIGINS = st.builds(Origins, NAMED, st.frozensets(st.sampled_from(list(OriginKind))) | st.just(KINDS))
PROTOCOLS = st.builds(
    SharingProtocol,
    id=st.just("P00"),
    name=st.just("Invented"),
    recipient=st.sampled_from(["", "child_protection", "asylum_authority"]),
    abroad=st.sampled_from(["", "UG", "KE", "TZ"]),
    purpose=st.sampled_from(list(Purpose)),
    basis=st.just("invented"),
    fields=st.just(FIELDS),
    categories=CATEGORIES,
    excluded=CATEGORIES,
    sealed=st.just(frozenset()),
    rule=st.sampled_from([None, *Rule]),
    expires=st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days)),
)
CASES = st.builds(Standing, CATEGORIES, st.booleans(), st.booleans(), ORIGINS, st.booleans())


@given(NAMED, st.frozensets(st.sampled_from(list(OriginKind))), st.sampled_from(["UG", "KE", "TZ"]))
def test_nothing_goes_to_an_origin_and_nothing_abroad_while_one_is_unknown(
    named: dict[OriginKind, frozenset[str]], whole: frozenset[OriginKind], country: str
) -> None:
    origins = Origins(named, whole)
    said = {one for held in named.values() for one in held}
    known = whole == KINDS and not said & {"other", "unclear"}
    assert origins.may_go_to(country) == (known and country not in said)
    assert origins.may_go_to("")


@given(PROTOCOLS, CASES)
def test_no_case_goes_abroad_past_the_block_by_any_protocol(
    protocol: SharingProtocol, case: Standing
) -> None:
    if protocol.abroad and not refusals(protocol, case, TODAY):
        assert protocol.abroad not in case.origins.countries
        assert case.origins.whole == KINDS
        assert case.agreed
        assert case.child_protection_agreed or not case.child


@given(PROTOCOLS, CASES)
def test_learning_more_of_a_persons_origin_never_opens_what_was_blocked(
    protocol: SharingProtocol, case: Standing
) -> None:
    """Another country that is named can only close; the kinds that are whole stay as they are."""
    more = {kind: held | {protocol.abroad} for kind, held in case.origins.named.items() if protocol.abroad}
    origins = Origins({**case.origins.named, **more}, case.origins.whole)
    if "share.country_of_origin" in refusals(protocol, case, TODAY):
        assert "share.country_of_origin" in refusals(protocol, replace(case, origins=origins), TODAY)


@given(PROTOCOLS, CASES)
def test_without_a_yes_only_a_named_rule_lets_something_go(protocol: SharingProtocol, case: Standing) -> None:
    if not refusals(protocol, replace(case, agreed=False), TODAY):
        assert protocol.rule is not None and not protocol.abroad
        assert protocol.purpose is not Purpose.FAMILY or protocol.is_child_protection


@given(PROTOCOLS, CASES)
def test_child_protection_of_this_country_gets_every_child(protocol: SharingProtocol, case: Standing) -> None:
    here = replace(protocol, recipient="child_protection", abroad="", rule=Rule.CHILD)
    child = replace(case, child=True)
    assert refusals(here, child, TODAY) == ()
    allowed = allowed_fields(here, child, TODAY)
    assert allowed >= frozenset(FIELDS) & LEAST_FOR_A_CHILD
    if here.has_expired(TODAY):
        assert allowed <= LEAST_FOR_A_CHILD


@given(PROTOCOLS, CASES)
def test_after_the_last_day_nothing_goes_but_a_child_to_child_protection(
    protocol: SharingProtocol, case: Standing
) -> None:
    if protocol.has_expired(TODAY) and not refusals(protocol, case, TODAY):
        assert protocol.is_child_protection and case.child
        assert not protocol.abroad


@given(PROTOCOLS, CASES)
def test_no_field_goes_that_the_protocol_does_not_name(protocol: SharingProtocol, case: Standing) -> None:
    assert allowed_fields(protocol, case, TODAY) <= frozenset(protocol.fields)
