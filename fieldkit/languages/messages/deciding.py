"""Sentences for what two people do to one record: closing, a second person, answers that differ."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "case.closed": mark(
        "This case is closed. Nothing was changed. Open it again first; what happened can always be written down "
        "in an interview."
    ),
    "closing.reason_missing": mark("A reason is needed. Nothing was changed. Write it in a few words."),
    "closing.closed_already": mark("This case is closed already. Nothing was changed. Go back to the list."),
    "closing.not_closed": mark("This case is open. Nothing was changed. Go on with it."),
    "closing.undecided": mark(
        "Nobody has decided on {count} suggestions in this case. It was not closed. Confirm each, or leave it for "
        "review and say why."
    ),
    "closing.differences": mark(
        "In this case {count} answers differ, and nobody has decided between them. It was not closed. Settle them "
        "first."
    ),
    "closing.waiting": mark(
        "In this case {count} requests wait for a second person. It was not closed. Ask a colleague who may decide."
    ),
    "closing.category_not_open": mark(
        "Nobody has decided on this category yet, or it is closed already. Nothing was changed. Look at the case "
        "again."
    ),
    "closing.asked_already": mark(
        "Somebody has asked to close this category already. It stands until a second person agrees. Ask a "
        "colleague who may decide."
    ),
    "second.unknown": mark(
        "This request does not wait any more: somebody has decided on it, or it is not in this vault. Nothing was "
        "changed. Look at the list again."
    ),
    "second.same_person": mark(
        "You asked for this yourself, so another person has to decide. Nothing was changed. Everything stays as it "
        "is until then. Ask a colleague who may decide."
    ),
    "second.reason_missing": mark("A reason is needed. Nothing was changed. Write it in a few words."),
    "second.not_readable": mark(
        "A part of this correction is sealed, and you are not among those who may read it. Nothing was changed. "
        "Ask somebody who may."
    ),
    "second.told_since": mark(
        "The person spoke in another talk since this was asked. Nothing was changed, and everything stays as it "
        "is. Look at the talk. Then say no to this request; whoever still wants it asks again."
    ),
    "conflict.changed_meanwhile": mark(
        "Somebody else changed this while you had it open. Nothing of yours was kept yet and nothing of theirs was "
        "lost. Look at both, then decide."
    ),
    "conflict.unknown": mark(
        "This difference is not open any more: somebody has settled it. Nothing was changed. Look at the list "
        "again."
    ),
    "conflict.reason_missing": mark("A reason is needed. Nothing was changed. Write it in a few words."),
    "conflict.newer_version": mark(
        "This difference is about something that a newer version of the program wrote. Nothing was changed. All "
        "values stay. Settle it on a laptop with that version."
    ),
    "conflict.not_among": mark(
        "This is none of the values that stand. Nothing was changed. Choose one of those that are shown."
    ),
    "check.receipt_differs": mark(
        "In the journal {stream} entry {number} is not the one that headquarters confirmed. Nothing was changed. "
        "Somebody wrote the records anew, or this laptop was copied. Keep it as it is and call your headquarters."
    ),
    "check.receipt_ahead": mark(
        "Headquarters has {number} entries of the journal {stream}, and here are {count}. Nothing was changed. "
        "This laptop was put back to an earlier day. Call your headquarters before you go on."
    ),
}
