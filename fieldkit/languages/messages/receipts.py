"""What is said of receipts, of what may go and what has to stay, and of what a person asks for."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "receipt.not_ours": mark(
        "This receipt was made for another laptop. Nothing was changed here. "
        "Ask headquarters for the receipt of this laptop."
    ),
    "receipt.copied": mark(
        "Headquarters holds other records under this laptop's name, from number {number} or before: the laptop was "
        "copied, and both copies went on writing. Nothing is lost and nothing was changed. "
        "Tell your administrator: this laptop has to be enrolled again."
    ),
    "receipt.put_back": mark(
        "Headquarters holds {number} records of this laptop, and only {held} are here: the laptop was put back to "
        "an earlier day. What is here stays. Tell your administrator: this laptop has to be enrolled again."
    ),
    "purge.not_due": mark(
        "Nothing was removed: not all of what was chosen is due any more. Look at the list again and choose anew."
    ),
    "purge.under_way": mark(
        "Nothing was removed: somebody has an unfinished interview of number {number}. "
        "Finish it or throw it away first, or leave this number out."
    ),
    "purge.not_safe": mark(
        "Nothing was removed: headquarters has not said yet that number {number} lies there safely, twice. "
        "Export, and take in the next receipt. An administrator may remove it without, with a reason."
    ),
    "request.unknown": mark(
        "This request is not known here. Nothing was changed. Open the person's page again and ask anew."
    ),
    "request.reason_missing": mark(
        "Nothing was put right, so the person is told why. Write the reason in your own words; it stands on the "
        "paper."
    ),
    "request.nothing_to_withdraw": mark(
        "The person has not allowed anything to the offices that were chosen. Nothing was changed. "
        "Look at the list of what they allowed."
    ),
    "erasure.no_reason": mark(
        "Nothing was erased: an erasure is for ever and needs a reason. Write it in your own words, without names."
    ),
    "erasure.same_person": mark(
        "Nothing was erased: the second person must be somebody else than the one who is signed in. "
        "Ask another coordinator or administrator to come and write their own phrase."
    ),
    "erasure.second_may_not": mark(
        "Nothing was erased: the second person must be a coordinator, a supervisor or an administrator here. "
        "Ask somebody with such a role."
    ),
    "erasure.nothing_held": mark(
        "There is nothing to erase: headquarters holds no record about this number. Nothing was changed. "
        "Look whether the number is right, or ask the post to send what it has first."
    ),
}
