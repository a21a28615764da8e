"""Every field that two people can set can be told, and settled by somebody: none is left to a newer version."""

from typing import Any

import pytest

from fieldkit.domain.entries import subject
from fieldkit.languages.catalogues import load
from fieldkit.services import conflicts, differences
from fieldkit.services.differences import Kind
from fieldkit.services.vault import OpenVault
from fieldkit.ui.presenters.conflicts import Differences

CASE = "c1" * 16

Pair = tuple[str, str, dict[str, Any], dict[str, Any], Kind]
PAIRS: list[Pair] = [
    (
        "service/" + "5e" * 16,
        "service.recorded",
        {"fields": {"phone": "1"}},
        {"fields": {"phone": "2"}},
        Kind.SERVICE,
    ),
    (
        "setting/paper",
        "setting.changed",
        {"fields": {"paper": "A4"}},
        {"fields": {"paper": "A5"}},
        Kind.SETTING,
    ),
    (
        "person/" + "0a" * 16,
        "person.changed",
        {"label": "A. (invented)", "roles": ["officer"]},
        {"label": "A. (invented)", "roles": ["officer", "counsellor"]},
        Kind.PERSON,
    ),
    (
        f"case/{CASE}",
        "agreement.recorded",
        {"recipient": "protocol/clinic", "agreed": True},
        {"recipient": "protocol/clinic", "agreed": False},
        Kind.AGREEMENT,
    ),
    (f"case/{CASE}", "case.closed", {"because": "helped", "reason": "gone"}, {}, Kind.STATE),
    (
        f"case/{CASE}",
        "referral.changed",
        {"referral": "ef" * 16, "fields": {"safe_to_carry": True}, "reason": "x"},
        {"referral": "ef" * 16, "fields": {"safe_to_carry": False}, "reason": "y"},
        Kind.REFERRAL,
    ),
    (
        f"case/{CASE}",
        "origin.recorded",
        {"fields": {"origin/feared": {"countries": ["ER"], "whole": True}}},
        {"fields": {"origin/feared": {"countries": [], "whole": False}}},
        Kind.ORIGIN,
    ),
    (
        "contact/" + "0c" * 16,
        "contact.kept",
        {"fields": {"name": "Clinic (invented)", "stopped": False}},
        {"fields": {"name": "Clinic (invented)", "stopped": True}},
        Kind.CONTACT,
    ),
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[4].value)
def test_it_is_told_and_settled(
    post: OpenVault, pair: tuple[str, str, dict[str, Any], dict[str, Any], Kind]
) -> None:
    about, kind, first, second, expected = pair
    post.journal.append(
        actor=post.person.id,
        subject=subject("case", CASE),
        kind="case.opened",
        payload={"number": "7KQ2-M0XD"},
    )
    other = ("case.reopened", {"reason": "back"}) if not second else (kind, second)
    for name, payload in ((kind, first), other):
        post.journal.append(actor=post.person.id, subject=about, kind=name, payload=payload)
    page = Differences(post, load("en", "interface"))
    (shown,) = page.shown
    assert shown.one.kind is expected
    assert len({value.lines for value in shown.values}) == 2, "the two are told differently"
    chosen = shown.values[1]
    page.settle(shown, chosen.entry, "asked")
    assert differences.differences(post) == ()
    *_, (decision, _) = post.journal.entries(post.stream)
    assert set(decision.replaces) == {value.entry for value in shown.values}


def test_what_a_newer_version_wrote_is_left_to_it(post: OpenVault) -> None:
    for value in (1, 2):
        post.journal.append(
            actor=post.person.id,
            subject="novelty/1",
            kind="setting.changed",
            payload={"fields": {"x": value}},
        )
    (found,) = differences.differences(post)
    assert found.kind is Kind.OTHER and not differences.may_settle(post, found)
    with pytest.raises(Exception, match=r"conflict\.newer_version"):
        conflicts.settle(post, found, found.values[0].entry, "asked")
