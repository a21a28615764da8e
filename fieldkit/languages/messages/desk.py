"""Sentences for the desk: the queue, households and groups, needs."""

from fieldkit.languages.marking import mark

MESSAGES = {
    "waiting.unknown": mark(
        "This person does not wait any more. Nothing was changed. Look at the people waiting: somebody may have "
        "seen to them meanwhile."
    ),
    "waiting.bad_limit": mark("A limit is a number of hours, 0 or more. Nothing was changed."),
    "household.unknown": mark(
        "There is no household with this number here. Nothing was changed. Look at the people waiting."
    ),
    "household.no_people": mark(
        "A household has at least one person. Nothing was kept. Write how many people they are."
    ),
    "household.too_many": mark(
        "A household has at most {most} people here. Nothing was kept. Write them down as several households."
    ),
    "household.more_children": mark(
        "More children were written down than people. Nothing was kept. Correct one of the two numbers."
    ),
    "household.all_entered": mark(
        "Everybody of this household has a number of their own already. Nothing was changed. Open one of them."
    ),
    "household.not_together": mark(
        "These two are one and the same. Nothing was changed. Choose another person."
    ),
    "group.unknown": mark("There is no such group here. Nothing was changed. Begin a new group."),
    "need.unknown": mark("This need was not told by this person. Nothing was changed."),
    "need.not_in_list": mark(
        "This emergency is not in the list of this version. Nothing was kept. Choose one from the list."
    ),
    "need.no_reason": mark("Write in a few words why it could not be done. Nothing was changed."),
}
