"""Partly known days in a running form: one text on the screen, two nodes in the form.

1. A date whose bind says `fk:partly="birth_date_known"` may be answered in part. The node of that name, which
   stands beside it and on no page, holds how much is known; the date itself the latest day that is possible
   (`languages/partly`).
2. Both are written together. Without that node the date is asked whole.
"""

from fieldkit.forms.session import Session
from fieldkit.languages import partly

ATTRIBUTE = "partly"


def beside(session: Session, ref: str) -> str:
    """The ref of the node that says how much of a date is known; empty for a question that is asked whole."""
    node = session.node(ref)
    bind = node.shape.bind if node.shape is not None else None
    if bind is None or bind.type != "date" or node.parent is None:
        return ""
    found = node.parent.named.get(bind.attributes.get(ATTRIBUTE, ""), ())
    return session.ref(found[0]) if found else ""


def answer(session: Session, ref: str, text: str) -> tuple[tuple[str, str], ...]:
    """What is written for an answer, each ref with its value: for most questions the answer itself."""
    known = beside(session, ref)
    if not known:
        return ((ref, text),)
    day, how_much = partly.stored(text, session.env.now().date())
    return ((known, how_much), (ref, day))


def shown(session: Session, ref: str) -> str:
    """The answer as it was typed or chosen; for a partly known day the one text that says it."""
    known = beside(session, ref)
    return shown_of(session.typed(ref), session.value(known) if known else "")


def shown_of(day: str, known: str) -> str:
    """The one text for a day and how much of it is known; the day itself where all of it is."""
    said = partly.said_of(day, known) if known else None
    return said.text() if said is not None else day
