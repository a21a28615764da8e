"""What is said about sealed classes and trainings: what only some people may do, and whom to ask."""

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
    "form.not_trained": mark(
        "This form opens only to people who were trained for it: {training}. Nothing was begun. Ask somebody who "
        "has the training, or have yours written down in your account."
    ),
    "training.unknown": mark(
        "This training or this person is not known here. Nothing was saved. Go back and choose again."
    ),
    "training.no_day": mark(
        "This is no day. Nothing was saved. Write day, month and year, such as 21.11.2026."
    ),
    "training.day": mark("The day of a training cannot be in the future. Nothing was saved. Check the day."),
    "training.by_missing": mark("Write who gave the training. Nothing was saved."),
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
    "clearance.reason_missing": mark("Write why, in a few words. Nothing was changed."),
    "clearance.not_yourself": mark(
        "Nobody clears themselves. Nothing was changed. Ask another administrator of headquarters."
    ),
    "clearance.not_coordinator": mark(
        "Only a coordinator of headquarters can be cleared for sealed answers. Nothing was changed."
    ),
    "clearance.already": mark("This person is cleared for this already. Nothing was changed."),
    "clearance.not_cleared": mark("This person is not cleared for this. Nothing was changed."),
}
