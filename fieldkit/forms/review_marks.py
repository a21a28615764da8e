"""How far each text of a built-in form can be trusted in each language: reads `<id>.drafts.json`."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from fieldkit.languages.review import Review

_ROW_NUMBER: Final = re.compile(r"\[\d+\]")
_SOURCE_TAG: Final = "en"
EVERY: Final = "*"
"""Among the drafts of a language: nobody has reviewed any of its texts (a form of a content pack)."""


@dataclass(frozen=True, slots=True)
class ReviewMarks:
    """Review marks of one form; made by the build, read when the form is opened."""

    form_id: str
    version: str
    languages: tuple[str, ...]
    titles: Mapping[str, str]
    drafts: Mapping[str, frozenset[str]]
    missing: Mapping[str, frozenset[str]]
    critical: frozenset[str]
    lists: Mapping[str, str]

    def of(self, ref: str, part: str, tag: str) -> Review:
        """The mark of a question's part (`label`, `hint`, ...) at a concrete path of the session."""
        return self._of(f"{_key(ref)}/{part}", tag)

    def of_choice(self, ref: str, value: str, tag: str) -> Review:
        """The mark of a choice offered at a concrete path."""
        return self._of(f"choices/{self.lists.get(_key(ref), '')}/{value}/label", tag)

    def is_critical(self, ref: str, part: str = "label") -> bool:
        """Whether the text is a critical sentence (`protection.md`): shown with its source until reviewed."""
        return f"{_key(ref)}/{part}" in self.critical

    def _of(self, key: str, tag: str) -> Review:
        if tag == _SOURCE_TAG:
            return Review.SOURCE
        if tag not in self.languages or key in self.missing.get(tag, ()):
            return Review.MISSING
        drafts = self.drafts.get(tag, frozenset())
        return Review.DRAFT if key in drafts or EVERY in drafts else Review.REVIEWED


def read_review_marks(content: bytes) -> ReviewMarks:
    """The marks in a `.drafts.json` of the build."""
    data: dict[str, Any] = json.loads(content)
    return ReviewMarks(
        form_id=data["form"],
        version=data["version"],
        languages=tuple(data["languages"]),
        titles=data["titles"],
        drafts={tag: frozenset(keys) for tag, keys in data["draft"].items()},
        missing={tag: frozenset(keys) for tag, keys in data["missing"].items()},
        critical=frozenset(data["critical"]),
        lists=data["lists"],
    )


def _key(ref: str) -> str:
    """`/data/family[2]/name` -> `family/name`: the root and the numbers of rows are left out."""
    return _ROW_NUMBER.sub("", ref).strip("/").partition("/")[2]
