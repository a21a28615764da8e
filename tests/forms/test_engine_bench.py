"""The benches measure what they say: the forms have their shapes, and what is done to them does something."""

from benchmarks import forms as bench
from benchmarks.bench_shapes import sheets, workbook
from fieldkit.forms.authoring import convert_xlsform
from fieldkit.forms.reader import read_form

SEED = 3


def _xform(name: str) -> bytes:
    return convert_xlsform(workbook(sheets(name, SEED)), f"{name}.xlsx").xform


def test_a300_has_its_questions_conditions_and_languages() -> None:
    session = bench.started(read_form(_xform("A300")))
    binds = session.form.binds.values()
    assert sum(1 for path in session.form.shapes if path[-1].startswith("q")) == 300
    assert sum(1 for bind in binds if bind.relevant is not None) == 200
    assert session.form.languages == ("en", "fr", "ar")
    for ref, answer in list(bench.asked(session)):
        session.set_value(ref, answer)
        assert session.typed(ref) == answer
    first = next(bench.asked(session))[0]
    assert len(session.set_value(first, "no").relevance) > 40
    bench.paint(session, "fr")
    assert session.language == "fr"


def test_b1000_follows_its_rows() -> None:
    session = bench.started(read_form(_xform("B1000")))
    for _ in range(3):
        row = session.add_row("/data/item")
        session.set_value(f"{row}/a", "4")
        session.set_value(f"{row}/b", "2.5")
    assert (session.value("/data/total"), session.value("/data/n")) == ("30", "4")


def test_the_same_seed_makes_the_same_sheets() -> None:
    assert sheets("C10k", SEED) == sheets("C10k", SEED)
    assert sheets("A300", SEED) != sheets("A300", SEED + 1)
    assert len(sheets("C10k", SEED)["choices"]) == 1 + 10 + 200 + 10_000


def test_every_figure_has_a_goal() -> None:
    figure = bench.Figure((3.0, 1.0, 2.0), 13.0)
    assert figure.as_json() == {"median_ms": 2.0, "p95_ms": 3.0}
    assert list(bench.GOALS) == [
        *("a300_load", "a300_answer", "a300_fanout", "a300_language"),
        *("b1000_add_rows", "b1000_set_value", "c10k_load", "c10k_filter"),
    ]
