"""What is said about sealed classes: what only cleared people read, and whom to ask."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "correct.sealed": mark(
        "Some answers of this interview are sealed to others, so it cannot be corrected from here. Nothing was "
        "changed. Ask: {ask}. Or lead another talk: its answers count beside these."
    ),
    "forward.sealed": mark(
        "Some answers of this interview are sealed to others, so its exact bytes cannot be sent from here. Nothing "
        "was sent. Ask: {ask}."
    ),
    "form.class_unknown": mark(
        "This form names a sealed class that the program does not know: {name}. Nothing was begun. Ask whoever "
        "made the form to use one of the classes in its manual."
    ),
    "form.cut": mark(
        "The program made a mistake with the bytes of this interview. Nothing was saved; the unfinished interview "
        "stays. Please report the code form.cut."
    ),
    "keys.not_held": mark(
        "You do not hold this key yourself, so you cannot give it. Nothing was changed. Ask somebody who holds it."
    ),
    "keys.not_yet": mark(
        "This person has not signed in yet since sealed answers have keys. Nothing was given. Ask them to sign in "
        "once, then give it."
    ),
    "keys.not_cleared": mark(
        "The role of this person is not cleared for what this key opens. Nothing was given. Change the role first, "
        "if it is wrong."
    ),
}
