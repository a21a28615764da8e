"""The lines of what travels sealed: one spelling, and nothing that is not a line gets through."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.crypto.sealing import MAGIC, SealingKey, seal
from fieldkit.domain.classes import SealedClass
from fieldkit.sync import complaints
from fieldkit.sync.faults import BundleFault
from fieldkit.sync.sealed_lines import SealedLine, read_sealed, sealed_line

RECIPIENT = SealingKey.generate().recipient
CONTENT = seal(b"{}", [RECIPIENT])
LINES = st.builds(
    SealedLine,
    st.integers(1, 2**40),
    st.binary(min_size=32, max_size=32).map(bytes.hex),
    st.sampled_from(SealedClass),
    st.just(RECIPIENT),
    st.binary(max_size=300).map(lambda more: MAGIC + more),
    st.lists(
        st.tuples(
            st.text("0123456789abcdef.", min_size=1, max_size=40),
            st.binary(min_size=32, max_size=32).map(bytes.hex),
        ),
        max_size=3,
    ).map(tuple),
)
ONE = SealedLine(5, "ab" * 32, SealedClass.HEALTH, RECIPIENT, CONTENT, (("a.pdf", "cd" * 32),))


@given(st.lists(LINES, max_size=4, unique_by=lambda one: one.number))
def test_what_is_written_is_read_again(lines: list[SealedLine]) -> None:
    lines.sort(key=lambda one: one.number)
    written = b"".join(sealed_line(one) + b"\n" for one in lines)
    assert list(read_sealed([written], 2**40)) == lines


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 0},
        {"number": 10},
        {"number": True},
        {"class": "everything"},
        {"digest": "AB" * 32},
        {"digest": "ab"},
        {"recipient": "age1nobody"},
        {"content": "not base64"},
        {"content": "aGVsbG8="},
        {"files": [{"name": "", "digest": "cd" * 32}]},
        {"files": [{"name": "a", "digest": "zz"}]},
        {"files": "a"},
        {"files": []},
        {"more": 1},
    ],
)
def test_what_is_not_sound_is_refused(wrong: dict[str, object]) -> None:
    fields = {**json.loads(sealed_line(ONE)), **wrong}
    line = json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()
    with pytest.raises(BundleFault, match=r"bundle\.unsound"):
        list(read_sealed([line + b"\n"], 9))


def test_the_same_number_twice_and_another_spelling_are_refused() -> None:
    line = sealed_line(ONE)
    for content in (line + b"\n" + line + b"\n", line.replace(b'":', b'": ', 1) + b"\n", line):
        with pytest.raises(BundleFault, match=r"bundle\.unsound"):
            list(read_sealed([content], 9))


@given(st.binary(max_size=400), st.integers(0, len(sealed_line(ONE))))
def test_foreign_bytes_are_refused_and_nothing_else_happens(noise: bytes, at: int) -> None:
    line = sealed_line(ONE)
    for content in (noise, line[:at] + noise[:3] + line[at:] + b"\n"):
        with contextlib.suppress(BundleFault):
            list(read_sealed([content], 9))
        with contextlib.suppress(BundleFault):
            complaints.records_of(content)
