"""What is said about phrases and keys."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "crypto.no_own_key": mark(
        "There is no key of your own in this vault yet. Nothing was saved. Sign out and sign in again."
    ),
    "phrase.too_short": mark(
        "This phrase is too short. Nothing was saved. Use the six words offered, or a phrase of four or "
        "more words that do not belong together."
    ),
    "phrase.common": mark(
        "This phrase is made of words that are guessed first. Nothing was saved. Use the six words "
        "offered, or add rarer words."
    ),
    "phrase.keyboard": mark(
        "This phrase follows rows of keys and is easy to guess. Nothing was saved. Use the six words "
        "offered, or words that do not belong together."
    ),
    "phrase.repeats": mark(
        "This phrase repeats itself and is easy to guess. Nothing was saved. Use the six words offered, "
        "or words that do not belong together."
    ),
    "phrase.sequence": mark(
        "This phrase follows the alphabet or counts up, and is easy to guess. Nothing was saved. Use the "
        "six words offered, or words that do not belong together."
    ),
    "phrase.date": mark(
        "This phrase holds a date or a year and is easy to guess. Nothing was saved. Use the six words "
        "offered, or words that do not belong together."
    ),
    "phrase.guessable": mark(
        "This phrase can be guessed. Nothing was saved. Use the six words offered, or add another word or"
        " two."
    ),
    "crypto.not_authentic": mark(
        "This cannot be opened: the key is another one, or the bytes were altered. Nothing was changed. "
        "Check that it is the right file, then ask whoever made it for a new copy."
    ),
    "crypto.cost_refused": mark(
        "This lock asks for more work than this program does, or for too little to be safe. It was not "
        "tried and nothing was changed. Use a copy of the vault that you trust."
    ),
    "crypto.no_memory": mark(
        "This laptop has too little free memory to check the phrase ({mebibytes} MiB are needed). Nothing"
        " was changed. Close other programs and try again."
    ),
    "crypto.key_unreadable": mark(
        "A key is damaged and cannot be read. Nothing was changed. Ask headquarters how to recover this "
        "vault."
    ),
    "crypto.newer": mark(
        "This key was written by a newer version of the program. Nothing was changed. Install the newer "
        "version."
    ),
}
