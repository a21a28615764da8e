"""Protection rule 7: a surge. Many come at once, one officer writes rows; somebody tries to take them for screened,
to lose an emergency with its row, to learn from afar who belongs to whom."""

from dataclasses import replace

from fieldkit.domain.entries import Entry, subject
from fieldkit.domain.ports import JsonObject
from fieldkit.domain.waiting import Flag, Step
from fieldkit.services import households, intake, waiting
from fieldkit.services.households import How, Row
from fieldkit.services.recipients import HEADQUARTERS
from fieldkit.services.travel import Leave
from fieldkit.services.vault import OpenVault
from fieldkit.storage import queries_desk
from fieldkit.storage.journal import Change
from tests.stories.desks import Desks
from tests.stories.people import NO_URGENT_NEED, answer_all


def a_boat(vault: OpenVault) -> str:
    """Three households of a boat; one of them three children without an adult."""
    group = households.begin_group(vault, How.BOAT, 14)
    for row in (Row(6, 3, 0, ("so",)), Row(5, 2, 0, ("am",)), Row(3, 3, 3, ("so",))):
        households.record(vault, row, group)
    return group


def test_everybody_of_a_surge_stays_not_screened_yet(desks: Desks) -> None:
    post = desks.training
    group = households.group_of(post, a_boat(post))
    arrived = waiting.arrive(post, "so", officer_language="en")
    answer_all(arrived, NO_URGENT_NEED, {"people_together": "6", "information_how": "group"})
    intake.finish(post, arrived)
    case = households.promote(post, group.households[0])
    abouts = [subject("household", one) for one in group.households] + [subject("case", case)]
    done = [step for about in abouts for step, _ in queries_desk.steps(post.database, about)]
    assert set(done) == {Step.ARRIVED}
    assert not any(one.screened for one in waiting.queue(post))


def test_an_emergency_in_a_row_stands_before_everybody_who_came_earlier(desks: Desks) -> None:
    post = desks.training
    a_boat(post)
    households.record(post, Row(2, 0, 0, ("so",), (Flag.LABOUR.value,)))
    first, second = waiting.queue(post, limit=2)
    assert {first.flags, second.flags} == {(Flag.LABOUR,), (Flag.CHILD_ALONE,)}


def test_three_children_alone_are_three_emergencies(desks: Desks) -> None:
    post = desks.training
    household = households.group_of(post, a_boat(post)).households[2]
    for entered in (1, 2, 3):
        assert Flag.CHILD_ALONE in households.household_of(post, household).row.flags
        case = households.promote(post, household, flag=Flag.CHILD_ALONE.value)
        row = waiting.find(post, subject("case", case))
        assert row is not None and row.urgent, entered
    assert waiting.find(post, subject("household", household)) is None, "everybody has a row of their own"


def test_an_emergency_that_nobody_took_up_is_not_lost_with_its_row(desks: Desks) -> None:
    post = desks.training
    household = households.record(post, Row(2, 0, 0, ("am",), (Flag.FIRST_AID.value,)))
    for _ in range(2):
        households.promote(post, household)
    row = waiting.find(post, subject("household", household))
    assert row is not None and row.urgent
    households.settle(post, household, Flag.FIRST_AID.value)
    row = waiting.find(post, subject("household", household))
    assert row is not None and not row.urgent


def test_who_belongs_to_whom_never_leaves_the_post(desks: Desks) -> None:
    post = desks.training
    household = households.group_of(post, a_boat(post)).households[0]
    case = households.promote(post, household)
    yes: JsonObject = {"recipient": HEADQUARTERS, "agreed": True}
    post.journal.append_many(post.person.id, [Change(subject("case", case), "agreement.recorded", yes)])
    leave = Leave(post)
    gone = [entry for entry in about(post, case) if leave.may_travel(entry)]
    assert {entry.kind for entry in gone} == {"case.opened", "agreement.recorded"}
    for entry in gone:
        payload = post.journal.payload(entry.payload)
        assert payload is not None and household.encode() not in payload.content
    assert not any(leave.may_travel(replace(one, kind="household.joined")) for one in gone)


def about(vault: OpenVault, case: str) -> list[Entry]:
    return [entry for entry, _ in vault.journal.about(subject("case", case))]
