"""Children who are alone: who looks after each, what is overdue, and what headquarters may know (R-099, R-085)."""

import csv
import io

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.children import Item, Late, Line, State, counts
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.shelf import Shelf
from fieldkit.files import resources
from fieldkit.services import child_register, closing, early_alert, guardians, refer, retention, training
from fieldkit.services.guardians import Designation
from fieldkit.services.vault import OpenVault
from fieldkit.storage import projections
from tests.stories import offices
from tests.stories.desks import Desks, only_as
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NOT_AGREED, Told, led, screened

CHILD: Told = {"name_told": "Sela Invented", "sex": "female", "age_years": "13"}
ALONE: Told = {"alone": "yes"}
WEN = Designation("Wen Invented", "2026-03-02", "Named by the youth court (invented)")


def registered(post: OpenVault, *told: Told, agreed: Told = NOT_AGREED) -> str:
    cared = only_as(post, Role.CHILD_PROTECTION)
    return led(cared, "child_registration", IN_PRIVATE, agreed, CHILD, ALONE, *told).case


def assessed(post: OpenVault, case: str, agreed: Told = NOT_AGREED, **told: str) -> None:
    said = {"assessment_stage": "first", "living_place": "family", **told}
    training.record(everybody(post), post.person.id, "children", post.world.today(), "Invented Institute")
    led(only_as(post, Role.CHILD_PROTECTION), "best_interest_assessment", IN_PRIVATE, agreed, said, case=case)


def line_of(vault: OpenVault, case: str) -> Line:
    return next(one for one in child_register.register(vault) if one.case == case)


def days_pass(vault: OpenVault, days: int) -> None:
    offices.clock_of(vault).turn(days=days)


def test_every_child_stands_in_the_register_with_what_is_missing(post: OpenVault) -> None:
    """Rule 1 of the register: a number, an age band, a sex, and how far each thing is."""
    case = registered(post)
    line = line_of(post, case)
    assert (line.band, line.sex, line.name) == ("12-14", "female", "")
    assert set(line.states.values()) == {State.NONE}
    assert (line.days, line.late) == (0, ())
    assert child_register.register(post, names=True)[0].name == "Sela Invented"


def test_an_adult_is_not_in_it_and_a_child_who_was_only_seen_is(post: OpenVault) -> None:
    screened(post, IN_PRIVATE, AGREED, AN_ADULT, {"alone": "yes"})
    seen = led(only_as(post, Role.OFFICER), "arrival", {"urgent_child_alone": "perhaps"}).case
    with_mother = led(
        only_as(post, Role.CHILD_PROTECTION),
        "child_registration",
        IN_PRIVATE,
        AGREED,
        {**CHILD, "alone": "no", "with_whom": "parent", "care_kind": "parents"},
    ).case
    held = {one.case for one in child_register.register(only_as(post, Role.CHILD_PROTECTION))}
    assert seen in held
    assert with_mother not in held
    assert len(held) == 1


def test_days_without_a_guardian_go_on_until_name_day_and_mandate_are_written_down(post: OpenVault) -> None:
    """R-085: that somebody says there is a guardian ends nothing."""
    case = registered(post, {"guardian_named": "yes", "guardian_name": "Somebody Invented"})
    days_pass(post, 8)
    line = line_of(post, case)
    assert (line.states[Item.GUARDIAN], line.days) == (State.SAID, 8)
    assert Late.GUARDIAN in line.late, "the limit of the content is 7 days"
    assert [one.case for one in child_register.without_guardian(post)] == [case]
    with pytest.raises(PersonFault, match=r"guardian\.incomplete"):
        guardians.name(post, case, Designation("Wen Invented", "2026-03-02", " "))
    assert line_of(post, case).days == 8

    guardian = guardians.name(post, case, WEN)
    line = line_of(post, case)
    assert (line.states[Item.GUARDIAN], line.days) == (State.DONE, None)
    assert Late.GUARDIAN not in line.late
    assert child_register.without_guardian(post) == ()

    days_pass(post, 3)
    guardians.end(post, case, guardian, "2026-03-12", "moved to another town (invented)")
    assert line_of(post, case).days == 1, "the days begin anew when the task ended"
    assert [one.told.name for one in guardians.guardians(post, case)] == ["Wen Invented"]


def test_who_may_not_look_is_sent_away(post: OpenVault) -> None:
    case = registered(post)
    for role in (Role.OFFICER, Role.SUPERVISOR, Role.HEALTH_WORKER):
        with pytest.raises(PersonFault, match=r"access\.not_allowed"):
            child_register.register(only_as(post, role))
        with pytest.raises(PersonFault, match=r"access\.not_allowed"):
            guardians.name(only_as(post, role), case, WEN)
    line = child_register.of_case(only_as(post, Role.OFFICER), case)
    assert line is not None
    assert line.days == 0, "whoever opens the case sees that nobody is named"


def test_what_is_overdue_stands_first_and_counts_say_what_nobody_told(post: OpenVault) -> None:
    first = registered(post)
    assessed(post, first, look_again="2026-03-05")
    guardians.name(only_as(post, Role.CHILD_PROTECTION), first, WEN)
    days_pass(post, 4)
    second = registered(post)
    assessed(post, second, living_place="held", look_again="2026-04-01")
    lines = child_register.register(post)
    assert [one.case for one in lines] == [first, second]
    assert lines[0].late == (Late.HAND_OVER, Late.REVIEW)
    assert lines[1].late == (Late.PLACE,), "nobody waits for a limit when a child is locked up"
    told = counts(lines)
    assert told[Item.GUARDIAN][State.DONE] == 1
    assert told[Item.GUARDIAN][State.NONE] == 1
    assert told[Item.BEST_INTEREST][State.DONE] == 2
    refer.confirm(everybody(post), first, "C06", "C06-2")
    closing.close_case(post, first, closing.Because.HELPED, "with her aunt (invented)")
    assert [(one.case, one.is_closed) for one in child_register.register(post)] == [
        (second, False),
        (first, True),
    ]


def test_the_table_that_leaves_has_no_name_no_country_no_category_and_is_written_down(
    post: OpenVault,
) -> None:
    case = registered(post, {"nationality": "ER", "origin_words": "Invented Valley", "made_to": "carry"})
    guardians.name(post, case, WEN)
    rows = list(csv.reader(io.StringIO(child_register.table(post).decode("utf-8-sig"))))
    assert tuple(rows[0]) == child_register.COLUMNS
    told = dict(zip(rows[0], rows[1], strict=True))
    assert told["guardian"] == "done 2026-03-02"
    assert told["tracing"] == "none"
    whole = " ".join(rows[1])
    for word in ("Sela", "Wen", "court", "Valley", "ER ", "C05", "C06", "carry"):
        assert word not in whole
    printed = [entry.kind for entry, _ in post.journal.about(post.journal.subjects("information")[0])]
    assert printed == ["document.printed"]


def test_headquarters_knows_what_the_child_agreed_to_and_the_rest_is_not_told(desks: Desks) -> None:
    """`protection.md` 3 and 15: without a yes nothing comes but the four things of an alert."""
    post, office = desks.enrolled, desks.office.vault
    agreed = registered(post, agreed=AGREED)
    assessed(post, agreed, AGREED, look_again="2027-01-01")
    silent = registered(post, {"sex": "male"})
    guardians.name(post, agreed, WEN)
    guardians.name(post, silent, WEN)
    everybody(post)
    early_alert.raise_alert(post, silent, "+44 1632 960101", None)
    number = child_register.of_case(post, silent)
    assert number is not None
    offices.carry(post, desks.office, desks.stick)

    with pytest.raises(PersonFault, match=r"children\.no_names"):
        child_register.register(office, names=True)
    lines = {one.number: one for one in child_register.register(office)}
    told = next(one for one in lines.values() if one.case == agreed)
    assert (told.post, told.band) == (post.name, "12-14")
    assert told.states[Item.GUARDIAN] is State.DONE
    assert told.states[Item.BEST_INTEREST] is State.DONE
    assert told.told.look_again == "2027-01-01"
    assert told.states[Item.TRACING] is State.NOT_TOLD
    assert told.states[Item.HAND_OVER] is State.NOT_TOLD

    heard = lines[number.number]
    assert (heard.case, heard.band, heard.sex, heard.days) == ("", "12-14", "male", None)
    assert set(heard.states.values()) == {State.NOT_TOLD}
    assert heard.late == ()
    held = offices.everything_held(office)
    assert b"Wen Invented" not in held, "name and mandate of a guardian stay at the post"
    assert b"youth court" not in held
    assert b"Sela" not in child_register.table(office)


def test_rebuilding_gives_the_same_register(post: OpenVault) -> None:
    case = registered(post, {"waits_with": "post"})
    early_alert.record_call(everybody(post), case, "S01", "Duty (invented)", "in the yard")
    guardians.name(post, case, WEN)
    before = child_register.register(post)
    assert before[0].states[Item.HAND_OVER] is State.SAID
    projections.rebuild(post.database)
    assert child_register.register(post) == before


def everybody(post: OpenVault) -> OpenVault:
    return only_as(post, *(set(Role) - {Role.COORDINATOR}))


def test_how_far_the_search_for_a_family_is_is_read_by_the_cleared_alone_and_stands_on_no_table(
    post: OpenVault,
) -> None:
    """`protection.md` 14: on the screen of the post, and that it was read is written down."""
    case = registered(post)
    training.record(everybody(post), post.person.id, "children", post.world.today(), "Invented Institute")
    told = {"tracing_wish": "yes", "safety_check": "no_danger", "tracing_way": "red_cross"}
    cared = only_as(post, Role.CHILD_PROTECTION)
    led(cared, "tracing", IN_PRIVATE, NOT_AGREED, told, {"tracing_state": "answer"}, case=case)
    assert line_of(post, case).states[Item.TRACING] is State.DONE
    assert child_register.tracing_state(post, case) == ("tracing_state", "answer")
    reads = [entry.actor for entry, _ in post.journal.about(f"case/{case}") if entry.kind == "sealed.read"]
    assert post.person.id in reads
    assert b"answer" not in child_register.table(post)
    led(cared, "tracing", IN_PRIVATE, NOT_AGREED, {"safety_check": "danger"}, case=case)
    assert child_register.tracing_state(post, case) == ("safety_check", "danger")
    assert child_register.tracing_state(only_as(post, Role.COORDINATOR), case) == ("", "")


def test_a_country_with_a_limit_of_its_own_counts_by_it(post: OpenVault) -> None:
    """R-085: the row of a pack, with its source and who reviewed it."""
    case = registered(post)
    days_pass(post, 4)
    assert Late.GUARDIAN not in line_of(post, case).late
    row = b"step,country,days,source,reviewed_by,reviewed_on\nguardian,SO,3,a law (invented),A. Lawyer,2026-01-01\n"
    post.__dict__["content"] = (Shelf(resources(), {"codebook/child_limits.csv": row}), None)
    assert Late.GUARDIAN not in line_of(post, case).late, "no row for this place, no limit"
    retention.choose_country(everybody(post), "SO")
    assert Late.GUARDIAN in line_of(post, case).late
