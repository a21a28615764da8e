"""What is said when sharing, handing over, an alert or a complaint does not go on."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "share.expired": mark(
        "The protocol with this recipient is over. Nothing was written and nothing left. "
        "Ask headquarters for a newer content pack."
    ),
    "share.not_agreed": mark(
        "The person has not agreed that this recipient gets it. Nothing was written and nothing left. "
        "Ask the person; help does not depend on the answer."
    ),
    "share.not_told": mark(
        "The person has not been told yet. Nothing was written and nothing left. "
        "Say who will get what, and why; then go on."
    ),
    "share.no_reason": mark(
        "A reason is missing: this goes without the person's agreement. Nothing was written and nothing left. "
        "Write down in a few words why it cannot wait."
    ),
    "share.not_a_child": mark(
        "This protocol is for children only, and nothing here says that this may be a child. Nothing was written. "
        "In doubt about the age, record it as not sure."
    ),
    "share.other_category": mark(
        "This protocol is for other needs than those of this person. Nothing was written. "
        "Confirm the outcome first, or choose another recipient."
    ),
    "share.excluded_category": mark(
        "This protocol leaves people with one of these needs out. Nothing was written. Choose another recipient."
    ),
    "share.country_of_origin": mark(
        "This recipient is in another country, and it is not certain that the person has nothing to fear "
        "from there. Nothing was written and nothing left. Ask about every nationality, former home, feared "
        "country and the nationality of the parents; where one is this country, nothing goes there."
    ),
    "share.child_protection_asked": mark(
        "For a child, child protection here has to agree before anything goes to another country. Nothing was "
        "written. Call child protection first."
    ),
    "share.nothing_chosen": mark(
        "No person was chosen, or nothing of them may go to this recipient. No file was written. "
        "Look at what is left out, and why."
    ),
    "share.unknown_contact": mark(
        "This recipient is not known here, or was taken off the list. Nothing was written. Choose another one."
    ),
    "share.unknown": mark("This share is not known here. Nothing was printed. Go back and choose again."),
    "share.no_protocol": mark(
        "The content in force has no protocol with this recipient any more. Nothing was written and nothing left. "
        "Ask headquarters for a content pack with one."
    ),
    "share.changed": mark(
        "Something changed since this was shown. Nothing was written. Look at it again, then seal."
    ),
    "contact.unreadable": mark(
        "This is not a contact file, or it was altered. Nothing was changed. Ask the other side for it again."
    ),
    "contact.key": mark(
        "This is not the key of a recipient: it begins with age1 and has 62 characters. Nothing was kept. "
        "Copy it again, whole."
    ),
    "contact.name": mark(
        "This name cannot be used: it is empty, too long, or has characters that do not show. Nothing was kept. "
        "Write another name, on one line."
    ),
    "contact.protocol": mark(
        "A recipient needs a protocol of the content in force. Nothing was kept. Choose the one that is meant."
    ),
    "contact.own": mark(
        "This is the contact file of this laptop itself. Nothing was kept. Choose the file of the other side."
    ),
    "letter.unreadable": mark(
        "This file is not what is expected here, or it was altered. Nothing was taken in. "
        "Ask the sender to write it again."
    ),
    "letter.newer": mark(
        "This file was made by a newer version of the program. Nothing was taken in. "
        "Keep it, install the newer version here, and open it then."
    ),
    "letter.not_for_us": mark(
        "This file was sealed for somebody else and cannot be opened here. Nothing was taken in, and nobody "
        "here has seen what is in it. Give it back."
    ),
    "letter.too_large": mark(
        "This file is larger than any of its kind. Nothing was taken in. Ask the sender what it is."
    ),
    "letter.other_kind": mark(
        "This file is of another kind than what is opened here. Nothing was taken in. Hand-overs, receipts and "
        "alerts are opened under “Hand-overs and letters”; a file that was shared is opened with the program age."
    ),
    "letter.unknown_sender": mark(
        "This file comes from somebody whose contact file was not compared here. Nothing was taken in. "
        "Exchange contact files first, read the words to each other, and open it again."
    ),
    "hand_over.already": mark(
        "This person was taken over here before. Nothing was changed. The case is among the people of this post."
    ),
    "hand_over.not_a_post": mark(
        "This recipient works without this program, so no receipt can come back. Nothing was written. "
        "Share with them instead, and ask them by telephone."
    ),
    "hand_over.receipt_unknown": mark(
        "This receipt is for a hand-over that this laptop did not make, or from another post than the one it went "
        "to. Nothing was changed. Ask the other side which hand-over is meant."
    ),
    "alert.no_child": mark(
        "Nothing here says that this person may be a child, so no alert was made. "
        "In doubt about the age, record it as not sure."
    ),
    "alert.no_number": mark(
        "A number to call is missing, or has other signs than a telephone number. No alert was made. "
        "Write the number at which somebody answers day and night."
    ),
    "alert.call_incomplete": mark(
        "Who answered, or where and with whom the child waits, is missing. Nothing was kept of this call. "
        "Write both."
    ),
    "alert.already": mark("This alert is known here already. Nothing was changed."),
    "stack.not_one": mark(
        "This file holds no stack of sealed complaints, or it was changed on its way. Nothing was read from it. "
        "Ask for it once more from where it came."
    ),
    "stack.none": mark("No stack of complaints waits here. Nothing was written."),
    "complaint.officers_session": mark(
        "Complaints are not taken in an officer's session. Nothing was written down. Offer the hotline and "
        "the paper, or let a counsellor who is not an officer sign in."
    ),
    "complaint.no_body": mark(
        "The key of the independent body is not here, so nothing can be sealed to it. Nothing was written down. "
        "Offer the hotline and the paper."
    ),
    "complaint.empty": mark(
        "Nothing is written yet. Nothing was sealed. Write down what the person wants to tell."
    ),
    "complaint.too_long": mark(
        "This is {over} signs longer than one sealed record can hold. Nothing was sealed. Shorten it, or "
        "use the paper."
    ),
    "complaint.session_has_one": mark(
        "This session has sealed one already. Nothing more was sealed. Sign in again for another one."
    ),
    "complaint.not_sealed": mark(
        "The record could not be sealed to its exact size. Nothing was kept. Try again; if it happens "
        "twice, use the paper and report this."
    ),
}
