"""What a correction changes, a line an answer: the question, then what it was and what it became."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from fieldkit.domain.errors import ProgramFault
from fieldkit.languages.isolates import isolate_words
from fieldkit.services.told import MARK_WORDS, answer_in_words

if TYPE_CHECKING:
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.changes import ChangedAnswer, Ending
    from fieldkit.services.reopened import Reopened


def change_lines(opened: Reopened, changed: Iterable[ChangedAnswer], words: Words) -> tuple[str, ...]:
    """In words of the language of `words`; `opened` is the form the answers belong to."""
    return tuple(
        words.say(
            "{question} Before: {before}. Now: {after}.",
            question=opened.label(one.ref, words.tag).text or one.ref.rpartition("/")[2],
            before=_told(opened, one.ref, one.before, words),
            after=_told(opened, one.ref, one.after, words),
        )
        for one in changed
    )


def _told(opened: Reopened, ref: str, ending: Ending, words: Words) -> str:
    value, mark = ending
    if not value:
        return words.say(MARK_WORDS[mark]) if mark in MARK_WORDS else ""
    try:
        return isolate_words(answer_in_words(opened.session, ref, value, words.tag))
    except ProgramFault:  # in a row that was taken out
        return isolate_words(value)
