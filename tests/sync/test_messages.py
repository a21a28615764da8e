"""Every fault of the exchange has a sentence, and every sentence a fault."""

import re
from pathlib import Path

import pytest

import fieldkit
from fieldkit.languages.messages import headquarters, sealing, sync

FIELDKIT = Path(fieldkit.__file__).parent
SENTENCES = {**sealing.MESSAGES, **sync.MESSAGES, **headquarters.MESSAGES}
CODE = re.compile(r'"((?:bundle|trust|seal|signature|offline|headquarters)\.[a-z_]+)"')
KINDS = {"bundle.imported", "bundle.set_aside"}
"""Kinds of entries that look like codes."""


def raised() -> set[str]:
    files = [FIELDKIT / "crypto" / f"{name}.py" for name in ("sealing", "signature", "offline")]
    for folder in ("sync", "headquarters"):
        files += sorted((FIELDKIT / folder).glob("*.py"))
    return {code for file in files for code in CODE.findall(file.read_text(encoding="utf-8"))} - KINDS


def test_every_code_has_a_sentence() -> None:
    assert raised() <= set(SENTENCES)


def test_every_sentence_has_a_code() -> None:
    assert set(SENTENCES) <= raised()


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_ends_calmly(code: str) -> None:
    assert SENTENCES[code].endswith(".")
    assert "!" not in SENTENCES[code]
    assert re.sub(r"\{[a-z]+\}", "", SENTENCES[code]).isascii()
