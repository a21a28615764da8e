"""What is said about trust between laptops and headquarters: practice and work, lists, keys, lost laptops."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "enrol.for_training": mark(
        "{name} is a headquarters for training, and this vault is for work with real people. Nothing was changed. "
        "Ask your coordinator for the office file of the real headquarters."
    ),
    "enrol.for_work": mark(
        "{name} is a real headquarters, and this vault is for training. Nothing was changed, so that nothing "
        "invented is ever counted. Enrol it with a headquarters for training, or make a vault for work."
    ),
    "trust.list_older": mark(
        "This trust list has number {number}, and list {held} is held already. Nothing was changed. It may come "
        "from an old stick, or be somebody's attempt to undo a later one. Ask headquarters for the newest."
    ),
    "trust.list_forked": mark(
        "Two different trust lists with the number {number} exist. Nothing was changed. Keep the file and call "
        "headquarters on a number you know."
    ),
    "headquarters.for_training": mark(
        "The laptop of {post} is for work with real people, and this headquarters is for training. No certificate "
        "was made. It must be certified by the real headquarters."
    ),
    "headquarters.for_work": mark(
        "The laptop of {post} is for training, and this headquarters is real. No certificate was made, so that "
        "nothing invented is ever counted. Certify it at a headquarters for training."
    ),
}
