"""Sentences for what the locks stop, and for writing down what happened (`services.measures`)."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "lock.fear": mark(
        "The person is afraid to go back, may not be able to, or asks for protection. Nobody may plan a return or "
        "turn the person away. Nothing was kept. Refer the person to the asylum authority. If it never was so, or "
        "is not wished any more, two people close it in the case."
    ),
    "lock.not_punished": mark(
        "There are signs that the person is exploited, was brought by somebody, or needs protection. Such a "
        "person is not punished or held for it. Nothing was kept. Ask a second person to look at it."
    ),
    "lock.child_held": mark(
        "The person is a child, or may be one. A child is not held. Nothing was kept. Call child protection, "
        "and ask for a place where the child can stay."
    ),
    "lock.child_return": mark(
        "The person is a child, or may be one. {count} things that child protection must have are missing. "
        "Nothing was kept. Child protection says in the case what is there."
    ),
    "lock.before_removal": mark(
        "Before a return or a refusal four looks are needed: asylum, trafficking, child, needs. {count} of "
        "these have no outcome yet, or a talk has to be led again. Nothing was kept. Lead the interview "
        "before a removal."
    ),
    "lock.country": mark(
        "A consulate hears nothing of a person who may need protection, whose countries are not all known, "
        "or who did not say yes. Nothing was kept, and nothing leaves. Ask the person; contact nobody."
    ),
    "measure.country": mark("This is no country of the list. Nothing was kept. Choose one from the list."),
    "lock.choice_talk": mark(
        "Nobody has talked with the person about going back by choice, or the answers are not readable for you. "
        "Nothing was kept. Lead the talk about a return by choice, in private, or ask somebody who may read it."
    ),
    "lock.free_choice": mark(
        "The person said something that speaks against a free wish: pressure, doubt, or that they do not wish it "
        "any more. Nothing was kept. A second person talks with them in private, and agrees only if the wish is "
        "free."
    ),
    "lock.time_to_think": mark(
        "The person wished time to think, and it is not over. Nothing was kept. Wait until it is over, or until "
        "the person says that they want no more time. Help goes on meanwhile."
    ),
    "lock.recovering": mark(
        "An authority gave the person time to rest, and it is not over. Nothing was kept. Wait until its last "
        "day is over, or until the person says that they want no more of it. Help goes on meanwhile."
    ),
    "measure.reason_missing": mark("A reason is needed. Nothing was kept. Write it in a few words."),
    "measure.unknown": mark(
        "This plan is not in the case any more: somebody gave it up. Nothing was changed. Look at the case "
        "again."
    ),
    "measure.day": mark(
        "This day cannot be: what happened, happened today or before. Nothing was kept yet. Choose the day "
        "again."
    ),
}
