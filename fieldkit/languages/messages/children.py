"""Sentences for the register of children, guardians, the duty roster and sheets for registries."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "guardian.incomplete": mark(
        "Name or mandate of the guardian is missing, or one of them is longer than {limit} signs. Nothing was "
        "kept, and the days go on. Write down both as they stand on the paper."
    ),
    "guardian.day": mark(
        "This is no day, or one that is still to come. Nothing was kept. Write it like 21.11.2026."
    ),
    "guardian.unknown": mark(
        "This guardian is not in the case any more. Nothing was changed. Look at the case again."
    ),
    "children.no_names": mark(
        "Headquarters has no names of children. The list is shown without them. Ask the post by the number."
    ),
    "duty.incomplete": mark("No day of the week is chosen. Nothing was kept. Choose the days of this shift."),
    "duty.hours": mark("An hour is written like 09:30. Nothing was kept. Write down both hours again."),
    "duty.until": mark(
        "The last day is written like 21.11.2026, or left empty. Nothing was kept. Write it down again."
    ),
    "duty.too_many": mark(
        "The list holds {limit} shifts at most. Nothing was kept. Take out those that are over."
    ),
    "duty.unknown": mark(
        "This shift is not in the list any more. Nothing was changed. Look at the list again."
    ),
    "sheet.nobody": mark(
        "Nobody in this case can be written on this sheet: what was told is not there any more, or the local "
        "authority may not be told. Nothing was made. Look at the talk again."
    ),
    "at_home.not_wished": mark(
        "The person has not said that somebody should help the family at home. Nothing was kept. Ask first."
    ),
    "at_home.people": mark(
        "The numbers do not fit: 1 to {limit} people, and not more children than people. Nothing was kept. Write "
        "them down again."
    ),
}
