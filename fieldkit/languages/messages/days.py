"""Sentences for papers with a last day (`services.permits`) and for who is held (`services.held_people`)."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "permit.kind": mark(
        "Which paper it is was not chosen. Nothing was kept. Choose the nearest, or “Another paper”."
    ),
    "permit.day": mark(
        "The last day is missing, or lies before the first one. Nothing was kept. Write it as day, month, "
        "year, such as 21.11.2026."
    ),
    "permit.second_person": mark(
        "You wrote this time down yourself. That it was a mistake has to be said by somebody else. Nothing was "
        "changed. Ask a colleague to sign in and to say it."
    ),
    "permit.number": mark(
        "The number is longer than {limit} signs. Nothing was kept. Shorten it, or leave it empty."
    ),
    "permit.unknown": mark(
        "This paper counts no more: somebody wrote down a newer one, or that it is not needed. Nothing was "
        "changed. Look at the case again."
    ),
    "held.unknown": mark(
        "It is not written down that this person is held. Nothing was kept. Look at the case again."
    ),
    "held.choice": mark("Something was not chosen. Nothing was kept. Choose one of the answers."),
    "held.day": mark(
        "This day cannot be: it lies ahead, or before the holding began. Nothing was kept. Choose the day again."
    ),
}
