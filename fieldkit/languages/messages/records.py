"""Sentences for finished interviews: correcting, moving, keying in from paper, records, forwarding."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "move.nothing_newer": mark(
        "There is no newer version of this form on this laptop. Nothing was changed. Go on with the interview."
    ),
    "move.correction": mark(
        "A finished interview is corrected with the version it was led with. Nothing was moved. "
        "Correct it, or begin a new interview with the newer version."
    ),
    "finished.unknown": mark(
        "This finished interview is not in this vault. Nothing was changed. Choose one from the list."
    ),
    "finished.no_bytes": mark(
        "The answers of this interview stayed at the post where it was led, so it cannot be corrected or printed "
        "here. Nothing was changed. Ask that post."
    ),
    "correct.already": mark(
        "This interview was corrected already, and the correction stands in its place. Nothing was changed. "
        "Correct that one."
    ),
    "correct.nothing_changed": mark(
        "No answer is different from before, so there is nothing to keep. Nothing was changed. "
        "Change an answer, or leave it as it is."
    ),
    "correct.reasons_missing": mark(
        "Some changed answers have no reason yet ({count}). All changes so far are saved. "
        "Say for each of them why it is changed, and finish again."
    ),
    "paper.no_day": mark(
        "The day on the paper is missing or is no day. Nothing was begun. Enter day, month and year as written."
    ),
    "paper.no_hour": mark(
        "This is no time of day. Nothing was begun. Enter hour and minute, or leave the time empty."
    ),
    "paper.future": mark(
        "The day on the paper is still to come. Nothing was begun. Look at the paper, and at the date of this "
        "laptop."
    ),
    "paper.too_old": mark(
        "The day on the paper is before {year}. Nothing was begun. Look at the paper again and enter the day."
    ),
    "paper.no_interviewer": mark(
        "Who led the talk is missing. Nothing was begun. Enter the name or function that stands on the paper."
    ),
    "paper.no_place": mark(
        "Where the talk took place is missing. Nothing was begun. Enter the post or the area, never an address."
    ),
    "forward.protection_form": mark(
        "This is a protection form. It is never sent to another server unless a protocol names that server and "
        "this form, and none does. Nothing was sent. Ask your headquarters."
    ),
    "forward.not_agreed": mark(
        "The person did not agree to share these answers. Nothing was sent. They stay on this laptop."
    ),
    "forward.already": mark(
        "The server {host} has taken this interview before. Nothing was sent. Ask for it to be sent again if the "
        "server lost it."
    ),
    "forward.address": mark(
        "This is no address of a server. Nothing was sent. Enter it as it was given to you, beginning with https."
    ),
    "forward.not_encrypted": mark(
        "The line to {host} is not encrypted, so others could read the answers. Nothing was sent. "
        "Ask for an address that begins with https."
    ),
    "forward.moved": mark(
        "The server sends this on to {host}, which nobody named. Nothing was sent. "
        "Ask the people of the server for its right address."
    ),
    "forward.file_name": mark(
        "A file of this interview has a name that cannot be sent. Nothing was sent. Tell your coordinator."
    ),
    "forward.too_large": mark(
        "The server takes {limit} bytes at once, and this interview with its largest file needs {bytes}. "
        "Nothing was sent. Ask the people of the server to accept more."
    ),
    "forward.server_too_large": mark(
        "The server says that this is too large. It was not taken; here it is kept. "
        "Ask the people of the server to accept more."
    ),
    "forward.unauthorised": mark(
        "The server does not know this user or password, or the user may not send. It was not taken; here it is "
        "kept. Check both and send again."
    ),
    "forward.no_form": mark(
        "The server does not have this form, or the address is wrong. It was not taken; here it is kept. "
        "Ask the people of the server to install the form, and check the address."
    ),
    "forward.duplicate": mark(
        "The server has another interview under the same name. This one was not taken; here it is kept. "
        "Ask the people of the server to compare the two."
    ),
    "forward.not_openrosa": mark(
        "What answered ({status}) is no form server, perhaps a sign-in page. It was not taken; here it is kept. "
        "Check the address, and sign in to the network first."
    ),
    "forward.refused": mark(
        "The server refused this interview ({status}). It was not taken; here it is kept. "
        "Give the number to the people of the server."
    ),
    "forward.unreachable": mark(
        "The server {host} cannot be reached. Here everything is kept. Check the network, and send again later."
    ),
    "forward.server": mark(
        "The server failed while it took this ({status}). Here everything is kept. "
        "Send it again later; the server knows it by its name and keeps it once."
    ),
    "record.not_safe_to_carry": mark(
        "It is not safe for the person to carry this record. Nothing was printed. "
        "Tell the person that it can be read here, and printed another day."
    ),
}
