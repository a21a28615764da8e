"""Sentences for the lists of a team, and for interpreters of several posts."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "team.missing": mark(
        "Something that the list needs is empty. Nothing was kept. Fill it in and try again."
    ),
    "team.day": mark("This is no day. Nothing was kept. Write it like 21.11.2026."),
    "team.too_long": mark("A line is longer than {limit} signs. Nothing was kept. Write it shorter."),
    "team.not_listed": mark("This answer is not in the list any more. Nothing was kept. Choose another one."),
    "team.number": mark(
        "A number of a case stands in the text. Nothing was kept, because these lists leave on paper. "
        "Write it without the number."
    ),
    "team.too_many": mark(
        "The list holds {limit} rows at most. Nothing was kept. Take out those that are over."
    ),
    "team.unknown": mark(
        "This row is not in the list any more. Nothing was changed. Look at the list again."
    ),
    "team.no_case": mark("No case of this desk has this number. Nothing was said of anybody. Read it again."),
    "team.no_body": mark("Nobody is chosen who sits in the meeting. Choose who takes part."),
    "interpreter.level": mark("A language or a level is not in the list. Nothing was kept. Choose it again."),
    "interpreter.training": mark(
        "The text is longer than {limit} signs, or the day is no day that has been. Nothing was kept. Write it "
        "like 21.11.2026."
    ),
}
