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
    "record.not_safe_to_carry": mark(
        "It is not safe for the person to carry this record. Nothing was printed. "
        "Tell the person that it can be read here, and printed another day."
    ),
}
