"""What the pages read at once says the same as reading every payload, one after the other."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldkit.crypto.keys import DatabaseKey
from fieldkit.domain.outcome import Mark
from fieldkit.domain.ports import JsonObject
from fieldkit.headquarters.counting import Asked
from fieldkit.headquarters.office_rows import Answer, Rows
from fieldkit.storage import migrations
from fieldkit.storage.database import Database
from fieldkit.storage.journal import Change, Journal
from tests.worlds import CountedRandomness, HandClock

REFS = {"phase": {"a": "/data/way/phase", "b": "/data/phase"}, "sex": {"a": "/data/person/sex"}}
ENDS = (Mark.DECLINED, Mark.UNKNOWN, Mark.NOT_ASKED, Mark.SKIPPED)
WAYS = {Asked.ASKED: (True, 0, 0), Asked.NOT_ASKED: (False, 0, 2), Asked.DECLINED: (False, 1, 1)}


@dataclass(frozen=True)
class Told:
    """One talk: who led it, with whom, by which form, on which day; what was answered; how sections were asked;
    whether it corrects the talk before."""

    stream: str
    case: str
    form: str
    day: int
    said: dict[str, str | Mark]
    sections: dict[str, Asked]
    corrects: bool


answers = st.one_of(st.sampled_from(("way", "arrived", "way back", "female")), st.sampled_from(ENDS))
talks = st.lists(
    st.builds(
        Told,
        st.sampled_from(("5f" * 16, "5e" * 16)),
        st.sampled_from(("c1" * 16, "c2" * 16, "c3" * 16)),
        st.sampled_from(("a", "b")),
        st.integers(1, 3),
        st.fixed_dictionaries({}, optional=dict.fromkeys(REFS, answers)),
        st.fixed_dictionaries(
            {}, optional={name: st.sampled_from(list(Asked)) for name in ("way", "person")}
        ),
        st.booleans(),
    ),
    max_size=8,
)


def payload(number: int, told: Told) -> JsonObject:
    facts = {name: value.split() for name, value in told.said.items() if not isinstance(value, Mark)}
    marks = {
        REFS[name][told.form]: str(value)
        for name, value in told.said.items()
        if isinstance(value, Mark) and told.form in REFS[name]
    }
    section: JsonObject = {"in_private": True, "interpreted": "", "kind": "core", "reviewed_text": True}
    return {
        "form": told.form,
        "version": "1",
        "xml": "",
        "instance_id": f"uuid:{number}",
        "facts": facts,
        "marks": marks,
        "sections": [
            {**section, "name": name, "asked": asked, "declined": declined, "not_asked": left}
            for name, (asked, declined, left) in ((name, WAYS[way]) for name, way in told.sections.items())
        ],
        "interpreted": "",
        "languages": {"officer": "en", "person": "ti"},
        "survey": False,
        "travel": [],
        "on_paper": {"day": f"2026-03-0{told.day}", "hour": ""},
    }


class Slow:
    """The same, by going through all talks that stand in their order."""

    def __init__(self, told: Sequence[Told], replaced: frozenset[int]) -> None:
        held = [(one.day, number, one) for number, one in enumerate(told) if number not in replaced]
        self.talks = [one for _, _, one in sorted(held, key=lambda row: row[:2])]

    def answers(self, name: str) -> dict[str, Answer]:
        found: dict[str, Answer] = {}
        order = (Mark.NOT_ASKED, Mark.UNKNOWN, Mark.DECLINED)
        for talk in self.talks:
            value = talk.said.get(name, Mark.NOT_ASKED)
            before = found.get(talk.case)
            if not isinstance(value, Mark):
                found[talk.case] = Answer(tuple(value.split()), Mark.ANSWERED)
            elif talk.form in REFS[name] and (before is None or not before.values):
                mark = value if value in order else Mark.NOT_ASKED
                worse = before is None or order.index(mark) > order.index(before.mark)
                found[talk.case] = Answer((), mark) if before is None or worse else before
        return found

    def sections(self, form: str) -> Counter[tuple[str, str, Asked]]:
        return Counter(
            (name, talk.stream, way)
            for talk in self.talks
            if talk.form == form
            for name, way in talk.sections.items()
        )

    def worst(self) -> Counter[Asked]:
        order = (Asked.DECLINED, Asked.NOT_ASKED, Asked.ASKED)
        return Counter(
            min(talk.sections.values(), key=order.index, default=Asked.NOT_ASKED) for talk in self.talks
        )


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    made = Database.create(tmp_path_factory.mktemp("figures") / "v", DatabaseKey(b"k" * 32))
    migrations.run(made)
    yield made
    made.close()


def write(database: Database, told: Sequence[Told]) -> frozenset[int]:
    """Write the talks; which of them were corrected later."""
    clock, randomness = HandClock(), CountedRandomness()
    last: dict[str, tuple[int, str]] = {}
    replaced = set()
    for number, one in enumerate(told):
        journal, said = Journal(database, one.stream, clock, randomness), payload(number, one)
        before, about = last.get(one.case), f"case/{one.case}"
        if one.corrects and before is not None:
            replaced.add(before[0])
            said = {**said, "corrects": f"uuid:{before[0]}"}
        replaces = (before[1],) if one.corrects and before is not None else ()
        journal.append_many("bench", [Change(about, "submission.finished", said, replaces)])
        last[one.case] = (number, journal.head(one.stream).digest)
    return frozenset(replaced)


class _Undone(Exception):
    """Nothing of an example stays."""


@given(talks)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_quick_way_and_the_slow_way_agree(database: Database, told: list[Told]) -> None:
    with pytest.raises(_Undone), database.transaction():
        slow = Slow(told, write(database, told))
        quick = Rows(database, "", REFS)
        assert Counter(talk.case for talk in quick.talks) == Counter(one.case for one in slow.talks)
        for name in REFS:
            assert quick.answers(name) == slow.answers(name), json.dumps(name)
            assert quick.said(name) == {case: one.values for case, one in slow.answers(name).items()}
            some = list(slow.answers(name))[:1]
            assert quick.answers(name, some) == {case: slow.answers(name)[case] for case in some}
        for form in ("a", "b"):
            ways = Counter({(name, way): 0 for name, _, way in slow.sections(form)})
            for (name, _, way), count in slow.sections(form).items():
                ways[name, way] += count
            assert Counter({(name, way): n for (name, _, way), n in quick.sections(form).items()}) == ways
        worst = Counter(quick.worst.get(talk.entry, Asked.NOT_ASKED) for talk in quick.talks)
        assert worst == slow.worst()
        for names in (("way",), ("way", "person"), ()):
            every = [all(talk.sections.get(one) is Asked.ASKED for one in names) for talk in slow.talks]
            assert quick.some_asked_all(names) is (bool(names) and any(every))
        raise _Undone
