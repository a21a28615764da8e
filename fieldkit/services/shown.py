"""Texts of a form as they are shown: in which language, how far they can be trusted, with what beside them.

1. A text that is missing in the language asked for is shown in another, and that is visible.
2. A text that no speaker has reviewed carries the draft mark (R-203).
3. A critical sentence in draft stands together with its source sentence (`architecture.md`).
"""

from dataclasses import dataclass, replace
from typing import Protocol

from fieldkit.forms.items import Text
from fieldkit.forms.marked_text import plain
from fieldkit.forms.review_marks import ReviewMarks
from fieldkit.forms.session import Session
from fieldkit.languages.review import Review

SOURCE_TAG = "en"


class Part(Protocol):
    """A session's way to one part of a question's texts."""

    def __call__(self, ref: str, tag: str | None = None, /) -> Text: ...


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text, the language it is really in, and what has to be said about it.

    `source` is the English sentence that must stand beside it, or None. `marked` is the text with its marks
    (`forms.marked_text`), where it has any.
    """

    text: str
    language: str
    fallback: bool = False
    draft: bool = False
    critical: bool = False
    source: str | None = None
    marked: str = ""


NOTHING = ShownText("", "")


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """One answer that can be chosen: the value that is stored, and its text."""

    value: str
    text: ShownText


def shown_text(text: Text, tag: str) -> ShownText:
    """A text of a form as it is read; `tag` is the language that was asked for."""
    bare = plain(text.text)
    return ShownText(
        bare, text.language or tag, text.is_fallback, marked=text.text if bare != text.text else ""
    )


class Shown:
    """The texts of one interview. `marks` is None for forms that carry no review marks (surveys)."""

    def __init__(self, session: Session, marks: ReviewMarks | None) -> None:
        self._session = session
        self._marks = marks

    def text(self, ref: str, part: str, tag: str) -> ShownText:
        """One part (`label`, `hint`, `guidance`, `constraint`, `required`) of a question in one language."""
        text = self._part(part)(ref, tag)
        if not text.text:
            return NOTHING
        return self._mark(text, ref, _MARKED_AS.get(part, part), tag)

    def choices(self, ref: str, tag: str) -> tuple[ShownChoice, ...]:
        """What can be chosen now, in the order of the form."""
        return tuple(
            ShownChoice(choice.value, self._mark_choice(choice.label, ref, choice.value, tag))
            for choice in self._session.choices(ref, tag)
        )

    def reviewed(self, ref: str, tag: str) -> bool:
        """Whether the question was put in text that can be relied on: the source, or reviewed by a speaker."""
        if self._marks is None:
            return True
        said = [self._marks.of(ref, "label", tag)]
        said += [self._marks.of_choice(ref, choice.value, tag) for choice in self._session.choices(ref, tag)]
        return all(mark in (Review.SOURCE, Review.REVIEWED) for mark in said)

    def _part(self, part: str) -> Part:
        return {
            "label": self._session.label,
            "hint": self._session.hint,
            "guidance": self._session.guidance,
            "constraint": self._session.constraint_message,
            "required": self._session.required_message,
        }[part]

    def _mark(self, text: Text, ref: str, part: str, tag: str) -> ShownText:
        if self._marks is None:
            return shown_text(text, tag)
        draft = self._marks.of(ref, part, tag) is Review.DRAFT
        critical = self._marks.is_critical(ref, part)
        source = None
        if draft and critical:
            source = self._part(_ASKED_AS.get(part, part))(ref, SOURCE_TAG).text
        return replace(shown_text(text, tag), draft=draft, critical=critical, source=source)

    def _mark_choice(self, text: Text, ref: str, value: str, tag: str) -> ShownText:
        draft = self._marks is not None and self._marks.of_choice(ref, value, tag) is Review.DRAFT
        return replace(shown_text(text, tag), draft=draft)


_MARKED_AS = {"guidance": "guidance_hint", "constraint": "constraint_message", "required": "required_message"}
_ASKED_AS = {column: part for part, column in _MARKED_AS.items()}
