"""Laws of cutting answers out of a submission: no trace in the rest, and the exact bytes back."""

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.forms.cutting import cut, joined
from tests.forms.xforms import inputs, start, xform

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30)
NAMES = ("a", "b", "c", "d", "e")
LABELS = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["", "one", "two"]))


def submission(values: dict[str, str]) -> bytes:
    """`a`, `b` stand side by side, `c` in a group of its own, `d` and `e` in one."""
    instance = "<a/><b/><g><c/></g><h><d/><e/></h>"
    paths = ("/data/a", "/data/b", "/data/g/c", "/data/h/d", "/data/h/e")
    session = start(xform(instance, body=inputs(*paths)))
    for path in paths:
        session.set_value(path, values.get(path[-1], ""))
    return session.submission().content


@given(st.dictionaries(st.sampled_from(NAMES), TEXT), LABELS)
def test_what_is_cut_out_comes_back_byte_for_byte(values: dict[str, str], labels: dict[str, str]) -> None:
    content = submission(values)
    rest, found = cut(content, lambda path: labels.get(path[-1], ""))
    cuts = [one for held in found.values() for one in held]
    assert joined(rest, reversed(cuts)) == content
    assert set(found) == {label for label in labels.values() if label}
    for name, label in labels.items():
        stands = f"<{name}>" in rest.decode() or f"<{name}/>" in rest.decode()
        assert stands is (not label), "not even whether it stood there"


@given(st.dictionaries(st.sampled_from(NAMES), TEXT), LABELS)
def test_some_of_the_cuts_give_a_submission_without_the_others(
    values: dict[str, str], labels: dict[str, str]
) -> None:
    content = submission(values)
    rest, found = cut(content, lambda path: labels.get(path[-1], ""))
    without = cut(content, lambda path: "two" if labels.get(path[-1]) == "two" else "")[0]
    assert joined(rest, found.get("one", ())) == without
