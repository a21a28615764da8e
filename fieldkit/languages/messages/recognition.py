"""Sentences for groups that a State recognises."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "recognition.not_in_force": mark(
        "This rule on a group does not hold here any more. Nothing was kept. Look at the list again."
    ),
}
