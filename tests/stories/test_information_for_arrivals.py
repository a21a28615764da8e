"""A counsellor informs people; headquarters learns how much was told, and nothing of anybody."""

from pathlib import Path

from fieldkit.domain.access import Role
from fieldkit.services import counsel, counselling, informing, local_inserts
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
from fieldkit.services.library import Index, instead
from tests.stories import offices
from tests.stories.desks import Desks, only_as, text_of
from tests.stories.offices import Office, everything_held
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, NOT_AGREED, screened

ASKED = "Can my brother in the harbour come with me (invented)?"


def test_counts_and_comments_reach_headquarters_and_words_stay(
    desks: Desks, office: Office, tmp_path: Path
) -> None:
    post = only_as(desks.enrolled, *Role)
    before = informing.told(office.vault)
    yes = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT).case
    no = screened(post, NO_URGENT_NEED, IN_PRIVATE, NOT_AGREED, AN_ADULT).case
    talk = Talk(
        (Topic.LEGAL,), "ti", Through.INTERPRETER, Understood.YES, (Given("L01", "ti"),), (ASKED,), "Tuesday"
    )
    counselling.keep_talk(post, talk)
    counselling.keep_talk(post, talk, yes)
    counselling.keep_talk(post, talk, no)
    audience = {Group.WOMEN: 7, Group.MEN: 4}
    counselling.keep_session(post, Session(Topic.RIGHTS, ("ar",), audience, (), (ASKED,)))
    counselling.keep_informed(post, {"so": 9}, (Given("L03", "ar", 9),))
    counselling.keep_comment(
        post, Comment("L01", "ti", Reader.REFUGEE, Understood.PARTLY, "Line two is hard.")
    )

    offices.carry(post, office, tmp_path)

    after = informing.told(office.vault)
    assert after.talks - before.talks == 2, (
        "one of nobody, one of who agreed; who did not agree is not counted"
    )
    assert after.audience - before.audience == 11
    assert after.informed.get("so", 0) - before.informed.get("so", 0) == 9
    assert "Line two is hard." in [said.text for said in informing.comments(office.vault, "L01")]
    held = everything_held(office.vault)
    assert b"harbour come with me" not in held and b"Tuesday" not in held
    assert informing.told(post).talks == 3, "the post itself counts all of its work"


def test_somebody_finds_a_leaflet_and_gets_it_with_the_numbers_of_this_place(desks: Desks) -> None:
    post = only_as(desks.real, *Role)
    for typed in ("tracing your family", "FAMILIA", "família", "семью"):
        assert "L25" in Index(post).found(typed.split()[-1]), typed
    paper = text_of(counsel.leaflet(post, "L32", "en"))
    assert "_____" in paper, "what nobody has entered is a line to write on"
    local_inserts.keep(post, "hotline", "+44 1632 960123", post.world.today())
    paper = text_of(counsel.leaflet(post, "L32", "en")).replace("\u00a0", " ")
    assert "+44 1632 960123" in paper


def test_without_text_in_a_language_nothing_is_printed_as_if_there_were(desks: Desks) -> None:
    offered = {one.id: one for one in counsel.leaflets("en", desks.training)}
    found = instead(offered["L03"], "wo", ("ar",))
    assert found.languages[0] == "ar" and "fr" in found.languages and found.pictures
    assert "wo" not in found.languages
    assert not instead(offered["L17"], "wo").pictures
