"""An answer in words: what was chosen by its name, a date as it is written, a mark as what it means.

A date stands also in the calendar that the readers of the language live by. A day that is known in part stands as
it was said, without the day that is stored for it.
"""

from collections.abc import Mapping
from functools import cache

from fieldkit.domain.outcome import Mark
from fieldkit.forms.session import Session
from fieldkit.languages import partly
from fieldkit.languages.catalogues import Words, load
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date_for, format_list
from fieldkit.services.partly import beside
from fieldkit.services.refs import template

MARK_WORDS: Mapping[Mark, str] = {
    Mark.NOT_ASKED: mark("Not asked"),
    Mark.SKIPPED: mark("Left out"),
    Mark.DECLINED: mark("Did not want to answer"),
    Mark.UNKNOWN: mark("Not known"),
    Mark.SEALED: mark("Sealed"),
}
_CHOSEN = frozenset({"select", "select1", "rank"})


def answer_in_words(session: Session, ref: str, value: str, tag: str) -> str:
    """The value of a question as people say it in a language; a value that is not offered any more as it is."""
    shape = session.form.shapes.get(template(ref))
    kind = shape.control.kind if shape is not None and shape.control is not None else ""
    if kind in _CHOSEN:
        return _chosen(session, ref, value, tag, several=kind != "select1")
    if shape is not None and shape.type == "date":
        return _day(session, ref, value, tag)
    return value


def _chosen(session: Session, ref: str, value: str, tag: str, *, several: bool) -> str:
    names = {choice.value: choice.label.text for choice in session.choices(ref, tag)}
    if not several:
        return names.get(value) or value
    return format_list((isolate_words(names.get(one) or one) for one in value.split()), tag)


def _day(session: Session, ref: str, value: str, tag: str) -> str:
    known = beside(session, ref) if value == session.value(ref) else ""  # another value was told otherwise
    said = partly.said_of(value, session.value(known)) if known else partly.read_said(value)
    if said is not None and said.known is not partly.Known.DAY:
        return partly.in_words(said, _words(tag).say, tag)
    try:
        return format_date_for(value, tag)
    except ValueError:
        return value  # a part of a date, or of another version: said as it stands


@cache
def _words(tag: str) -> Words:
    return load(tag, "interface")
