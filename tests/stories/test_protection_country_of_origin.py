"""Protection rule 12: country of origin. Somebody tries to let something reach a State that a person fled."""

from fieldkit.domain.locks import What
from fieldkit.domain.sharing import OriginKind
from fieldkit.services import consulates, correcting, intake, measures, origins, sharing
from fieldkit.services.contacts import Contact
from fieldkit.services.sharing import Said
from fieldkit.services.vault import OpenVault
from tests.stories.desks import Desks
from tests.stories.letters import ABROAD, a_body, a_child_alone, agreed, looked, nothing_to_fear_from
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, screened

NATIONALITY = "/data/person/nationality"
AGREES = Said(told=True, child_protection_agreed=True)


def somebody_at_risk(post: OpenVault, *, nationality: str = "ER") -> str:
    """A child alone, who agreed to be helped by the invented care house in Uganda."""
    case = a_child_alone(post) if nationality == "ER" else _child_of(post, nationality)
    agreed(post, case, ABROAD)
    return case


def _child_of(post: OpenVault, nationality: str) -> str:
    told = {**AN_ADULT, "age_years": "12", "nationality": nationality}
    alone = {**NO_URGENT_NEED, "urgent_child_alone": "yes"}
    return screened(post, alone, IN_PRIVATE, AGREED, told).case


def blocked(post: OpenVault, to: Contact, case: str) -> bool:
    return "share.country_of_origin" in looked(post, to, case, said=AGREES).cases[0].refused


def test_while_the_origin_is_not_known_whole_nothing_goes_abroad(desks: Desks) -> None:
    post = desks.training
    to, case = a_body(post, ABROAD).contact, somebody_at_risk(post)
    for kind in OriginKind:
        assert blocked(post, to, case)
        sharing.record_origin(post, case, kind, ["ER"], whole=True)
    assert not blocked(post, to, case)
    assert sharing.share(post, looked(post, to, case, said=AGREES), AGREES, desks.stick).cases == (case,)


def test_each_of_the_four_ways_to_belong_to_a_country_blocks_it(desks: Desks) -> None:
    post = desks.training
    to = a_body(post, ABROAD).contact
    for kind in OriginKind:
        case = somebody_at_risk(post)
        nothing_to_fear_from(post, case, **{kind.value: ["KE", "UG"]})
        assert blocked(post, to, case), kind


def test_what_was_told_in_the_interview_blocks_as_well(desks: Desks) -> None:
    post = desks.training
    to, case = a_body(post, ABROAD).contact, somebody_at_risk(post, nationality="UG")
    nothing_to_fear_from(post, case)
    assert blocked(post, to, case)


def test_a_country_that_is_not_in_the_list_leaves_it_unknown(desks: Desks) -> None:
    post = desks.training
    to, case = a_body(post, ABROAD).contact, somebody_at_risk(post, nationality="other")
    nothing_to_fear_from(post, case)
    assert blocked(post, to, case)


def test_a_country_that_was_named_once_is_not_taken_back(desks: Desks) -> None:
    post = desks.training
    to, case = a_body(post, ABROAD).contact, somebody_at_risk(post)
    nothing_to_fear_from(post, case, feared=["UG"])
    nothing_to_fear_from(post, case)
    assert blocked(post, to, case)


def test_somebody_who_says_not_all_were_named_closes_it_again(desks: Desks) -> None:
    post = desks.training
    to, case = a_body(post, ABROAD).contact, somebody_at_risk(post)
    nothing_to_fear_from(post, case)
    assert not blocked(post, to, case)
    sharing.record_origin(post, case, OriginKind.PARENTS, [], whole=False)
    assert blocked(post, to, case)


def test_a_country_that_was_told_stays_blocked_when_a_correction_names_another(desks: Desks) -> None:
    """K-03: it was told in the talk alone, so that what was asked for sharing names nothing."""
    post = desks.training
    done = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, {**AN_ADULT, "nationality": "UG"})
    nothing_to_fear_from(post, done.case)
    interview = correcting.correct(post, done.about, done.instance_id)
    interview.answer(NATIONALITY, "KE")
    interview.give_reason(NATIONALITY, "written down wrongly")
    intake.finish(post, interview)
    assert origins.origins(post, done.case).countries == {"KE", "UG"}
    consulates.record_answer(post, done.case, "UG", agreed=True)
    (country,) = (one for one in measures.shut(post, done.case, What.CONSULATE, "UG"))
    assert "country" in country.missing


def test_no_agreement_opens_the_block(desks: Desks) -> None:
    """The block is no question of agreement: a yes to the recipient was given, and nothing goes all the same."""
    post = desks.training
    to, case = a_body(post, ABROAD).contact, somebody_at_risk(post)
    nothing_to_fear_from(post, case, nationality=["UG"])
    assert post.queries.agreed(f"protocol/{ABROAD}") == {case}
    assert blocked(post, to, case)
