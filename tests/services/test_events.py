"""What happened in a case is told whole: a kind without a sentence is told as that."""

from fieldkit.services import events
from fieldkit.services.travel import ABOUT_A_PERSON
from fieldkit.services.vault import OpenVault
from fieldkit.storage.journal import Change


def test_every_kind_about_a_person_has_a_sentence() -> None:
    """A new kind of entry about a case complains here."""
    assert set(events.SENTENCES) >= ABOUT_A_PERSON


def test_nothing_is_left_out(post: OpenVault) -> None:
    case = "c1" * 16
    changes = [
        Change(f"case/{case}", "case.opened", {"number": "7KQ2-M0XD"}),
        Change(
            f"case/{case}",
            "outcome.not_confirmed",
            {"category": "C05", "rule": None, "reason": "said otherwise"},
        ),
        Change(f"case/{case}", "something.newer", {"of": "another version"}),
    ]
    post.journal.append_many(post.person.id, changes)
    told = events.events(post, case, "en")
    assert [one.kind for one in told] == [change.kind for change in changes]
    assert {one.who for one in told} == {"Officer One"}
    assert told[1].why == "said otherwise"
    assert told[2].told == events.NOT_KNOWN
