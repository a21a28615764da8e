"""Points as people write them: any digits, any decimal mark, minutes and seconds; what is none is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.forms.answers import canonical
from fieldkit.ui.presenters.points import coordinates, point_of, spelled, unread, written
from fieldkit.ui.widgets.sketch import reach, within_a_square

DEGREES = st.tuples(
    st.decimals(-90, 90, allow_nan=False, places=5), st.decimals(-180, 180, allow_nan=False, places=5)
)


@pytest.mark.parametrize(
    ("line", "point"),
    [
        ("11.5721 43.1456", "11.5721 43.1456 0 0"),
        ("11.5721, 43.1456", "11.5721 43.1456 0 0"),
        ("11.5721,43.1456", "11.5721 43.1456 0 0"),
        ("11,5721 43,1456", "11.5721 43.1456 0 0"),
        ("  -1.5\t+36.8 ", "-1.5 36.8 0 0"),
        ("11.5 43.1 204 4.5", "11.5 43.1 204 4.5"),
        ("11.5721° N 43.1456° E", "11.5721 43.1456 0 0"),
        ("1.25 S 36.8 W", "-1.25 -36.8 0 0"),
        ("11°34'20\"N 43°08'44\"E", "11.5722222 43.1455556 0 0"),
        ("١١.٥ ٤٣.١", "11.5 43.1 0 0"),
        ("11.5", ""),
        ("91 10", ""),
        ("10 181", ""),
        ("the well", ""),
        ("1 2 3 4 5", ""),
        ("", ""),
    ],
)
def test_a_line_is_a_point_or_none(line: str, point: str) -> None:
    assert point_of(line) == point


def test_lines_that_are_no_points_are_named_and_kept() -> None:
    text = "11.5 43.1\nthe well\n\n11.6 43.2\n?"
    assert unread(text) == (2, 4)
    assert spelled(text, area=False) == "11.5 43.1 0 0;the well;11.6 43.2 0 0;?"
    assert written(spelled(text, area=False), area=False) == "11.5 43.1\nthe well\n11.6 43.2\n?"
    assert canonical("geotrace", spelled(text, area=False)) is None


def test_an_area_is_closed_by_itself_and_opened_for_writing() -> None:
    text = "1 1\n2 1\n2 2"
    assert spelled(text, area=True) == "1 1 0 0;2 1 0 0;2 2 0 0;1 1 0 0"
    assert spelled(text, area=False).count(";") == 2
    assert written(spelled(text, area=True), area=True) == text


def test_the_grid_says_how_far_it_reaches() -> None:
    assert round(reach(coordinates("0 0\n0 0.01"))) == 1113
    assert round(reach(coordinates("60 0\n60 0.01"))) == 557, "meridians run together towards the poles"
    assert reach(()) == 0


@given(st.lists(DEGREES, min_size=1, max_size=20, unique=True), st.booleans())
def test_what_is_written_comes_back(points: list[tuple[object, object]], area: bool) -> None:
    text = "\n".join(f"{latitude:f} {longitude:f}" for latitude, longitude in points)
    value = spelled(text, area=area)
    assert spelled(written(value, area=area), area=area) == value
    kind = "geoshape" if area else "geotrace"
    assert canonical(kind, value) is not None
    assert unread(text) == ()


@given(st.lists(DEGREES, max_size=20))
def test_the_sketch_stays_on_its_grid(points: list[tuple[object, object]]) -> None:
    text = "\n".join(f"{latitude:f} {longitude:f}" for latitude, longitude in points)
    for x, y in within_a_square(coordinates(text)):
        assert -1e-6 <= x <= 1 + 1e-6 and -1e-6 <= y <= 1 + 1e-6


@given(st.text(max_size=60))
def test_nothing_that_is_typed_is_too_strange(text: str) -> None:
    for area in (True, False):
        value = spelled(text, area=area)
        assert spelled(written(value, area=area), area=area) == value or unread(text)
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in coordinates(text))
