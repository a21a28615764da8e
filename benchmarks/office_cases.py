"""A headquarters that holds a hundred thousand cases of twelve posts, as their bundles would have left it.

Posts are enrolled for real; what they sent is written into their streams with the projections that every vault
keeps: a first screening of everybody with its sections and answers, suggestions, referrals and what became of
them, help, needs, and sheets about places. A part of it was declined, not known or not asked. Invented, all of it.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from benchmarks import many_cases
from benchmarks.many_cases import SEED
from fieldkit.domain.ids import new_id, spoken_number
from fieldkit.domain.ports import JsonObject
from fieldkit.services import forms_held
from fieldkit.services.sections import sections_of
from fieldkit.services.vault import OpenVault
from fieldkit.storage.journal import Change, Journal
from tests.stories import offices
from tests.worlds import MORNING, CountedRandomness, HandClock

POSTS, DAYS, FIRST = 12, 730, 2000
ANSWERS = {
    "sex": ("female", "male", "female", "male", "male", "another"),
    "age_group": ("adult", "adult", "adult", "under_18", "perhaps_child", "older"),
    "age_years": ("7", "16", "24", "34", "34", "61"),
    "nationality": ("ER", "SO", "SO", "ET", "SD", "YE", "AF"),
    "origin_country": ("KE", "ER", "SO", "ET", "SD"),
    "languages_spoken": ("ti", "so", "so", "am", "ar en", "om"),
    "arrival_date": ("2025-03-01", "2025-07-19", "2026-01-30"),
    "phase": ("way", "arrived", "arrived", "back"),
    "other_continent": ("no", "no", "no", "yes", "not_sure"),
    "alone": ("no", "no", "yes"),
    "journey_means": ("road", "boat", "foot"),
    "wishes": ("stay", "go_on", "not_sure"),
    **{
        f"urgent_{name}": ("no", "no", "no", "yes")
        for name in ("medical", "water", "food", "shelter", "clothing", "labour")
    },
}
FAR = {
    "origin_continent": ("asia", "africa"),
    "transit_continents": ("africa", "africa asia"),
    "destination": ("CA", "DE", "KE", "AE"),
    "travel_group": ("alone", "family"),
    "support_needs": ("interpreter", "doctor interpreter"),
}
SUGGESTED = (("C01-1", "C01"), ("C09-1", "C09"), ("C04-1", "C04"), ("C11-1", "C11"), ("C05-1", "C05"))
STATES = ("served", "served", "not served", "acknowledged", "declined")
SERVICES = tuple(f"{number:032x}" for number in range(40))
SHEET = (
    "<data><site_kind>{kind}</site_kind><site_date>{day}</site_date><site_places>private toilets</site_places>"
    "<site_people>none</site_people><site_beds>40</site_beds><site_people_now>{people}</site_people_now>"
    "<site_gaps>medic interpreter</site_gaps></data>"
)
MOVERS = (
    "<movers><movers_from>{start}</movers_from><movers_to>{end}</movers_to><movers_women>{people}</movers_women>"
    "<movers_men>9</movers_men><movers_means>road foot</movers_means><movers_reasons>war work</movers_reasons>"
    "<movers_needs>water</movers_needs></movers>"
)
EVENT = (
    "<data><event_kind>rescue</event_kind><event_people>{people}</event_people><event_women>8</event_women>"
    "<event_onward>some</event_onward><event_onward_why>medical</event_onward_why></data>"
)


@dataclass
class _Post:
    """What one post writes with: its stream, its clock, the numbers it draws."""

    journal: Journal
    clock: HandClock
    randomness: CountedRandomness
    chance: random.Random
    marks: dict[str, str]
    sections: tuple[str, ...]


def found(place: Path, cases: int) -> OpenVault:
    """The headquarters, open; the coordinator is signed in. A round number of cases, at least `FIRST`."""
    office = offices.found(place / "office", "Regional office (invented)")
    database = office.vault.database
    first = min(cases, FIRST)
    for number in range(POSTS):
        post = _enrolled(place, office, number)
        with database.transaction():
            _two_years(post, first * (number + 1) // POSTS - first * number // POSTS)
    many_cases.multiply(database, cases // first)
    database.checkpoint()
    clock = office.vault.world.clock
    assert isinstance(clock, HandClock)
    clock.turn(days=DAYS)
    return office.vault


def _enrolled(place: Path, office: offices.Office, number: int) -> _Post:
    vault = offices.open_post(place / f"post{number}", f"Post {number} (invented)")
    offices.enrol(vault, office)
    form = forms_held.hold(vault, "screening").form
    names = tuple(section.name for section in sections_of(form) if section.name)
    paths = {path[-1]: "/" + "/".join(path) for path in form.shapes if len(path) > 2}
    clock, randomness = HandClock(MORNING), CountedRandomness(f"post {number}")
    journal = Journal(office.vault.database, vault.stream, clock, randomness)
    vault.close()
    return _Post(journal, clock, randomness, random.Random(SEED + number), paths, names)


def _two_years(post: _Post, cases: int) -> None:
    """So many cases of a post, spread over its days, and a sheet of each kind now and then."""
    for number in range(cases):
        post.clock.time = MORNING + timedelta(days=number * DAYS // cases)
        changes = list(_case(post, new_id(post.randomness)))
        if number % 80 == 0:
            changes += _sheets(post)
        post.journal.append_many("bench", changes)


def _case(post: _Post, case: str) -> Iterator[Change]:
    about, chance = f"case/{case}", post.chance
    at = post.clock.time.isoformat(timespec="seconds")
    yield Change(
        about,
        "case.opened",
        {"number": spoken_number(case), "form": "screening", "arrived": at, "language": "ti"},
    )
    yield Change(about, "submission.finished", _talk(post, "screening", ANSWERS))
    if chance.random() < 0.06:
        yield Change(about, "submission.finished", _talk(post, "extra_continental", FAR))
    for rule, category in SUGGESTED:
        if chance.random() < 0.2:
            yield from _pathway(post, about, rule, category)
    if chance.random() < 0.2:
        help_given = {
            "what": chance.choice(("food", "water", "clothing")),
            "state": "received",
            "service": "",
        }
        yield Change(about, "assistance.recorded", {**help_given, "day": at[:10]})
    if chance.random() < 0.15:
        settled: JsonObject = {"need": "urgent_water", "done": chance.random() < 0.8, "told": []}
        yield Change(about, "need.settled", settled)


def _pathway(post: _Post, about: str, rule: str, category: str) -> Iterator[Change]:
    chance, referral = post.chance, new_id(post.randomness)
    suggested: JsonObject = {
        "category": category,
        "rule": rule,
        "verdict": "yes",
        "because": "said_so",
        "answers": [],
        "rules_version": "1",
    }
    yield Change(about, "outcome.suggested", suggested)
    if chance.random() < 0.5:
        return
    confirmed: JsonObject = {"category": category, "rule": None, "reason": "", "rules_version": "1"}
    yield Change(about, "outcome.confirmed", confirmed)
    made: JsonObject = {
        "referral": referral,
        "category": category,
        "service": chance.choice(SERVICES),
        "needs": [],
        "declined": chance.random() < 0.1,
        "fields": [],
        "safe_to_carry": True,
    }
    yield Change(about, "referral.made", made)
    if chance.random() < 0.6:
        said: JsonObject = {"referral": referral, "state": chance.choice(STATES), "text": ""}
        yield Change(about, "referral.followed", said)


def _talk(post: _Post, form: str, answers: dict[str, tuple[str, ...]]) -> JsonObject:
    chance = post.chance
    marks = {
        ref: chance.choice(("answered", "answered", "answered", "not asked")) for ref in post.marks.values()
    }
    facts: dict[str, list[str]] = {}
    for name, values in answers.items():
        end = chance.random()
        if end < 0.85:
            facts[name] = [chance.choice(values)]
        elif name in post.marks:
            marks[post.marks[name]] = "declined" if end < 0.9 else "unknown" if end < 0.93 else "not asked"
    section: JsonObject = {
        "in_private": True,
        "interpreted": "interpreter",
        "kind": "core",
        "reviewed_text": True,
    }
    return {
        "form": form,
        "version": "3",
        "xml": "",
        "instance_id": f"uuid:{new_id(post.randomness)}",
        "facts": facts,
        "marks": marks,
        "sections": [
            {
                **section,
                "name": name,
                "asked": chance.random() < 0.95,
                "declined": int(chance.random() < 0.03),
                "not_asked": int(chance.random() < 0.05),
            }
            for name in post.sections
        ],
        "interpreted": chance.choice(("interpreter", "nobody", "companion", "")),
        "languages": {"officer": "en", "person": chance.choice(("ti", "so", "am", "ar"))},
        "survey": False,
        "travel": [],
    }


def _sheets(post: _Post) -> Iterator[Change]:
    """A sheet of a place, one of people on the move, one of a group that came."""
    chance, day = post.chance, post.clock.time.date().isoformat()
    kind = chance.choice(("centre", "coast"))
    yield _sheet(post, "site_checklist", SHEET.format(kind=kind, day=day, people=chance.randrange(80)))
    rows = "".join(
        MOVERS.format(
            start=chance.choice(("ER", "SO", "ET")),
            end=chance.choice(("KE", "YE")),
            people=chance.randrange(9),
        )
        for _ in range(4)
    )
    yield _sheet(post, "movement", f"<data><movement_way>in</movement_way>{rows}</data>")
    yield _sheet(post, "group_event", EVENT.format(people=10 + chance.randrange(60)))


def _sheet(post: _Post, form: str, xml: str) -> Change:
    name = new_id(post.randomness)
    return Change(
        f"submission/{name}",
        "submission.finished",
        {
            "form": form,
            "version": "1",
            "xml": xml,
            "instance_id": f"uuid:{name}",
            "facts": {},
            "marks": {},
            "sections": [],
            "interpreted": "",
            "languages": {"officer": "en", "person": "en"},
            "survey": True,
            "travel": [],
        },
    )
