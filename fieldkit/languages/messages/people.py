"""What is said about accounts, phrases, recovery by headquarters, re-keying and destroying a vault."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "people.phrase_first": mark(
        "Somebody else knows the phrase of this account. Nothing was changed. Choose a phrase of your own first; "
        "then everything works as before."
    ),
    "people.label_missing": mark(
        "A name for sign-in is missing. Nothing was changed. Write what the person is called at work."
    ),
    "people.label_long": mark("This name is too long. Nothing was changed. Write at most {most} letters."),
    "people.label_unshown": mark(
        "This name has signs in it that cannot be seen. Nothing was changed. Write it with letters and numbers."
    ),
    "people.label_taken": mark(
        "Somebody is called so at sign-in already. Nothing was changed. Write a name that tells them apart."
    ),
    "people.no_role": mark(
        "An account needs at least one kind of work that is done at this desk. Nothing was changed. Choose one."
    ),
    "people.too_many": mark(
        "This vault holds at most {most} people. Nobody was added. End the account of somebody who left, then try "
        "again."
    ),
    "people.unknown": mark(
        "This account has no way in any more. Nothing was changed. Go back and look at the list of people."
    ),
    "people.not_yourself": mark(
        "Nobody ends their own account. Nothing was changed. Ask another administrator to end it."
    ),
    "people.last_administrator": mark(
        "Nobody would be left who looks after the accounts. Nothing was changed. Make somebody else administrator "
        "first."
    ),
    "people.same_phrase": mark(
        "This is the phrase that somebody else knows already. Nothing was changed. Choose another one."
    ),
    "rekey.disk_full": mark(
        "There is too little room on the disk to write the vault anew: {needed} MiB are needed, {free} MiB free. "
        "Nothing was changed. Make room on the disk, then try again."
    ),
    "rekey.not_whole": mark(
        "The vault that was written anew did not read back as it should ({reason}), so it was thrown away. Nothing "
        "was changed. Check the disk with your administrator, then try again."
    ),
    "recovery.no_slot": mark(
        "This vault was never enrolled with a headquarters, so no key could open it without a phrase. "
        "Nothing was changed. Look for a person or a paper that still knows one of the phrases."
    ),
    "recovery.nothing_waits": mark(
        "No request was made on this laptop, or the file of it is gone. Nothing was changed. Make a new request "
        "and bring it to headquarters."
    ),
    "recovery.other_vault": mark(
        "This answer opens another vault, or this one as it was before its key was changed. Nothing was changed. "
        "Make a new request here and bring it to headquarters."
    ),
    "recovery.unreadable": mark(
        "This is not a request that a laptop made. Nothing was opened. Ask the post to make its request again."
    ),
    "recovery.newer": mark(
        "This request was made by a newer version of the program. Nothing was opened. Install the newer version "
        "here first."
    ),
    "recovery.not_ours": mark(
        "Nothing in this request is sealed to the recovery key on this stick. Nothing was opened. Look for the "
        "stick of the headquarters with which the post was enrolled."
    ),
    "recovery.other_stick": mark(
        "The keys on this stick belong to another headquarters. Nothing was opened. Use the stick that was made "
        "when this headquarters began."
    ),
    "wipe.other_word": mark(
        "This is not the word that destroys the vault. Nothing was touched. Go back, or write the word as it is "
        "shown."
    ),
}
