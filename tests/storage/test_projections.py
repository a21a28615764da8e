"""Laws of the projections: rebuilt they are the same, in any order they are the same, no conflict is lost."""

import json
import re
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.domain.conflicts import pairs
from fieldkit.storage import projections
from fieldkit.storage.journal import Change, identity
from fieldkit.storage.kinds import READERS, TABLES
from fieldkit.storage.migrations import PROJECTIONS
from fieldkit.storage.projections import (
    conflict_count,
    conflicts,
    rebuild,
    standing,
    subjects_with_values,
)
from fieldkit.storage.shapes import spelling
from tests.storage.desks import CASE, OFFICER, Desk, desks, projected
from tests.storage.payloads import PAYLOADS, SUBMISSION

SERVICES = ["service/" + "5a" * 16, "service/" + "5b" * 16]


def record(
    desk: Desk, fields: dict[str, Any], replaces: tuple[str, ...] = (), about: str = SERVICES[0]
) -> str:
    entry = desk.journal.append(
        actor=OFFICER, subject=about, kind="service.recorded", payload={"fields": fields}, replaces=replaces
    )
    return identity(entry)


# --- tables ---------------------------------------------------------------------------------------------


def test_every_kind_has_a_sound_example_and_writes_rows(desk: Desk) -> None:
    assert set(PAYLOADS) == set(READERS)
    for kind, payload in PAYLOADS.items():
        before = sum(map(len, projected(desk.database).values()))
        desk.journal.append(actor=OFFICER, subject=CASE, kind=kind, payload=payload)
        assert sum(map(len, projected(desk.database).values())) > before, kind


def test_every_projection_is_dropped_and_rebuilt() -> None:
    """A table that somebody adds to a migration and forgets here would go stale in silence."""
    made = {name for statement in PROJECTIONS for name in re.findall(r"CREATE TABLE (\w+)", statement)}
    assert made == {*TABLES, "unread", "replacements"}


def test_the_columns_are_those_of_the_schema(desk: Desk) -> None:
    for table, columns in TABLES.items():
        held = [row[1] for row in desk.database.rows(f"PRAGMA table_info({table})")]
        assert held == ["entry", *columns], table


def test_a_submission_is_projected_with_facts_and_sections(desk: Desk) -> None:
    entry = desk.journal.append(actor=OFFICER, subject=CASE, kind="submission.finished", payload=SUBMISSION)
    rows = desk.database.rows
    assert rows("SELECT case_id, form, survey, person_language, day FROM submissions") == [
        ("c1" * 16, "screening", 0, "ti", "2026-03-02")
    ]
    assert rows("SELECT name, place, value FROM facts ORDER BY name, place") == [
        ("age_band", 0, "adult"),
        ("needs", 0, "water"),
        ("needs", 1, "rest"),
    ]
    assert rows("SELECT name, asked, declined, not_asked FROM sections ORDER BY place") == [
        ("core", 1, 0, 2),
        ("sensitive", 0, 0, 1),
    ]
    assert entry.number == 1


def test_screening_again_replaces_nothing(desk: Desk) -> None:
    """Journal rule 6: a later "no" does not withdraw an earlier disclosure."""
    for value in ("yes", "no"):
        desk.journal.append(
            actor=OFFICER,
            subject=CASE,
            kind="submission.finished",
            payload={**SUBMISSION, "facts": {"fear": [value]}},
        )
    assert desk.database.rows("SELECT value FROM facts WHERE name = 'fear' ORDER BY entry") == [
        ("yes",),
        ("no",),
    ]


def test_a_survey_has_no_case(desk: Desk) -> None:
    desk.journal.append(
        actor=OFFICER,
        subject="submission/" + "5c" * 16,
        kind="submission.finished",
        payload={**SUBMISSION, "survey": True},
    )
    assert desk.database.one("SELECT case_id, survey FROM submissions") == ("", 1)


def test_what_is_about_a_referral_names_its_case(desk: Desk) -> None:
    payload = {**PAYLOADS["referral.made"], "case": "c1" * 16}
    desk.journal.append(actor=OFFICER, subject="referral/" + "9f" * 16, kind="referral.made", payload=payload)
    assert desk.database.one("SELECT referral, case_id FROM referrals") == ("9f" * 16, "c1" * 16)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT day, category, state, COUNT(DISTINCT case_id) FROM outcomes GROUP BY day, category, state",
        "SELECT name, SUM(asked), SUM(declined), SUM(not_asked) FROM sections GROUP BY name",
        "SELECT day, case_id, number FROM cases ORDER BY day",
        "SELECT day, leaflet, language, COUNT(*) FROM information GROUP BY day, leaflet, language",
        "SELECT name, value, COUNT(*) FROM facts GROUP BY name, value",
        "SELECT category, state FROM outcomes WHERE case_id = 'x'",
    ],
)
def test_counts_and_lists_stand_on_a_covering_index(desk: Desk, query: str) -> None:
    plan = " ".join(row[3] for row in desk.database.rows("EXPLAIN QUERY PLAN " + query))
    assert "COVERING INDEX" in plan
    assert "TEMP B-TREE FOR GROUP BY" not in plan


def test_rebuilding_goes_on_across_batches(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projections, "BATCH", 2)
    for n in range(7):
        desk.journal.append(actor=OFFICER, subject=CASE, kind="case.opened", payload={"number": str(n)})
    before = projected(desk.database)
    assert rebuild(desk.database) == 7
    assert projected(desk.database) == before


# --- standing values and conflicts ------------------------------------------------------------------------


def test_a_value_that_was_on_screen_is_replaced(desk: Desk) -> None:
    first = record(desk, {"name": "Legal aid", "phone": "1"})
    second = record(desk, {"name": "Legal help"}, (first,))
    held = {(value.field, value.value): value.entry for value in standing(desk.database, SERVICES[0])}
    assert held == {("name", "Legal help"): second, ("phone", "1"): first}
    assert conflicts(desk.database) == ()


def test_values_that_nobody_replaced_are_one_conflict_until_somebody_settles_it(desk: Desk) -> None:
    first = record(desk, {"phone": "1"})
    second = record(desk, {"phone": "2"}, (first,))
    third = record(desk, {"phone": "3"}, (first,))
    (found,) = conflicts(desk.database)
    assert (found.subject, found.field) == (SERVICES[0], "phone")
    assert [(value.value, value.entry) for value in found.values] == [("2", second), ("3", third)]
    record(desk, {"phone": "3"}, (second, third))
    assert conflicts(desk.database) == ()


def test_two_people_who_write_the_same_do_not_disagree(desk: Desk) -> None:
    record(desk, {"languages": ["ti", "ar"], "open": True})
    record(desk, {"languages": ["ti", "ar"], "open": True})
    assert conflicts(desk.database) == ()
    assert len(standing(desk.database, SERVICES[0], "open")) == 2


def test_true_and_one_are_different_values(desk: Desk) -> None:
    record(desk, {"open": True})
    record(desk, {"open": 1})
    assert len(conflicts(desk.database)) == 1


def test_clearing_is_a_value(desk: Desk) -> None:
    first = record(desk, {"phone": "1"})
    record(desk, {"phone": None}, (first,))
    assert [value.value for value in standing(desk.database, SERVICES[0])] == [None]


def test_an_entry_about_something_else_replaces_nothing_here(desk: Desk) -> None:
    first = record(desk, {"phone": "1"})
    record(desk, {"phone": "2"}, (first,), SERVICES[1])
    assert [value.value for value in standing(desk.database, SERVICES[0])] == ["1"]


def test_while_the_newer_payload_is_withheld_the_older_value_stands(desk: Desk) -> None:
    """What the other entry set is not known, so nothing that is known may be dropped."""
    first = record(desk, {"phone": "1"})
    record(desk, {"phone": "2"}, (first,))
    (one, payload), (two, hidden) = desk.carried()
    with desks("hq") as (hq,):
        hq.take(desk.journal.stream, [(one, payload), (two, None)])
        assert [value.value for value in standing(hq.database, SERVICES[0])] == ["1"]
        hq.take(desk.journal.stream, [(one, payload), (two, hidden)])
        assert [value.value for value in standing(hq.database, SERVICES[0])] == ["2"]


def test_subjects_are_listed_by_kind(desk: Desk) -> None:
    for about in (*SERVICES, "setting/paper", "services/none"):
        record(desk, {"x": 1}, about=about)
    assert subjects_with_values(desk.database, "service") == tuple(SERVICES)
    assert subjects_with_values(desk.database, "setting") == ("setting/paper",)


# --- laws: five devices, two people each -------------------------------------------------------------------

PEOPLE = 2
EDITS = st.lists(
    st.tuples(
        st.integers(0, 4),  # device
        st.integers(0, PEOPLE - 1),  # who of its people
        st.sampled_from(SERVICES),
        st.dictionaries(st.sampled_from("abc"), st.sampled_from(["x", "y", None, True, 1]), min_size=1),
        st.booleans(),  # looks again before editing
    ),
    max_size=14,
)
Seen = dict[tuple[int, int, str], tuple[str, ...]]


def history(devices: list[Desk], edits: list[Any]) -> list[tuple[str, str, dict[str, Any], tuple[str, ...]]]:
    """Let each device's people edit; each edit replaces what that person last saw. The entries, for the model."""
    seen: Seen = {}
    written = []
    for device, person, about, fields, looks in edits:
        desk = devices[device]
        if looks:
            shown = {value.entry for value in standing(desk.database, about)}
            seen[device, person, about] = tuple(sorted(shown))
        replaces = seen.get((device, person, about), ())
        digest = record(desk, fields, replaces, about)
        written.append((digest, about, fields, replaces))
    return written


def expected_conflicts(written: list[Any]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Rule 5 said again, slowly: what nobody replaced, per field."""
    found = []
    for about in SERVICES:
        for field in "abc":
            stands = [
                (spelling(fields[field]), digest)
                for digest, where, fields, _ in written
                if where == about
                and field in fields
                and not any(
                    digest in newer and field in others and place == about
                    for _, place, others, newer in written
                )
            ]
            if len({value for value, _ in stands}) > 1:
                found.append((about, field, sorted(stands)))
    return found


def expected_pairs(written: list[Any]) -> list[tuple[str, ...]]:
    """Every two different values that stand in one field, once."""
    return sorted(
        (about, field, *pair)
        for about, field, stands in expected_conflicts(written)
        for pair in combinations(sorted({value for value, _ in stands}), 2)
    )


def shown_pairs(desk: Desk) -> list[tuple[str, ...]]:
    return sorted(
        (found.subject, found.field, *sorted(map(spelling, pair)))
        for found in conflicts(desk.database)
        for pair in pairs([value.value for value in found.values])
    )


def shown_conflicts(desk: Desk) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        (found.subject, found.field, sorted((spelling(value.value), value.entry) for value in found.values))
        for found in conflicts(desk.database)
    ]


@settings(max_examples=60)
@given(EDITS, st.randoms(use_true_random=False))
def test_any_order_and_repetition_of_streams_gives_the_same_and_every_conflict_once(
    edits: list[Any], chance: Any
) -> None:
    with desks("d0", "d1", "d2", "d3", "d4", "hq one", "hq two") as (*devices, one, two):
        written = history(devices, edits)
        for store in (one, two):
            deliveries = [device for device in devices for _ in range(chance.randint(1, 2))]
            chance.shuffle(deliveries)
            for device in deliveries:
                items = device.carried()
                half = chance.randint(0, len(items))
                store.take(device.journal.stream, items[:half])
            for device in chance.sample(devices, len(devices)):
                store.take(device.journal.stream, device.carried())
        assert projected(one.database) == projected(two.database)
        assert shown_conflicts(one) == shown_conflicts(two) == expected_conflicts(written)
        assert shown_pairs(one) == expected_pairs(written)
        assert conflict_count(one.database) == len(shown_conflicts(one))
        rebuilt = projected(one.database)
        rebuild(one.database)
        assert projected(one.database) == rebuilt


@settings(max_examples=15)
@given(EDITS, st.randoms(use_true_random=False))
def test_a_decision_travels_and_settles_everywhere_whatever_comes_first(
    edits: list[Any], chance: Any
) -> None:
    """Headquarters decides what two posts did not agree on; the posts get its decision, their own and each other's
    entries in any order, and nothing is left open at any of them."""
    with desks("d0", "d1", "hq", "d0 later", "d1 later") as (*devices, hq, one, two):
        edits = [(device % 2, *rest) for device, *rest in edits]
        history(devices, edits)
        for device in devices:
            hq.take(device.journal.stream, device.carried())
        for found in conflicts(hq.database):
            chosen = chance.choice(found.values)
            record(
                hq, {found.field: chosen.value}, tuple(value.entry for value in found.values), found.subject
            )
        assert conflicts(hq.database) == ()
        for post in (one, two):
            for source in chance.sample([*devices, hq], 3):
                post.take(source.journal.stream, source.carried())
            assert conflicts(post.database) == ()
            assert projected(post.database) == projected(hq.database)


@settings(max_examples=15)
@given(EDITS, st.randoms(use_true_random=False))
def test_what_is_erased_is_in_no_dispute_any_more(edits: list[Any], chance: Any) -> None:
    with desks("d0", "d1", "d2", "d3", "d4", "hq") as (*devices, hq):
        written = history(devices, edits)
        for device in devices:
            hq.take(device.journal.stream, device.carried())
        gone = {digest for digest, *_ in written if chance.random() < 0.4}
        for digest in sorted(gone):
            entry = hq.journal.find(digest)
            assert entry is not None
            hq.journal.erase([entry.payload])
        left = [one for one in written if one[0] not in gone]
        assert shown_conflicts(hq) == expected_conflicts(left)
        grown = projected(hq.database)
        rebuild(hq.database)
        assert projected(hq.database) == grown


@given(
    st.lists(st.tuples(st.sampled_from(sorted(PAYLOADS)), st.sampled_from([CASE, *SERVICES])), max_size=10)
)
def test_rebuilding_all_or_one_subject_changes_nothing(changes: list[tuple[str, str]]) -> None:
    with desks("one") as (desk,):
        desk.journal.append_many(OFFICER, [Change(about, kind, PAYLOADS[kind]) for kind, about in changes])
        before = projected(desk.database)
        for about in (CASE, *SERVICES, "case/unknown"):
            rebuild(desk.database, about)
            assert projected(desk.database) == before
        assert rebuild(desk.database) == len(changes)
        assert projected(desk.database) == before


WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)


@given(st.recursive(st.none() | st.booleans() | WHOLE | st.text(max_size=5), st.lists))
def test_a_value_has_one_spelling_that_reads_back(value: Any) -> None:
    assert json.loads(spelling(value)) == value
    assert spelling(json.loads(spelling(value))) == spelling(value)
