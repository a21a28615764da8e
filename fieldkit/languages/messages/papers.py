"""Sentences for papers, following up, help, steps and interpreters."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "paper.not_allowed": mark(
        "Nobody allows proofs of registration at this post yet. Nothing was made. Ask whoever looks after this "
        "laptop to write down which authority allows it, and for how long."
    ),
    "paper.allowed_by": mark(
        "The name of the authority that allows it is missing. Nothing was changed. Write it down first."
    ),
    "paper.days": mark(
        "A paper is valid for 1 to {limit} days. Nothing was changed. Write down another number."
    ),
    "paper.unknown": mark("This paper is not in the case. Nothing was changed. Look at the case again."),
    "paper.called_back": mark(
        "This paper was called back. It is not printed again. Make a new one if the person needs it."
    ),
    "paper.empty": mark(
        "Nothing stands on this paper yet, or more than {limit} lines do. Nothing was made. Write down each "
        "paper that is kept."
    ),
    "paper.hours": mark("An hour is written like 09:30. Nothing was made. Write down both hours again."),
    "follow.state": mark(
        "It is not said what became of the referral. Nothing was kept. Choose one of the answers."
    ),
    "help.unknown": mark("This kind of help is not known. Nothing was kept. Choose one of the list."),
    "step.unknown": mark(
        "This step is not in the procedure any more. Nothing was kept. Look at the procedure again."
    ),
    "joint.nobody": mark("It is not said who took part. Nothing was kept. Choose at least one office."),
    "interpreter.incomplete": mark(
        "A code and a language are needed. Nothing was kept. Fill in both; write no name here."
    ),
    "interpreter.day": mark(
        "An undertaking was signed today or before. Nothing was kept. Choose the day again."
    ),
    "interpreter.unknown": mark(
        "This interpreter is not in the list, or is not called any more. Nothing was kept. Choose another one."
    ),
    "interpreter.no_undertaking": mark(
        "This interpreter has not signed the undertaking of confidentiality. Nothing was kept. Print it, "
        "read it aloud, and let it be signed first."
    ),
}
