"""Laws of an interview's sections: how a section was asked, and where marks go when a row goes."""

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.domain.outcome import Interpreted, Mark
from fieldkit.files import built
from fieldkit.forms.definition import Form
from fieldkit.forms.reader import read_form
from fieldkit.services.endings import marks_without_row
from fieldkit.services.gates import SectionKind
from fieldkit.services.sections import Section, record, sections_of

PLAIN = Section("/data/a", "a", SectionKind.CORE, ())
MARKS = st.sampled_from(list(Mark))


def asked(marks: dict[str, Mark]) -> bool:
    return record(
        PLAIN, marks, in_private=True, interpreted=Interpreted.NOBODY, reviewed_text=True
    ).core.asked


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), MARKS, max_size=6))
def test_a_section_is_asked_when_nothing_in_it_was_left_out(marks: dict[str, Mark]) -> None:
    left_out = {Mark.NOT_ASKED, Mark.SKIPPED} & set(marks.values())
    assert asked(marks) == (bool(marks) and not left_out)
    found = record(PLAIN, marks, in_private=False, interpreted=Interpreted.CHILD, reviewed_text=False)
    ends = list(marks.values())
    assert found.declined == ends.count(Mark.DECLINED)
    assert found.not_asked == ends.count(Mark.NOT_ASKED) + ends.count(Mark.SKIPPED)
    assert (found.core.in_private, found.core.reviewed_text) == (False, False)


def test_a_section_without_a_question_was_not_asked() -> None:
    assert not asked({})


Rows = list[dict[str, Mark]]


def as_marks(stem: str, rows: Rows) -> dict[str, Mark]:
    """The marks of a repeat's rows, written as references."""
    return {
        f"{stem}[{place}]/{name}": mark
        for place, row in enumerate(rows, start=1)
        for name, mark in row.items()
    }


@settings(max_examples=200)
@given(
    st.lists(
        st.dictionaries(st.sampled_from(["name", "inner[2]/age", "age"]), MARKS), min_size=1, max_size=5
    ),
    st.dictionaries(
        st.sampled_from(["/data/alone", "/data/familyx[2]/age", "/other/family[1]/age"]),
        MARKS,
    ),
    st.data(),
)
def test_taking_a_row_away_is_as_if_it_had_never_been_there(
    rows: Rows, beside: dict[str, Mark], data: st.DataObject
) -> None:
    gone = data.draw(st.integers(1, len(rows)))
    stem = "/data/family"
    marks = {**beside, **as_marks(stem, rows)}
    kept = {**beside, **as_marks(stem, rows[: gone - 1] + rows[gone:])}
    assert marks_without_row(marks, f"{stem}[{gone}]") == kept


def test_rows_inside_rows_move_only_in_their_own_row() -> None:
    marks = {
        "/d/f[1]/c[1]/n": Mark.SKIPPED,
        "/d/f[1]/c[2]/n": Mark.DECLINED,
        "/d/f[2]/c[2]/n": Mark.UNKNOWN,
    }
    assert marks_without_row(marks, "/d/f[1]/c[1]") == {
        "/d/f[1]/c[1]/n": Mark.DECLINED,
        "/d/f[2]/c[2]/n": Mark.UNKNOWN,
    }


def screening() -> Form:
    return read_form((built() / "forms" / "screening.xml").read_bytes())


def test_the_screening_begins_with_urgent_needs_and_asks_in_the_order_of_the_rules() -> None:
    kinds = [section.kind for section in sections_of(screening())]
    assert kinds[:4] == [
        SectionKind.URGENT,
        SectionKind.INFORMATION,
        SectionKind.PRIVACY,
        SectionKind.AGREEMENT,
    ]
    assert SectionKind.PLAIN not in kinds
    assert kinds.count(SectionKind.SENSITIVE) == 1
    assert kinds[-1] is SectionKind.CLOSING


def test_every_question_of_the_screening_stands_in_one_section() -> None:
    form = screening()
    sections = sections_of(form)
    paths = [control.path or () for control in form.controls]
    for path in paths:
        inside = [s for s in sections if any(path[: len(c.path or ())] == c.path for c in s.controls)]
        assert len(inside) == 1, path
