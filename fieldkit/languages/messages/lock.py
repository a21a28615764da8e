"""Sentences of cover and lock."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "cover.weak_digits": mark(
        "These digits were not taken: six are needed, neither all the same nor counted up or down. "
        "Your former digits stay as they were. Choose others."
    ),
    "cover.not_the_same": mark(
        "The two lines did not hold the same digits. Your former digits stay as they were. Write the new ones "
        "twice."
    ),
    "cover.not_offered": mark(
        "{minutes} minutes cannot be chosen. Nothing was changed. Choose one of the times that are offered."
    ),
}
